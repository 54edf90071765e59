"""Figures that follow from the declaration of a weekly column: its weeks made one number a run."""

from collections.abc import Callable
from typing import Any

from simulator.arrays import Array
from simulator.quantities.figures.summed import in_order
from simulator.quantities.quantity import Over
from simulator.quantities.weekly import WEEKLY
from simulator.report.summary.spread import spread
from simulator.risk.weekly import ScenarioWeeks, by_week, measured, total

OVER: dict[Over, Callable[[Array], Array]] = {
    "total": total,
    "mean": lambda weeks: total(weeks) / len(weeks),
    "highest": lambda weeks: weeks.max(axis=0),
    "last": lambda weeks: weeks[-1],
}
"""Rules by which the weeks of a run, (w, l), become one number a run, (l,)."""


def summed(rows: ScenarioWeeks) -> dict[str, Any]:
    """Give the figures of all columns that are summed up and that the scenario has."""
    found: dict[str, Any] = {}
    for column, declared in in_order(WEEKLY):
        if measured(rows, column.name):
            group, _, key = declared.path.rpartition(".")
            table = found.setdefault(group, {}) if group else found
            table[key] = spread(OVER[declared.over](by_week(rows, column.name)))
    return found
