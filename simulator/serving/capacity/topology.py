"""The topology of each lane: service, cache, shards and read replicas, as the plan has left them."""

from dataclasses import dataclass, replace
from typing import assert_never

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.queueing.laws.scalability import slowdown
from simulator.scenario.keys.money import DatabaseSize
from simulator.scenario.keys.plan import (
    AddReadReplicas,
    CostOnly,
    ExtractServices,
    ImproveCache,
    OptimizeService,
    ResizeDatabase,
    ScaleService,
    Shard,
)
from simulator.scenario.keys.resources import Scalability
from simulator.scenario.observed import as_measured
from simulator.scenario.root import Scenario
from simulator.serving.capacity.node_work import shard_work, work_of
from simulator.serving.shards.skew import SHARD_KEYS
from simulator.units import TICKS_PER_MS, TICKS_PER_S


@dataclass(frozen=True, kw_only=True)
class Topology:
    """The serving tiers of each lane; every array is (lanes,)."""

    replicas_max: Ints
    service_ticks: Floats
    """Mean work of a request on the service, as it takes beside the other workers of its replica."""
    hit_share: Floats
    cache_nodes: Ints
    shards: Ints
    shard_key: Ints
    """Index of the shard key in ``SHARD_KEYS``."""
    read_replicas: Ints
    """Read replicas of each shard."""
    cores: Ints
    """Cores of each database node, as far as it has connections for them."""
    memory_gb: Floats
    """Memory of each database node; 0 where the price book does not say."""
    node_price_hour: Floats
    """Price of a node in one zone, in the currency of the price book."""
    read_ticks: Floats
    """Mean work of a read in the database, as it takes beside the other cores of its node."""
    write_ticks: Floats
    apply_ticks: Floats
    """Mean work of applying a write on a replica."""

    @property
    def layout(self) -> Ints:
        """Give a number that changes when the data are laid out anew: by another key or over other shards."""
        return self.shards * len(SHARD_KEYS) + self.shard_key


def topology_today(inputs: Scenario[Floats]) -> Topology:
    """Give the topology of the company before any action of the plan."""
    database, cache = inputs.database, inputs.cache
    lanes = len(cache.hit_share)
    size = inputs.prices.database_sizes[database.size]
    read = read_ticks(inputs)
    write = read * database.write_cost_ratio

    def whole(value: int) -> Ints:
        return np.full(lanes, value, dtype=np.int64)

    return Topology(
        replicas_max=whole(inputs.service.autoscaling.replicas_max),
        service_ticks=service_ticks(inputs),
        hit_share=cache.hit_share,
        cache_nodes=whole(cache.nodes),
        shards=whole(database.shards),
        shard_key=whole(SHARD_KEYS.index(database.shard_key)),
        read_replicas=whole(database.read_replicas),
        cores=whole(_cores(inputs, database.size)),
        memory_gb=_memory_gb(size, lanes),
        node_price_hour=size.price_hour,
        read_ticks=read,
        write_ticks=write,
        apply_ticks=write * database.apply_cost_ratio,
    )


def service_ticks(inputs: Scenario[Floats]) -> Floats:
    """Give the mean work of a request on the service, beside the other workers of its replica.

    As observed, by the utilisation law D = U c / X: what slows it down was observed with it. As given, it is
    that of a request alone, times the slowdown.
    """
    service, workers = as_measured(inputs).service, inputs.service.workers
    if service.observed is None:
        assert service.demand_ms is not None  # one of the two, the schema says
        return slowed(service.demand_ms * TICKS_PER_MS, service.scalability, workers)
    capacity = service.replicas * service.workers
    ticks = service.observed.utilization_share * capacity / service.observed.rate_per_s * TICKS_PER_S
    return slowed(ticks, service.scalability, workers, observed_at=service.workers)


