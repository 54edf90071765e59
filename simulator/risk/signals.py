"""Every signal of growth, technical, organisational and of the business: its first week and its chance.

Metrics are held against their thresholds. What has none is held against today: from 1.5 times on it is noted,
from three times on, as features that take three times as long, it is critical (the former is an assumption).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from simulator.arrays import Array, Bools, Floats
from simulator.risk.estimates import Estimate, probability
from simulator.risk.thresholds import (
    ATTENTION,
    CRITICAL,
    MEASURED_METRICS,
    METRICS,
    first_week,
    past_signal,
    signalled,
)
from simulator.risk.weekly import ScenarioWeeks, by_week
from simulator.scenario.keys.events import GROWTH_LIMIT_SHARE_MONTH, EventKind
from simulator.scenario.root import Scenario
from simulator.units import MONTHS_PER_WEEK, first_week_of_month

Group = Literal["technical", "organisational", "business"]
Level = Literal["fine", "attention", "critical", "no threshold", "not modelled"]

NOTED_TIMES, CRITICAL_TIMES = 1.5, 3.0
"""A trend is noted, and critical, from so many times what it was at first."""
WEEKS, QUARTER_WEEKS = 4, 13
"""A trend is the mean of so many weeks; incidents are so few that a quarter of a year is needed."""
ORGANISATIONAL = ("cycle_time_days", "deployments_week", "review_hours", "communication_overhead_share")
SAME_AS = {
    "database_slow": ("technical", "database_utilization_share"),
    "meetings": ("organisational", "communication_overhead_share"),
    "developers_collide": ("organisational", "review_hours"),
}
"""Signals that are told by a metric."""
NOT_MODELLED: dict[str, Group] = {
    "monitoring_unreadable": "technical",
    "communication_lost": "organisational",
    "decisions_slow": "organisational",
}


@dataclass(frozen=True, kw_only=True)
class Trend:
    """A signal is told by a column against what it was at first."""

    group: Group
    column: str
    weeks: int = WEEKS
    falls: bool = False
    """True where less is worse."""


TRENDS = {
    "latency_rising": Trend(group="technical", column="latency_p95_ms"),
    "incidents_rising": Trend(group="technical", column="incidents", weeks=QUARTER_WEEKS),
    "deploying_harder": Trend(group="technical", column="deployments_week", falls=True),
    "features_slower": Trend(group="organisational", column="cycle_time_days"),
}


@dataclass(frozen=True, kw_only=True)
class Signal:
    """A signal has a level over the horizon, the weeks from which it holds, and its probabilities."""

    signal: str
    """Its name, of a metric that of its threshold."""
    group: Group
    level: Level
    first_week: int | None
    """First week from which half of the runs are past attention; None where they never are."""
    critical_week: int | None
    p_attention: Estimate | None
    """Probability to be past attention in some week; None of what is not modelled."""
    p_critical: Estimate | None
    said: str = ""
    """Names of the events that it tells of."""


def signals_of(scenario: Scenario[Any], rows: ScenarioWeeks) -> tuple[Signal, ...]:
    """Every signal of a scenario, in groups."""
    found = [
        *(_metric(metric, rows) for metric in METRICS),
        *(_alike(name, group, metric, rows) for name, (group, metric) in SAME_AS.items()),
        *(_trend(name, trend, rows) for name, trend in TRENDS.items()),
        *(_unknown(name, group) for name, group in NOT_MODELLED.items()),
        _growth(rows),
        *(_events(scenario, kind, rows) for kind in get_args(EventKind)),
    ]
    order = get_args(Group)
    return tuple(sorted(found, key=lambda one: order.index(one.group)))


def _metric(metric: str, rows: ScenarioWeeks) -> Signal:
    group: Group = "organisational" if metric in ORGANISATIONAL else "technical"
    if metric not in signalled(rows):
        return _unknown(metric, group, "no threshold")
    own = rows.served if metric in MEASURED_METRICS else rows
    return _told(metric, group, lambda level: past_signal(own, metric, level))


def _alike(name: str, group: str, metric: str, rows: ScenarioWeeks) -> Signal:
    own = rows.served if metric in MEASURED_METRICS else rows
    return _told(name, group, lambda level: past_signal(own, metric, level))  # type: ignore[arg-type]


def _trend(name: str, trend: Trend, rows: ScenarioWeeks) -> Signal:
    own = rows.served if trend.column in MEASURED_METRICS else rows
    means = running_means(by_week(own, trend.column), min(trend.weeks, own.weeks))
    first = np.broadcast_to(means[0].mean(), means[0].shape) if trend.weeks == QUARTER_WEEKS else means[0]
    padding = np.zeros((min(trend.weeks, own.weeks) - 1, means.shape[1]), dtype=bool)

    def past(level: int) -> Bools:
        times = NOTED_TIMES if level == ATTENTION else CRITICAL_TIMES
        worse = means * times < first if trend.falls else means > times * first
        return np.concatenate([padding, worse])

    return _told(name, trend.group, past)


def running_means(values: Array, weeks: int) -> Floats:
    """Means of so many weeks up to each, from the first that has them, of values of shape (w, l).

    >>> running_means(np.array([[1.0], [3.0], [5.0]]), 2)
    array([[2.],
           [4.]])
    """
    found = np.zeros((len(values) - weeks + 1, values.shape[1]))
    for place in range(weeks):
        found = found + values[place : len(values) - weeks + 1 + place]
    return found / weeks


def _growth(rows: ScenarioWeeks) -> Signal:
    users = by_week(rows, "users")
    back = min(WEEKS, rows.weeks - 1)
    months = back * MONTHS_PER_WEEK
    past = np.zeros(users.shape, dtype=bool)
    if back:
        past[back:] = users[back:] > users[:-back] * (1.0 + GROWTH_LIMIT_SHARE_MONTH) ** months
    return _told("users", "business", lambda level: past if level == ATTENTION else np.zeros_like(past))


def _events(scenario: Scenario[Any], kind: str, rows: ScenarioWeeks) -> Signal:
    """Events of a kind within the horizon: certain, as the file has them."""
    own = sorted((event.month, event.name) for event in scenario.events if event.kind == kind)
    known = [one for one in own if first_week_of_month(one[0]) < rows.weeks]
    first = first_week_of_month(known[0][0]) if known else None
    past = np.zeros((rows.weeks, rows.runs), dtype=bool)
    if first is not None:
        past[first:] = True
    told = _told(kind, "business", lambda level: past if level == ATTENTION else np.zeros_like(past))
    return Signal(
        **{
            **vars(told),
            "first_week": first,
            "level": "attention" if known else "fine",
            "said": ", ".join(f"{name} (month {month})" for month, name in known),
        }
    )


def _told(name: str, group: Group, past: Callable[[int], Bools]) -> Signal:
    attention, critical = past(ATTENTION), past(CRITICAL)
    weeks = first_week(attention), first_week(critical)
    level: Level = "critical" if weeks[1] is not None else "attention" if weeks[0] is not None else "fine"
    return Signal(
        signal=name,
        group=group,
        level=level,
        first_week=weeks[0],
        critical_week=weeks[1],
        p_attention=probability(np.any(attention, axis=0)),
        p_critical=probability(np.any(critical, axis=0)),
    )


def _unknown(name: str, group: Group, level: Level = "not modelled") -> Signal:
    return Signal(
        signal=name,
        group=group,
        level=level,
        first_week=None,
        critical_week=None,
        p_attention=None,
        p_critical=None,
    )
