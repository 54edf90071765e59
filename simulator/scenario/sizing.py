"""The sizing table: how loaded each tier is at the peak hour, month by month, on the median path.

Deterministic and staffed: users grow as their median says and every action of the plan is done on its
due date. A plan is sized by one rule: in every month the offered load of each tier over its capacity
stays at or below the attention limit of that tier's utilisation. Work that was measured follows from the
utilisation law D = U c / X (Denning and Buzen, 1978).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from simulator.scenario.growth import median_users
from simulator.scenario.node_work import ShardWork, read_shares, shard_work
from simulator.scenario.observed import as_measured
from simulator.scenario.plan import (
    Action,
    AddReadReplicas,
    CostOnly,
    ImproveCache,
    OptimizeService,
    ResizeDatabase,
    ScaleService,
    Shard,
)
from simulator.scenario.quantity import Quantity, central
from simulator.scenario.resources import Scalability
from simulator.scenario.root import Scenario
from simulator.units import MS_PER_S, S_PER_DAY, first_week_of_month


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


@dataclass(frozen=True, kw_only=True)
class MonthLoad:
    """A row of the sizing table: the end of a month, when its users are the most."""

    month: int
    users: float
    rate_peak_per_s: float
    fleet: Fleet
    in_place: tuple[str, ...]
    """Actions that came into place this month."""
    cost_only: tuple[str, ...]
    """Those of them that give no capacity."""
    offered_service_share: float
    """With every replica that the autoscaler may run."""
    offered_primary_share: float
    """Of the average shard; the hottest is a few percent above."""
    offered_replica_share: float
    above_limit: tuple[str, ...]
    """Tiers past the limit of the sizing rule."""


def sizing_table(scenario: Scenario[Quantity]) -> list[MonthLoad]:
    """The load of each tier at the end of each month, with every action done on its due date."""
    read_ms = read_ms_today(scenario)
    by_due_month = sorted(scenario.plan, key=lambda action: action.month)
    rows = []
    for month, users in enumerate(median_users(scenario), start=1):
        done = [action for action in by_due_month if _month_in_place(action) == month]
        fleet = fleet_today(scenario)
        for action in by_due_month:
            if _month_in_place(action) <= month:
                fleet = fleet_with(fleet, action, scenario)
        rate = peak_rate_per_s(scenario, users, month)
        rows.append(_row(scenario, month, users, rate, fleet, read_ms, done))
    return rows


def _row(
    scenario: Scenario[Quantity],
    month: int,
    users: float,
    rate: float,
    fleet: Fleet,
    read_ms: float,
    done: Iterable[Action[Quantity]],
) -> MonthLoad:
    service = rate * fleet.demand_ms / MS_PER_S / (fleet.replicas_max * fleet.workers)
    primary, replica = (
        rate * work_ms / MS_PER_S / (fleet.shards * fleet.cores)
        for work_ms in node_work_ms(scenario, fleet, read_ms)
    )
    limits = scenario.thresholds
    above = [("service", service, limits.cpu_utilization_share.attention)]
    above += [("primary", primary, limits.database_utilization_share.attention)]
    above += [("replica", replica, limits.database_utilization_share.attention)]
    return MonthLoad(
        month=month,
        users=users,
        rate_peak_per_s=rate,
        fleet=fleet,
        in_place=tuple(action.action for action in done),
        cost_only=tuple(action.action for action in done if isinstance(action, CostOnly)),
        offered_service_share=service,
        offered_primary_share=primary,
        offered_replica_share=replica,
        above_limit=tuple(tier for tier, share, limit in above if share > limit),
    )


def peak_rate_per_s(scenario: Scenario[Quantity], users: float, month: int = 0) -> float:
    """Requests a second in the peak hour, with the habits of the end of a month (0: today)."""
    demand = scenario.demand
    requests_day = central(demand.active_users_share_day) * central(demand.requests_per_active_user_day)
    habit = (1.0 + central(demand.requests_per_user_growth_share_month)) ** month
    return users * requests_day * habit * central(demand.peak_factor) / S_PER_DAY


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
    of_shard = average.reads + average.writes + fleet.read_replicas * average.applied
    beside_others = slowdown(database.scalability, fleet.cores)
    return float(tier_ms / (fleet.shards * of_shard)) / beside_others


def node_work_ms(scenario: Scenario[Quantity], fleet: Fleet, read_ms: float) -> tuple[float, float]:
    """Work of one request on all primaries, and on one read replica of every shard, on average.

    ``read_ms`` is that of a read alone: the cores of the node slow it down.
    """
    read_ms = read_ms * slowdown(scenario.database.scalability, fleet.cores)
    work, nodes = _shard_work(scenario, fleet), read_shares(scenario.database, central, fleet.read_replicas)
    replica = work.replica(nodes[1]) if fleet.read_replicas else 0.0
    return float(fleet.shards * read_ms * work.primary(nodes[0])), float(fleet.shards * read_ms * replica)


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


def _month_in_place(action: Action[Quantity]) -> int:
    """The first month that has the action from its start: due then, and its lead time passed by then."""
    month = action.month
    while first_week_of_month(month) < central(action.lead_weeks):
        month += 1
    return month
