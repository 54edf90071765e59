"""What is left with a zone lost, and how the database comes back: parts of the summary, and their rows."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from simulator.arrays import Array
from simulator.report.reported import Reported
from simulator.report.words import formats
from simulator.risk.binding import limit_share
from simulator.risk.estimates import quantile
from simulator.risk.weekly import ScenarioWeeks, by_week, measured
from simulator.scenario.root import Scenario
from simulator.serving.capacity.stations import TIERS


def headroom(rows: ScenarioWeeks, scenario: Scenario[Any]) -> dict[str, Any]:
    """Both parts of the summary; None for what a scenario does not ask for."""
    return {"zone_lost": zone_lost(rows, scenario), "recovery": recovery(rows)}


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


def headroom_rows(scenarios: Sequence[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """Rows of the comparison, one cell a scenario; none where no scenario asks for them."""
    rows = []
    if any(s["zone_lost"] for s in scenarios):
        rows.append(("most with a zone lost", [_lost_zones(s["zone_lost"]) for s in scenarios]))
    if any(s["recovery"] for s in scenarios):
        rows += [
            (f"database {name.upper()}, p95", [_back_in(s["recovery"], f"{name}_s") for s in scenarios])
            for name in ("rto", "rpo")
        ]
    return rows


def _lost_zones(found: dict[str, Any] | None) -> str:
    if not found:
        return formats.NONE
    return ", ".join(f"{tier} {_offered(worst['offered_share'])}" for tier, worst in found.items())


def _offered(share: float | None) -> str:
    return "nothing left" if share is None else formats.share(share)


def _back_in(found: dict[str, Any] | None, figure: str) -> str:
    return formats.NONE if not found else formats.duration(found[figure]["p95"])


REPORT = Reported(
    summary=headroom,
    rows=headroom_rows,
    weeks={
        "zone_lost_service_share": "service, a zone lost",
        "zone_lost_primary_share": "primary, a zone lost",
        "zone_lost_replica_share": "replica, a zone lost",
    },
)
