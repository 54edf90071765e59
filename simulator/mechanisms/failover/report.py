"""Failovers of a scenario: its part of the summary, its rows of the table, and its notes.

All of it is left out where no scenario asks for failovers.
"""

from collections.abc import Sequence
from typing import Any

from simulator.report.reported import Reported
from simulator.report.rows.measured import of_mean
from simulator.report.rows.row import Cell, Told
from simulator.report.summary.spread import spread
from simulator.report.words import formats
from simulator.risk.weekly import ScenarioWeeks, by_week, measured, total
from simulator.scenario.root import Scenario

TOTALS = {
    "failures": "failovers",
    "downtime_s": "failover_downtime_s",
    "requests_failed": "failover_requests_failed",
    "writes_failed": "failover_writes_failed",
    "writes_lost": "failover_writes_lost",
}
"""Figures of the summary, each the sum of a column over the weeks of a run."""
LIMIT = (
    "An outage fails requests at the week's mean rate; the queues that build up behind it are not simulated."
)


def failover(rows: ScenarioWeeks, _scenario: Scenario[Any]) -> dict[str, Any]:
    """What failovers came to over the horizon of a run; nothing where nobody asks."""
    if not measured(rows, "failovers"):
        return {}
    found = {name: spread(total(by_week(rows, column))) for name, column in TOTALS.items()}
    available = total(by_week(rows, "primary_available_share")) / rows.weeks
    return {"failover": found | {"available_share": spread(available)}}


def failover_rows(scenarios: Sequence[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """Rows of the comparison, one cell a scenario."""
    if not any("failover" in scenario for scenario in scenarios):
        return []
    rows = [
        ("failovers", "failures"),
        ("  requests failed", "requests_failed"),
        ("  writes lost", "writes_lost"),
    ]
    there = [available(scenario) for scenario in scenarios]
    return [
        *((label, [failover_mean(scenario, name) for scenario in scenarios]) for label, name in rows),
        ("  a primary is there", there),
    ]


def failover_mean(scenario: dict[str, Any], figure: str) -> str:
    """Mean over the runs with its standard error, a dash where a scenario asks for no failovers."""
    found = scenario.get("failover")
    return formats.mean_number(found[figure]) if found else formats.NONE


def available(scenario: dict[str, Any]) -> str:
    """Share of the time in which a shard has a primary, on average."""
    found = scenario.get("failover")
    return formats.share(found["available_share"]["mean"], 4) if found else formats.NONE


def failover_notes(scenarios: Sequence[dict[str, Any]]) -> list[str]:
    """What failed and what was lost, in a sentence a scenario, and what this leaves out."""
    said = [
        f"{scenario['name']}: {formats.mean_number(found['failures'])} failovers a run, "
        f"without a primary for {formats.duration(found['downtime_s']['mean'])} in all; "
        f"{formats.number(found['writes_failed']['mean'])} writes failed, "
        f"{formats.number(found['writes_lost']['mean'])} were lost after they had been answered."
        for scenario in scenarios
        if (found := scenario.get("failover"))
    ]
    return [*said, LIMIT] if said else []


def _told(label: str, figure: str, *, under: bool) -> Told:
    cell: Cell = lambda s, w: w.written(failover_mean(s, figure))  # noqa: E731 as the cells beside it
    return (label, under, cell, (of_mean(f"failover.{figure}"),))


REPORT = Reported(
    summary=failover,
    rows=failover_rows,
    rows_in_words=(
        _told("failovers", "failures", under=False),
        _told("failover_failed", "requests_failed", under=True),
        _told("failover_lost", "writes_lost", under=True),
        (
            "primary_available",
            True,
            lambda s, w: w.written(available(s)),
            (of_mean("failover.available_share"),),
        ),
    ),
    heading="Failovers",
    notes=failover_notes,
)
