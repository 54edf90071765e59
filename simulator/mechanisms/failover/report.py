"""Failovers of a scenario: its part of the summary, its rows and its notes.

All of it is left out where no scenario asks for failovers.
"""

from collections.abc import Sequence
from typing import Any

from simulator.report.reported import Reported
from simulator.report.rows.cells import mean_alone
from simulator.report.rows.row import row
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
    """Summarise the failovers over a run's horizon; an empty table where the scenario asks for none."""
    if not measured(rows, "failovers"):
        return {}
    found = {name: spread(total(by_week(rows, column))) for name, column in TOTALS.items()}
    available = total(by_week(rows, "primary_available_share")) / rows.weeks
    return {"failover": found | {"available_share": spread(available)}}


def failover_notes(scenarios: Sequence[dict[str, Any]]) -> list[str]:
    """Write one sentence a scenario: what failed, what was lost, and what the model leaves out."""
    said = [
        f"{scenario['name']}: {formats.mean_number(found['failures'])} failovers a run, "
        f"without a primary for {formats.duration(found['downtime_s']['mean'])} in all; "
        f"{formats.number(found['writes_failed']['mean'])} writes failed, "
        f"{formats.number(found['writes_lost']['mean'])} were lost after they had been answered."
        for scenario in scenarios
        if (found := scenario.get("failover"))
    ]
    return [*said, LIMIT] if said else []


REPORT = Reported(
    summary=failover,
    rows=(
        row("failovers", "failover.failures", short=True),
        row("failover_failed", "failover.requests_failed", under=True, short=True),
        row("failover_lost", "failover.writes_lost", under=True, short=True),
        row(
            "primary_available",
            "failover.available_share",
            cell=mean_alone("failover.available_share"),
            under=True,
            short=True,
        ),
    ),
    heading="Failovers",
    notes=failover_notes,
)
