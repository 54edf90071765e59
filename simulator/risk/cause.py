"""People are the cause if relief was due, and waited for them, while a tier was past its limit."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from simulator.arrays import Bools, Floats
from simulator.risk.estimates import Estimate, mean
from simulator.risk.weekly import ScenarioWeeks, by_week
from simulator.scenario.keys.quantity import central
from simulator.scenario.root import Scenario
from simulator.units import first_week_of_month

CAUSE_SHARE = 0.5
"""People are named as the cause when relief waited for them in at least this share of the weeks."""


@dataclass(frozen=True, kw_only=True)
class Cause:
    """A tier was past its limit for this cause."""

    tier: str
    people: bool
    share: Estimate | None
    """Relief waited for people in this share of a run's weeks past the limit with relief due, over runs;
    None where none was ever due then."""
    reason: str
    """The cause is told in words, as 'no relief was due while past the limit'."""


def cause_of(
    tier: str,
    past: Bools,
    relief: tuple[str, ...],
    rows: ScenarioWeeks,
    actions: pl.DataFrame,
    scenario: Scenario[Any],
) -> Cause:
    """Tell whether people were the cause.

    Args:
        tier: whose limit it is.
        past: weeks in which it is past its limit, (w, l).
        relief: kinds of action that would relieve it.
        rows: of the scenario, from ``weeks_of_scenario``.
        actions: scenario, run, action (index in the plan), placed_week (null where it never was in place).
        scenario: whose plan it is.
    """
    due, missing = relief_due(rows, actions, scenario, relief)
    waited = past & missing & (by_week(rows, "actions_waiting_people") > 0)
    counted = past & due
    runs = np.any(counted, axis=0)
    if not runs.any():
        return Cause(tier=tier, people=False, share=None, reason="no relief was due while past the limit")
    shares: Floats = waited.sum(axis=0)[runs] / counted.sum(axis=0)[runs]
    share = mean(shares)
    people = share.estimate >= CAUSE_SHARE
    kinds = " or ".join(dict.fromkeys(action.action for action in scenario.plan if action.action in relief))
    reason = (
        f"{kinds} was due and waited for people in {100 * share.estimate:.0f} % of the weeks past the limit "
        "with relief due"
    )
    return Cause(tier=tier, people=people, share=share, reason=reason)


def in_words(causes: Sequence[Cause]) -> str:
    """One sentence for all tiers, those of the same verdict and reason told together.

    >>> reason = "no relief was due while past the limit"
    >>> print(in_words([Cause(tier=tier, people=False, share=None, reason=reason) for tier in ("a", "b")]))
    people were not the cause: a and b, no relief was due while past the limit
    """
    if not causes:
        return "no tier passes its critical utilisation in half of the runs"
    told: dict[bool, dict[str, list[str]]] = {True: {}, False: {}}
    for cause in causes:
        told[cause.people].setdefault(cause.reason, []).append(cause.tier)
    sentences = []
    for people, reasons in told.items():
        if reasons:
            each = "; ".join(f"{' and '.join(tiers)}, {reason}" for reason, tiers in reasons.items())
            sentences.append(f"people were {'' if people else 'not '}the cause: {each}")
    return ". ".join(sentences)


def relief_due(
    rows: ScenarioWeeks, actions: pl.DataFrame, scenario: Scenario[Any], relief: tuple[str, ...]
) -> tuple[Bools, Bools]:
    """Give the weeks in which such an action was due, and those in which one was still not done, (w, l) each.

    One whose lead time reaches past its due week is late for that, and for nobody, until it is over.
    """
    runs = rows.runs
    weeks = np.arange(rows.weeks)[:, None]
    due = np.zeros((len(weeks), runs), dtype=np.bool_)
    missing = due.copy()
    for action, placed_week in zip(scenario.plan, placed_weeks(actions, scenario, runs), strict=True):
        if action.action in relief:
            due_week = first_week_of_month(action.month)
            ready_week = max(due_week, math.ceil(central(action.lead_weeks)))
            due |= weeks >= due_week
            missing |= (weeks >= ready_week) & (weeks < placed_week)
    return due, missing


def placed_weeks(actions: pl.DataFrame, scenario: Scenario[Any], runs: int) -> Floats:
    """Give the week in which each action of a plan came into place, +inf where it never did, (actions, l)."""
    own = actions.filter(pl.col("scenario") == scenario.scenario.name).sort("run", "action")
    placed = own["placed_week"].cast(pl.Float64).fill_null(np.inf).to_numpy()
    by_action: Floats = placed.reshape(runs, len(scenario.plan)).T
    return by_action
