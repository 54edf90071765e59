"""What is built: replicas, cache, shards and their replicas, as the plan has changed them so far."""

from dataclasses import dataclass, replace

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.scenario.observed import as_measured
from simulator.scenario.plan import (
    AddReadReplicas,
    ImproveCache,
    OptimizeService,
    ResizeDatabase,
    ScaleService,
    Shard,
)
from simulator.scenario.root import Scenario
from simulator.units import TICKS_PER_MS, TICKS_PER_S


@dataclass(frozen=True, kw_only=True)
class Topology:
    """The serving tiers of each lane; every array is (lanes,)."""

    replicas_max: Ints
    service_ticks: Floats
    """Mean work of a request on the service."""
    hit_share: Floats
    cache_nodes: Ints
    shards: Ints
    read_replicas: Ints
    """For each shard."""
    cores: Ints
    """Of each database node."""
    node_price_hour: Floats
    """In the currency of the price book, in one zone."""
    read_ticks: Floats
    """Mean work of a read in the database."""
    write_ticks: Floats
    apply_ticks: Floats
    """Mean work of applying a write on a replica."""


def topology_today(inputs: Scenario[Floats]) -> Topology:
    """The topology of the company before any action of the plan."""
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
        read_replicas=whole(database.read_replicas),
        cores=whole(size.cores),
        node_price_hour=size.usd_hour,
        read_ticks=read,
        write_ticks=write,
        apply_ticks=write * database.apply_cost_ratio,
    )


def service_ticks(inputs: Scenario[Floats]) -> Floats:
    """Mean work of a request on the service; as observed, by the utilisation law D = U c / X."""
    service = as_measured(inputs).service
    if service.observed is None:
        assert service.demand_ms is not None  # one of the two, the schema says
        return service.demand_ms * TICKS_PER_MS
    capacity = service.replicas * service.workers
    return service.observed.utilization_share * capacity / service.observed.rate_per_s * TICKS_PER_S


def read_ticks(inputs: Scenario[Floats]) -> Floats:
    """Mean work of a read in the database; as observed, solved from the tier's work for one request.

    U c / X = reads x r + writes x (w + replicas x a), with w and a given as ratios of r.
    """
    then = as_measured(inputs)
    database = then.database
    if database.observed is None:
        assert database.read_ms is not None  # one of the two, the schema says
        return database.read_ms * TICKS_PER_MS
    cores = then.prices.database_sizes[database.size].cores
    capacity = database.shards * (1 + database.read_replicas) * cores
    work = database.observed.utilization_share * capacity / database.observed.rate_per_s
    reads = (1 - database.write_share) * (1 - then.cache.hit_share)
    copies = 1 + database.read_replicas * database.apply_cost_ratio
    return work / (reads + database.write_share * database.write_cost_ratio * copies) * TICKS_PER_S


def topology_with(today: Topology, inputs: Scenario[Floats], in_place: Bools) -> Topology:
    """The topology with the actions that are in place, (actions, lanes).

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
                built = replace(built, shards=np.where(done, action.shards, built.shards))
            case ResizeDatabase():
                size = inputs.prices.database_sizes[action.size]
                built = replace(
                    built,
                    cores=np.where(done, size.cores, built.cores),
                    node_price_hour=np.where(done, size.usd_hour, built.node_price_hour),
                )
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
    return built
