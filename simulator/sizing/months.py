"""The sizing table gives the load of each tier at the peak hour, month by month, without luck.

Every action of the plan is done on its due date, and the service has every replica that the autoscaler
may run. A plan is sized by one rule: in every month the offered load of each tier over its capacity
stays at or below the attention limit of that tier's utilisation.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.company.setting import Setting
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario, Thresholds
from simulator.serving.capacity.offered import limits_of
from simulator.sizing.medians import MedianWeek, median_week, offered_of, setting_at_medians, users_by_week
from simulator.units import first_week_of_month


@dataclass(frozen=True, kw_only=True)
class MonthLoad:
    """A row of the sizing table: the last week of a month, when its users are the most."""

    month: int
    users: float
    rate_peak_per_s: float
    built: dict[str, float]
    """Size of each part of the topology, by its name in ``Topology``; work in ticks."""
    in_place: tuple[str, ...]
    """Actions that came into place this month."""
    cost_only: tuple[str, ...]
    """Actions of ``in_place`` that give no capacity."""
    offered_share: dict[str, float]
    """Offered load by tier, of the hottest shard in the median draw, with all replicas of the service."""
    above_limit: tuple[str, ...]
    """Tiers past the limit of the sizing rule."""


@dataclass(frozen=True, kw_only=True)
class FirstTier:
    """The tier that is past its critical limit first, or comes nearest to it."""

    tier: str
    month: int | None
    """Month in which the tier passes its limit; None where no tier ever does."""
    margin_share: float
    """Limit less load in that month; where no tier passes it, the smallest margin of all months."""


def sizing_table(scenario: Scenario[Quantity]) -> list[MonthLoad]:
    """Give the load of each tier at the end of each month, with every action done on its due date."""
    setting = setting_at_medians(scenario)
    users, placed = users_by_week(setting), staffed_weeks(setting)
    return [_row(setting, users, placed, month) for month in range(1, scenario.scenario.horizon_months + 1)]


def first_tier(rows: Sequence[MonthLoad], thresholds: Thresholds) -> FirstTier:
    """Find the tier that runs out first; of several in one month the one past its limit by the most."""
    found = []
    for tier in rows[0].offered_share:
        limit = limits_of(tier, thresholds).critical
        margins = {row.month: limit - row.offered_share[tier] for row in rows}
        month = next((month for month, margin in margins.items() if margin < 0), None)
        margin = min(margins.values()) if month is None else margins[month]
        found.append(FirstTier(tier=tier, month=month, margin_share=margin))
    return min(found, key=lambda one: (math.inf if one.month is None else one.month, one.margin_share))


def staffed_weeks(setting: Setting) -> Floats:
    """Give the first week of the first whole month of each action, +inf for none, (a,)."""
    months = setting.scenario.scenario.horizon_months
    firsts = np.array([*(first_week_of_month(month) for month in range(1, months + 1)), np.inf])
    placed: Floats = firsts[np.searchsorted(firsts, setting.dates.ready_week[:, 0])]
    return placed


def last_month(setting: Setting) -> MedianWeek:
    """Give the week in which the sizing table ends."""
    return median_week(setting, users_by_week(setting), staffed_weeks(setting), setting.weeks - 1)


def _row(setting: Setting, users: Floats, placed: Floats, month: int) -> MonthLoad:
    first, week = first_week_of_month(month), first_week_of_month(month + 1) - 1
    at = median_week(setting, users, placed, week)
    offered = offered_of(setting, at)
    order = setting.dates.order
    done = [setting.inputs.plan[action] for action in order if placed[action] == first]
    limits = setting.scenario.thresholds
    return MonthLoad(
        month=month,
        users=float(at.users[0]),
        rate_peak_per_s=float(at.rate_per_s[0]),
        built={name: values[0].item() for name, values in vars(at.topology).items()},
        in_place=tuple(action.action for action in done),
        cost_only=tuple(action.action for action in done if action.relieves is None),
        offered_share=offered,
        above_limit=tuple(
            tier for tier, share in offered.items() if share > limits_of(tier, limits).attention
        ),
    )
