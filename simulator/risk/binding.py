"""One tier binds first; some actions relieve it, and people may have been the cause."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from simulator.arrays import Bools
from simulator.risk.cause import Cause, cause_of, in_words, placed_weeks
from simulator.risk.estimates import Estimate, probability
from simulator.risk.thresholds import first_week
from simulator.risk.weekly import ScenarioWeeks, by_week
from simulator.scenario.root import Scenario
from simulator.serving.capacity.offered import limits_of
from simulator.serving.capacity.stations import TIERS
from simulator.sizing.relief import relief_by_tier

OFTEN = 0.5
"""A cause is looked for where this share of the runs pass a tier's limit."""
Relief = Callable[[str, int], tuple[str, ...]]
"""Kinds of action that relieve a tier in a week, the most effective first."""


@dataclass(frozen=True, kw_only=True)
class Passing:
    """A tier is held against its critical utilisation at the peak hour."""

    tier: str
    limit_share: float
    week: int | None
    """First of two consecutive weeks in which at least half of the runs are past, so the median is."""
    p_ever: Estimate
    p_first: Estimate
    """Probability that this tier is the first to pass in a run."""
    median_peak_share: float
    """Highest median over the weeks of the offered utilisation."""


@dataclass(frozen=True, kw_only=True)
class Binding:
    """The tier that passes first, if one does."""

    tier: str | None
    week: int | None
    tiers: tuple[Passing, ...]
    relief: tuple[str, ...]
    """These kinds of action take load off this tier or give it capacity."""
    relief_planned: tuple[str, ...]
    """The plan holds these of them, as 'kind (month m)'."""
    causes: tuple[Cause, ...]
    """Every tier that passes its limit in half of the runs has a cause, people or not."""
    people_were_the_cause: bool
    """True means that people were the cause for one of these tiers."""
    people: str
    """The causes are told in words."""


def binding_tier(rows: ScenarioWeeks, actions: pl.DataFrame, scenario: Scenario[Any]) -> Binding:
    """Find the first tier whose offered utilisation passes its critical limit.

    Args:
        rows: of one scenario, from ``weeks_of_scenario``.
        actions: scenario, run, action (index in the plan), placed_week (null where it never was in place).
        scenario: whose plan and limits they are held against.
    """
    past = {tier: _past(rows, tier, scenario) for tier in TIERS}
    passings = _passings(rows, past, scenario)
    relief_in = relief_of(rows, actions, scenario)
    relieving = {found.tier: relief_in(found.tier, _asked_in(found, rows)) for found in passings}
    causes = tuple(
        cause_of(found.tier, past[found.tier], relieving[found.tier], rows, actions, scenario)
        for found in passings
        if found.p_ever.estimate >= OFTEN
    )
    reached = [(p.week, _margin(p, rows, p.week), p.tier, p) for p in passings if p.week is not None]
    first = min(reached)[-1] if reached else None
    relief = relieving[first.tier] if first else ()
    return Binding(
        tier=first.tier if first else None,
        week=first.week if first else None,
        tiers=passings,
        relief=relief,
        relief_planned=tuple(f"{a.action} (month {a.month})" for a in scenario.plan if a.action in relief),
        causes=causes,
        people_were_the_cause=any(cause.people for cause in causes),
        people=in_words(causes),
    )


def limit_share(tier: str, scenario: Scenario[Any]) -> float:
    """Give the critical utilisation of a tier."""
    return limits_of(tier, scenario.thresholds).critical


def relief_of(rows: ScenarioWeeks, actions: pl.DataFrame, scenario: Scenario[Any]) -> Relief:
    """Kinds of action that relieve a tier in a week, with what half of the runs have in place by then."""
    placed = np.sort(placed_weeks(actions, scenario, rows.runs), axis=1)[:, (rows.runs - 1) // 2]

    @cache
    def of_week(week: int) -> dict[str, tuple[str, ...]]:
        return relief_by_tier(scenario, placed, week)

    return lambda tier, week: of_week(week)[tier]


def _asked_in(found: Passing, rows: ScenarioWeeks) -> int:
    """Give the week in which relief is asked for: the one that passes the limit, or the worst."""
    offered = np.median(by_week(rows, f"offered_{found.tier}_share"), axis=1)
    return int(np.argmax(offered)) if found.week is None else found.week


def _margin(found: Passing, rows: ScenarioWeeks, week: int) -> float:
    """Limit less the upper median of a week: of tiers that pass in the same week the most loaded is first."""
    shares = np.sort(by_week(rows, f"offered_{found.tier}_share")[week])
    return found.limit_share - float(shares[rows.runs // 2])


def _past(rows: ScenarioWeeks, tier: str, scenario: Scenario[Any]) -> Bools:
    past: Bools = by_week(rows, f"offered_{tier}_share") > limit_share(tier, scenario)
    return past


def _passings(rows: ScenarioWeeks, past: dict[str, Bools], scenario: Scenario[Any]) -> tuple[Passing, ...]:
    weeks = len(past[TIERS[0]])
    firsts = {tier: np.where(over.any(axis=0), over.argmax(axis=0), weeks) for tier, over in past.items()}
    earliest = np.minimum.reduce(list(firsts.values()))
    return tuple(
        Passing(
            tier=tier,
            limit_share=limit_share(tier, scenario),
            week=first_week(over),
            p_ever=probability(np.any(over, axis=0)),
            p_first=probability((firsts[tier] == earliest) & (earliest < weeks)),
            median_peak_share=float(np.median(by_week(rows, f"offered_{tier}_share"), axis=1).max()),
        )
        for tier, over in past.items()
    )
