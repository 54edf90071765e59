"""How data moved to other shards: its part of a scenario's summary, its rows of the table, and its notes.

All of it is left out where no scenario says how data move.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from simulator.arrays import Bools, ratio
from simulator.mechanisms.resharding.law import Phase
from simulator.report.reported import Reported
from simulator.report.rows.measured import Measured, of_estimate, of_mean
from simulator.report.rows.row import Cell, Told
from simulator.report.summary.spread import spread
from simulator.report.words import formats
from simulator.risk.estimates import probability
from simulator.risk.weekly import ScenarioWeeks, by_week, measured, total
from simulator.scenario.root import Scenario

UNDER_WAY = (Phase.COPY, Phase.CATCH_UP, Phase.VERIFY)
CELLS: dict[str, Callable[[Any], str]] = {
    "hours": formats.mean_number,
    "throttled_share": lambda of: formats.share(of["mean"], 1),
    "under_way_at_the_end": formats.chance,
    "falls_behind": formats.chance,
}
"""How each figure is written."""


def resharding(rows: ScenarioWeeks, _scenario: Scenario[Any]) -> dict[str, Any]:
    """Hours on the way, what the throttle held back, and whether writes came faster than they went."""
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


def resharding_rows(scenarios: Sequence[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """Rows of the comparison, one cell a scenario."""
    if not any("resharding" in scenario for scenario in scenarios):
        return []
    labels = {
        "hours": "data on the move, hours",
        "throttled_share": "  held back",
        "under_way_at_the_end": "  P(unfinished)",
        "falls_behind": "  P(never ends)",
    }
    return [
        (label, [resharding_cell(scenario, figure) for scenario in scenarios])
        for figure, label in labels.items()
    ]


def resharding_cell(scenario: dict[str, Any], figure: str) -> str:
    """A figure of the summary as people read it, a dash where nothing says how data move."""
    found = scenario.get("resharding")
    return CELLS[figure](found[figure]) if found else formats.NONE


def resharding_notes(scenarios: Sequence[dict[str, Any]]) -> list[str]:
    """A sentence for each scenario whose moves do not end."""
    return [
        f"{scenario['name']}: in {formats.share(found['falls_behind']['estimate'])} of the runs data are "
        "written faster than they are carried over; such a move never ends, and its shards never switch."
        for scenario in scenarios
        if (found := scenario.get("resharding")) and found["falls_behind"]["estimate"] > 0
    ]


def _told(label: str, figure: str, of: Measured, *, under: bool = True) -> Told:
    cell: Cell = lambda s, w: w.written(resharding_cell(s, figure))  # noqa: E731 as the cells beside it
    return (label, under, cell, (of,))


REPORT = Reported(
    summary=resharding,
    rows=resharding_rows,
    rows_in_words=(
        _told("moving", "hours", of_mean("resharding.hours"), under=False),
        _told("moving_held", "throttled_share", of_mean("resharding.throttled_share")),
        _told("moving_unfinished", "under_way_at_the_end", of_estimate("resharding.under_way_at_the_end")),
        _told("moving_endless", "falls_behind", of_estimate("resharding.falls_behind")),
    ),
    heading="Data that move",
    notes=resharding_notes,
)
