"""A constraint binds in some week and is relieved by some action; all that can run out has an entry.

A constraint binds in the first of two consecutive weeks in which at least half of the runs are past its
critical limit: the upper median is. One that never binds is there too, with the least that was left of it
in two consecutive weeks.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from simulator.arrays import Array, Floats
from simulator.outlook import ActionOutlook, Outlook
from simulator.risk.binding import Relief, relief_of
from simulator.risk.cause import placed_weeks
from simulator.risk.estimates import quantile
from simulator.risk.recommendation import BREACH_QUANTILE, LEAD_QUANTILE
from simulator.risk.thresholds import first_week
from simulator.risk.weekly import ScenarioWeeks, by_week, measured
from simulator.scenario.root import Limits, Scenario
from simulator.serving.capacity.offered import metric_of
from simulator.serving.capacity.stations import TIERS

WATCHED = {
    **{tier: (f"offered_{tier}_share", metric_of(tier)) for tier in TIERS},
    "node_connections": ("database_connections_share", "database_connections_share"),
    "service_memory": ("service_memory_share", "memory_share"),
    "database_memory": ("database_memory_share", "memory_share"),
    "bandwidth": ("bandwidth_share", "bandwidth_share"),
    "storage": ("storage_share", "storage_share"),
}
"""Column of the weeks and threshold that it is held against, by constraint."""
OF_A_SHARD = ("locks", "primary", "replica", "applier", "storage")
"""Constraints of the hottest shard."""


@dataclass(frozen=True, kw_only=True)
class Constraint:
    """One constraint of a scenario, as its runs came out."""

    week: int | None
    tier: str
    """Name of the tier, or of the other resource that can run out."""
    shard: int | None
    """The one that is the hottest in most of the runs, from 0; None for what is not of a shard."""
    margin_share: float
    """Limit less the median of that week, so below 0; of one that never binds the smallest, so not below."""
    relieved_by: str | None
    """The first action of the plan that takes the median back below the limit; of one that never binds,
    the first without which it would."""
    latest_start_week: float | None
    """The action starts then at the latest: p20 of the week past the limit, less p80 of its lead time."""


@dataclass(frozen=True, kw_only=True)
class _Held:
    """A constraint's weeks."""

    tier: str
    limit_share: float
    shares: Floats
    """Utilisation by week and run, (w, l)."""
    median: Floats
    """Upper median of each week: past the limit where half of the runs are, (w,)."""
    week: int | None
    highest: float
    """Median of the week in which it binds, or what the medians of two weeks in a row reach at most."""
    at: int
    """The week in which it binds, or the first of the two in which it comes nearest to it."""


def constraints(
    rows: ScenarioWeeks,
    actions: pl.DataFrame,
    scenario: Scenario[Any],
    *,
    outlook: Outlook | None = None,
    index: int = 0,
) -> tuple[Constraint, ...]:
    """Give every constraint that the scenario has, by the week in which it binds.

    Args:
        rows: of the scenario, from ``weeks_of_scenario``.
        actions: scenario, run, action (index in the plan), placed_week (null where it never was in place).
        scenario: whose plan and limits they are held against.
        outlook: of the study; without it no latest start is known.
        index: of the scenario in the outlook.
    """
    found = []
    own = [] if outlook is None else [action for action in outlook.actions if action.scenario == index]
    own.sort(key=lambda action: (scenario.plan[action.plan_index].month, action.plan_index))
    relief_in = relief_of(rows, actions, scenario)
    for tier in WATCHED:
        held = _held(tier, rows, scenario)
        if held is None:
            continue
        kinds = relieving(tier, relief_in, held.at)
        candidates = [action for action in own if action.action in kinds]
        place = (
            _without_which(held, candidates, index)
            if held.week is None
            else _relieving_action(held, kinds, actions, scenario)
        )
        ahead = next((action for action in candidates if action.plan_index == place), None)
        found.append(
            Constraint(
                week=held.week,
                tier=tier,
                shard=_hottest(rows, held.at) if tier in OF_A_SHARD else None,
                margin_share=held.limit_share - held.highest,
                relieved_by=None if place is None else scenario.plan[place].action,
                latest_start_week=None if ahead is None else _latest_start(held, ahead, index),
            )
        )
    return tuple(sorted(found, key=_order))


def relieving(tier: str, relief_in: Relief, week: int) -> Sequence[str]:
    """Kinds of action that take load off what is constrained or give more of it, the most effective first."""
    match tier:
        case "service_memory":
            return relief_in("service", week)
        case "database_memory":
            return ("resize_database",)
        case "storage":
            return ("shard",)
        case "bandwidth":
            return ()
        case "node_connections":
            return relief_in("primary", week)
    return relief_in(tier, week)


def _order(found: Constraint) -> tuple[float, float]:
    return (math.inf if found.week is None else found.week, found.margin_share)


def _held(tier: str, rows: ScenarioWeeks, scenario: Scenario[Any]) -> _Held | None:
    """None where the scenario has no such thing, or no limit for it."""
    column, metric = WATCHED[tier]
    limits: Limits | None = getattr(scenario.thresholds, metric)
    if limits is None or not measured(rows, column):
        return None
    shares: Array = by_week(rows, column)
    if tier in TIERS and not shares.any():
        return None
    week = first_week(shares > limits.critical)
    median = np.sort(shares, axis=1)[:, shares.shape[1] // 2]
    in_a_row = np.minimum(median[:-1], median[1:])
    at = int(np.argmax(in_a_row)) if week is None else week
    return _Held(
        tier=tier,
        limit_share=limits.critical,
        shares=shares,
        week=week,
        median=median,
        highest=float(in_a_row[at] if week is None else median[at]),
        at=at,
    )


def _hottest(rows: ScenarioWeeks, week: int) -> int:
    return int(np.bincount(by_week(rows, "hottest_shard")[week]).argmax())


def _relieving_action(
    held: _Held, kinds: Sequence[str], actions: pl.DataFrame, scenario: Scenario[Any]
) -> int | None:
    """Give the first action of such a kind, in the order of its coming into place, that ends the breach."""
    placed = np.median(placed_weeks(actions, scenario, held.shares.shape[1]), axis=1)
    later = [
        (placed[index], kinds.index(action.action), index)
        for index, action in enumerate(scenario.plan)
        if action.action in kinds and held.at <= placed[index] < np.inf
    ]
    ending = (i for week, _, i in sorted(later) if held.median[math.ceil(week)] <= held.limit_share)
    return next(ending, None)


def _without_which(held: _Held, candidates: Sequence[ActionOutlook], path: int) -> int | None:
    """Give the first action that keeps a tier from binding on the scenario's own path."""
    if held.tier not in TIERS:
        return None
    needed = (a.plan_index for a in candidates if quantile(a.breach_week[path], BREACH_QUANTILE) < np.inf)
    return next(needed, None)


def _latest_start(held: _Held, action: ActionOutlook, path: int) -> float | None:
    """A tier's breach is that without the action; of anything else, that of the weeks as they came out."""
    if held.tier in TIERS:
        breach = action.breach_week[path]
    else:
        past = held.shares > held.limit_share
        breach = np.where(past.any(axis=0), past.argmax(axis=0), np.inf)
    latest = quantile(breach, BREACH_QUANTILE) - quantile(action.lead_weeks, LEAD_QUANTILE)
    return latest if math.isfinite(latest) else None