def read_ticks(inputs: Scenario[Floats]) -> Floats:
    """Give the mean work of a read in the database today, beside the other cores of its node.

    As observed, U c / X is what a request comes to on all nodes of all shards, in units of a read: what slows
    a node down was observed with it. As given, it is that of a read alone, times the slowdown.
    """
    then, cores = as_measured(inputs), _cores(inputs, inputs.database.size)
    database = then.database
    if database.observed is None:
        assert database.read_ms is not None  # one of the two, the schema says
        return slowed(database.read_ms * TICKS_PER_MS, database.scalability, cores)
    cores_then = _cores(then, database.size)
    capacity = database.shards * (1 + database.read_replicas) * cores_then
    work = database.observed.utilization_share * capacity / database.observed.rate_per_s
    lanes = len(then.cache.hit_share)
    even = np.full(lanes, 1 / database.shards)
    average = shard_work(
        database,
        hit_share=then.cache.hit_share,
        shards=np.full(lanes, database.shards, dtype=np.int64),
        read_share=even,
        write_share=even,
    )
    reads: Floats = (
        work_of(average.reads) + work_of(average.writes) + database.read_replicas * work_of(average.applied)
    )
    return slowed(
        work / (database.shards * reads) * TICKS_PER_S, database.scalability, cores, observed_at=cores_then
    )


def slowed(
    ticks: Floats, scalability: Scalability[Floats] | None, at_once: Ints | int, *, observed_at: int = 1
) -> Floats:
    """Scale work to ``at_once`` workers, from what it takes among ``observed_at``, or alone."""
    if scalability is None:
        return ticks
    law = {"alpha": scalability.alpha, "beta": scalability.beta}
    return ticks * (slowdown(at_once, **law) / slowdown(observed_at, **law))


def resized(built: Topology, inputs: Scenario[Floats], name: str, done: Bools) -> Topology:
    """Resize nodes where the action is done; work that was observed on one size is slowed as on the other."""
    size, law = inputs.prices.database_sizes[name], inputs.database.scalability
    cores = np.where(done, _cores(inputs, name), built.cores)
    one = np.ones(len(done))
    factor = slowed(one, law, cores) / slowed(one, law, built.cores)
    return replace(
        built,
        cores=cores,
        memory_gb=np.where(done, _memory_gb(size, len(done)), built.memory_gb),
        node_price_hour=np.where(done, size.price_hour, built.node_price_hour),
        read_ticks=built.read_ticks * factor,
        write_ticks=built.write_ticks * factor,
        apply_ticks=built.apply_ticks * factor,
    )


def _cores(inputs: Scenario[Floats], size: str) -> int:
    """Give the cores of a node, as far as it has connections for them."""
    return min(inputs.prices.database_sizes[size].cores, inputs.database.connections_max)


def _memory_gb(size: DatabaseSize[Floats], lanes: int) -> Floats:
    return np.zeros(lanes) if size.memory_gb is None else size.memory_gb


def topology_with(today: Topology, inputs: Scenario[Floats], in_place: Bools) -> Topology:
    """Apply the actions that are in place, (actions, lanes), to the topology.

    They are applied in the order in which they were due, wherever in the plan they stand: of two sizes or
    numbers of shards the later one holds.
    """
    built = today
    for index in sorted(range(len(inputs.plan)), key=lambda index: inputs.plan[index].month):
        action, done = inputs.plan[index], in_place[index]
        match action:
            case AddReadReplicas():
                built = replace(built, read_replicas=built.read_replicas + done * action.count)
            case Shard():
                built = replace(
                    built,
                    shards=np.where(done, action.shards, built.shards),
                    shard_key=np.where(done, SHARD_KEYS.index(action.key), built.shard_key),
                )
            case ResizeDatabase():
                built = resized(built, inputs, action.size, done)
            case ScaleService():
                built = replace(built, replicas_max=np.where(done, action.replicas_max, built.replicas_max))
            case ImproveCache():
                built = replace(
                    built,
                    hit_share=np.where(done, action.hit_share, built.hit_share),
                    cache_nodes=np.where(done, action.nodes, built.cache_nodes),
                )
            case OptimizeService():
                factor = np.where(done, action.demand_factor, 1.0)
                built = replace(built, service_ticks=built.service_ticks * factor)
            case ExtractServices() | CostOnly():
                pass
            case _:
                assert_never(action)
    return built
