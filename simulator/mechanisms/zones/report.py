"""The report's part of zones and recovery: figures of the summary, and their rows."""

from typing import Any

import numpy as np

from simulator.arrays import Array
from simulator.report.reported import Reported
from simulator.report.rows.found import Found
from simulator.report.rows.row import Part, Row, row
from simulator.report.words import Words, formats
from simulator.risk.binding import limit_share
from simulator.risk.estimates import quantile
from simulator.risk.weekly import ScenarioWeeks, by_week, measured
from simulator.scenario.root import Scenario
from simulator.serving.capacity.stations import TIERS


def headroom(rows: ScenarioWeeks, scenario: Scenario[Any]) -> dict[str, Any]:
    """Give both parts of the summary; None for the one that a scenario does not ask for."""
    return {"zone_lost": zone_lost(rows, scenario), "recovery": recovery(rows)}


def zone_lost(rows: ScenarioWeeks, scenario: Scenario[Any]) -> dict[str, Any] | None:
    """Give the week in which losing a zone would load each tier the most, by medians; None without zones."""
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
    """Give recovery time (RTO) and data loss (RPO) of a lost primary in the worst week; None if not asked."""
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


def _zones(found: Found, words: Words) -> str:
    """Write the load that each tier would be offered with a zone lost; infinite with no node left."""
    there = found.keys("zone_lost")
    offered = {tier: found.number(f"zone_lost.{tier}.offered_share") for tier in there}
    parts = (
        f"{words.term('tier', tier)} {words('unit.nothing_left') if share is None else words.share(share)}"
        for tier, share in offered.items()
    )
    return ", ".join(parts) or formats.NONE


REPORT = Reported(
    summary=headroom,
    rows=(
        Row(
            name="zone_lost",
            cell=_zones,
            parts=tuple(Part(path=f"zone_lost.{tier}.offered_share", said=f"tier.{tier}") for tier in TIERS),
            short=True,
        ),
        row("rto", "recovery.rto_s.p95", short=True),
        row("rpo", "recovery.rpo_s.p95", short=True),
    ),
    weeks={
        "zone_lost_service_share": "service, a zone lost",
        "zone_lost_primary_share": "primary, a zone lost",
        "zone_lost_replica_share": "replica, a zone lost",
    },
)
