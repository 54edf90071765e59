"""What is left with a zone lost, and how the database comes back: parts of the summary."""

from typing import Any

import numpy as np

from simulator.arrays import Array
from simulator.risk.binding import limit_share
from simulator.risk.estimates import quantile
from simulator.risk.weekly import ScenarioWeeks, by_week, measured
from simulator.scenario.root import Scenario
from simulator.serving.capacity.stations import TIERS


def zone_lost(rows: ScenarioWeeks, scenario: Scenario[Any]) -> dict[str, Any] | None:
    """The week in which losing a zone would load each tier the most, by medians; None without zones."""
    found = {}
    for tier in TIERS:
        column = f"zone_lost_{tier}_share"
        if measured(rows, column):
            week, highest = _worst(by_week(rows, column))
            found[tier] = {
                "week": week,
                "offered_share": highest,
                "margin_share": limit_share(tier, scenario) - highest,
            }
    return found or None


def recovery(rows: ScenarioWeeks) -> dict[str, Any] | None:
    """Recovery time (RTO) and loss (RPO) of a lost primary in their worst week; None where nobody asks."""
    if not measured(rows, "recovery_time_s"):
        return None
    found = {}
    for name, column in (("rto_s", "recovery_time_s"), ("rpo_s", "recovery_point_s")):
        values = by_week(rows, column)
        week, highest = _worst(values)
        found[name] = {"week": week, "p50": highest, "p95": quantile(values[week], 0.95)}
    return found


def _worst(values: Array) -> tuple[int, float]:
    medians = np.median(values, axis=1)
    week = int(np.argmax(medians))
    return week, float(medians[week])
