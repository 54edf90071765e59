"""The dates on which a plan's actions come into place: a part of a scenario's summary, and its notes."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from simulator.report.words.calendar import beside, with_date
from simulator.risk.estimates import probability, quantile
from simulator.scenario.root import Scenario
from simulator.units import first_week_of_month

QUANTILES = {"p20": 0.20, "p50": 0.50, "p80": 0.80}
"""A date that is kept in one run of five, of two, and in four of five."""


def plan_dates(scenario: Scenario[Any], actions: pl.DataFrame) -> list[dict[str, Any]]:
    """Give each action's due week, and when it comes into place over the runs; null for never."""
    own = actions.filter(pl.col("scenario") == scenario.scenario.name)
    found = []
    for index, action in enumerate(scenario.plan):
        weeks = own.filter(pl.col("action") == index)["placed_week"].cast(pl.Float64)
        placed = weeks.fill_null(np.inf).to_numpy()
        found.append(
            {
                "action": action.action,
                "month": action.month,
                "due_week": first_week_of_month(action.month),
                "placed_week": {name: quantile(placed, share) for name, share in QUANTILES.items()},
                "p_placed": probability(np.isfinite(placed)),
            }
        )
    return found


def plan_dates_notes(scenarios: Sequence[dict[str, Any]]) -> list[str]:
    """Write the dates of each plan in a line; nothing of results that were written without them."""
    lines = []
    for scenario in scenarios:
        dates = [_written(one) for one in scenario.get("plan_dates", ())]
        if dates:
            lines.append(f"{scenario['name']}: {', '.join(dates)}.")
    return lines


def _written(one: dict[str, Any]) -> str:
    early, middle, late = (
        "never" if one["placed_week"][name] is None else f"{one['placed_week'][name]:.0f}"
        for name in QUANTILES
    )
    spread = middle if early == late else f"{middle} ({early}–{late})"
    return f"{one['action']} {beside(one['due_week'])} → {with_date(spread, one['placed_week']['p50'])}"
