"""What serves on the median path, today or with some of the plan, and the work that a request is for it.

Work that was measured follows from the utilisation law D = U c / X (Denning and Buzen, 1978).
"""

import math
from dataclasses import dataclass, replace
from typing import Any

from simulator.scenario.node_work import ShardWork, read_shares, shard_work, work_of
from simulator.scenario.observed import as_measured
from simulator.scenario.plan import (
    Action,
    AddReadReplicas,
    ImproveCache,
    OptimizeService,
    ResizeDatabase,
    ScaleService,
    Shard,
)
from simulator.scenario.quantity import Quantity, central
from simulator.scenario.resources import Scalability
from simulator.scenario.root import Scenario
from simulator.units import MS_PER_S


@dataclass(frozen=True, kw_only=True)
class Fleet:
    """What serves, in a month of the median path."""

    replicas_max: int
    workers: int
    demand_ms: float
    hit_share: float
    shards: int
    read_replicas: int
    size: str
    cores: int


def fleet_today(scenario: Scenario[Quantity]) -> Fleet:
    """What serves before any action of the plan."""
    service, database = scenario.service, scenario.database
    return Fleet(
        replicas_max=service.autoscaling.replicas_max,
        workers=service.workers,
        demand_ms=demand_ms_today(scenario),
        hit_share=central(scenario.cache.hit_share),
        shards=database.shards,
        read_replicas=database.read_replicas,
        size=database.size,
        cores=_cores(scenario, database.size),
    )


def fleet_with(fleet: Fleet, action: Action[Quantity], scenario: Scenario[Quantity]) -> Fleet:
    """The fleet once an action of the plan is in place; one that is cost only changes nothing."""
    change: dict[str, Any] = {}
    match action:
        case AddReadReplicas():
            change = {"read_replicas": fleet.read_replicas + action.count}
        case Shard():
            change = {"shards": action.shards}
        case ResizeDatabase():
            change = {"size": action.size, "cores": _cores(scenario, action.size)}
        case ScaleService():
            change = {"replicas_max": action.replicas_max}
        case ImproveCache():
            change = {"hit_share": central(action.hit_share)}
        case OptimizeService():
            change = {"demand_ms": fleet.demand_ms * central(action.demand_factor)}
    return replace(fleet, **change)


def _cores(scenario: Scenario[Quantity], size: str) -> int:
    """Cores of a node, as far as it has connections for them."""
    return min(scenario.prices.database_sizes[size].cores, scenario.database.connections_max)


def demand_ms_today(scenario: Scenario[Quantity]) -> float:
    """Work of one request in the service beside the other workers of its replica, given or as observed."""
    service, today = as_measured(scenario).service, scenario.service
    if service.observed is None:
        alone = central(service.demand_ms) if service.demand_ms is not None else math.nan
    else:
        beside_others = work_ms_of(
            central(service.observed.utilization_share),
            service.replicas * service.workers,
            central(service.observed.rate_per_s),
        )
        alone = beside_others / slowdown(service.scalability, service.workers)
    return alone * slowdown(service.scalability, today.workers)


def read_ms_today(scenario: Scenario[Quantity]) -> float:
    """Work of one read alone on its node, given or from what was observed of the whole tier.

    U c / X is what a request comes to on all nodes of all shards, in units of a read.
    """
    then = as_measured(scenario)
    database = then.database
    if database.observed is None:
        return central(database.read_ms) if database.read_ms is not None else math.nan
    fleet = fleet_today(then)
    cores = fleet.shards * (1 + fleet.read_replicas) * fleet.cores
    tier_ms = work_ms_of(
        central(database.observed.utilization_share), cores, central(database.observed.rate_per_s)
    )
    average = _shard_work(then, fleet)
    of_shard = (
        work_of(average.reads) + work_of(average.writes) + fleet.read_replicas * work_of(average.applied)
    )
    beside_others = slowdown(database.scalability, fleet.cores)
    return float(tier_ms / (fleet.shards * of_shard)) / beside_others


def node_work_ms(scenario: Scenario[Quantity], fleet: Fleet, read_ms: float) -> tuple[float, float]:
    """Work of one request on all primaries, and on one read replica of every shard, on average.

    ``read_ms`` is that of a read alone: the cores of the node slow it down.
    """
    read_ms = read_ms * slowdown(scenario.database.scalability, fleet.cores)
    work, nodes = _shard_work(scenario, fleet), read_shares(scenario.database, central, fleet.read_replicas)
    replica = work_of(work.replica(nodes[1])) if fleet.read_replicas else 0.0
    return float(fleet.shards * read_ms * work_of(work.primary(nodes[0]))), float(
        fleet.shards * read_ms * replica
    )


def _shard_work(scenario: Scenario[Quantity], fleet: Fleet) -> ShardWork:
    return shard_work(
        scenario.database,
        central,
        hit_share=fleet.hit_share,
        shards=fleet.shards,
        read_share=1 / fleet.shards,
        write_share=1 / fleet.shards,
    )


def slowdown(scalability: Scalability[Quantity] | None, at_once: int) -> float:
    """How much longer work takes among so many at once (Gunther, 1993); 1 where the tier has no such law.

    >>> slowdown(Scalability(alpha=0.1, beta=0.01), 10)
    2.8
    """
    if scalability is None:
        return 1.0
    alpha, beta = central(scalability.alpha), central(scalability.beta)
    return 1 + alpha * (at_once - 1) + beta * at_once * (at_once - 1)


def work_ms_of(utilization_share: float, servers: int, rate_per_s: float) -> float:
    """Work of one request by the utilisation law, D = U c / X.

    >>> work_ms_of(0.75, 52, 390.0)
    100.0
    """
    return utilization_share * servers / rate_per_s * MS_PER_S
