"""The sizing table: how loaded each tier is at the peak hour, month by month, on the median path.

Deterministic and staffed: users grow as their median says and every action of the plan is done on its
due date. A plan is sized by one rule: in every month the offered load of each tier over its capacity
stays at or below the attention limit of that tier's utilisation.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.scenario.fleet import Fleet, fleet_today, fleet_with, node_work_ms, read_ms_today
from simulator.scenario.growth import median_users
from simulator.scenario.plan import Action, CostOnly
from simulator.scenario.quantity import Quantity, central
from simulator.scenario.root import Scenario
from simulator.units import MS_PER_S, S_PER_DAY, first_week_of_month


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


def _month_in_place(action: Action[Quantity]) -> int:
    """The first month that has the action from its start: due then, and its lead time passed by then."""
    month = action.month
    while first_week_of_month(month) < central(action.lead_weeks):
        month += 1
    return month
