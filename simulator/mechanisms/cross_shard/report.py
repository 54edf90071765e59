"""Writes to several shards in a scenario: its part of the summary, its rows and its notes.

All of it is left out where no scenario has such writes.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from simulator.arrays import Array, Floats
from simulator.report.reported import Reported
from simulator.report.rows.cells import mean_alone
from simulator.report.rows.found import Found
from simulator.report.rows.row import row
from simulator.report.summary.spread import spread
from simulator.report.words import Words, formats
from simulator.risk.weekly import ScenarioWeeks, by_week, measured, total
from simulator.scenario.root import Scenario

WRITES = "cross_shard_writes"
"""The key of the summary under which the figures of cross-shard writes stand."""


def cross_shard(rows: ScenarioWeeks, _scenario: Scenario[Any]) -> dict[str, Any]:
    """Summarise the cross-shard writes of a run's peak hours; an empty table where the scenario allows none.

    Means over the weeks in which there were any. With a tier saturated that lets everybody wait the duration
    is the deadline, at which nobody waits for it any longer.
    """
    served = rows.served
    if not measured(served, "cross_shard_p95_ms"):
        return {}
    work = by_week(served, "cross_shard_work_ratio")
    there = work > 0
    found = {
        "p95_ms": _mean_of(by_week(served, "cross_shard_p95_ms"), there),
        "undone_share": _mean_of(by_week(served, "cross_shard_undone_share"), there),
        "work_ratio": _mean_of(work, there),
    }
    return {WRITES: {name: spread(values) for name, values in found.items()}}


def _mean_of(values: Array, there: Array) -> Floats:
    weeks: Floats = total(np.where(there, values, 0.0)) / np.maximum(total(there), 1.0)
    return weeks


def cross_shard_notes(scenarios: Sequence[dict[str, Any]]) -> list[str]:
    """Write one sentence a scenario: how long cross-shard writes take and what they cost."""
    return [
        f"{scenario['name']}: p95 {formats.mean_number(found['p95_ms'])} ms from the first call to "
        f"the last answer, {formats.share(found['undone_share']['mean'], 1)} undone, "
        f"{found['work_ratio']['mean']:.2f} times the work of a write to one shard."
        for scenario in scenarios
        if (found := scenario.get(WRITES))
    ]


def _p95(found: Found, words: Words) -> str:
    estimated = found.estimate(f"{WRITES}.p95_ms")
    if estimated is None:
        return formats.NONE
    mean = words.mean_number({"mean": estimated.value, "se": estimated.se})
    return f"{mean}{words.signs.gap}ms"


REPORT = Reported(
    summary=cross_shard,
    rows=(
        row("crossing", f"{WRITES}.p95_ms", cell=_p95, short=True),
        row(
            "crossing_undone",
            f"{WRITES}.undone_share",
            cell=mean_alone(f"{WRITES}.undone_share"),
            under=True,
            short=True,
        ),
        row("crossing_work", f"{WRITES}.work_ratio", under=True, short=True),
    ),
    heading="Writes to several shards",
    notes=cross_shard_notes,
)
