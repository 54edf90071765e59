"""The report's part of resharding: figures of the summary, rows and notes.

All of it is left out where no scenario says how data move.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from simulator.arrays import Bools, ratio
from simulator.mechanisms.resharding.law import Phase
from simulator.report.reported import Reported
from simulator.report.rows.cells import mean_alone
from simulator.report.rows.row import row
from simulator.report.summary.spread import spread
from simulator.report.words import formats
from simulator.risk.estimates import probability
from simulator.risk.weekly import ScenarioWeeks, by_week, measured, total
from simulator.scenario.root import Scenario

UNDER_WAY = (Phase.COPY, Phase.CATCH_UP, Phase.VERIFY)


def resharding(rows: ScenarioWeeks, _scenario: Scenario[Any]) -> dict[str, Any]:
    """Summarise a move: its hours, the share that the throttle held back, and if writes outran the copy."""
    if not measured(rows, "resharding_phase"):
        return {}
    phase, hours = by_week(rows, "resharding_phase"), by_week(rows, "resharding_hours")
    behind: Bools = np.any(by_week(rows, "resharding_falls_behind"), axis=0)
    took, held = total(hours), total(hours * by_week(rows, "resharding_throttled_share"))
    found = {
        "hours": spread(took),
        "throttled_share": spread(ratio(held, took)),
        "switches": spread((phase == Phase.SWITCH).sum(axis=0)),
        "under_way_at_the_end": probability(np.isin(phase[-1], UNDER_WAY)),
        "falls_behind": probability(behind),
    }
    return {"resharding": found}


def resharding_notes(scenarios: Sequence[dict[str, Any]]) -> list[str]:
    """Write one sentence for each scenario whose moves do not end."""
    return [
        f"{scenario['name']}: in {formats.share(found['falls_behind']['estimate'])} of the runs data are "
        "written faster than they are carried over; such a move never ends, and its shards never switch."
        for scenario in scenarios
        if (found := scenario.get("resharding")) and found["falls_behind"]["estimate"] > 0
    ]


REPORT = Reported(
    summary=resharding,
    rows=(
        row("moving", "resharding.hours", short=True),
        row(
            "moving_held",
            "resharding.throttled_share",
            cell=mean_alone("resharding.throttled_share"),
            under=True,
            short=True,
        ),
        row("moving_unfinished", "resharding.under_way_at_the_end", under=True, short=True),
        row("moving_endless", "resharding.falls_behind", under=True, short=True),
    ),
    heading="Data that move",
    notes=resharding_notes,
)
