"""Writes to several shards in a scenario: its part of the summary, and its notes.

All of it is left out where no scenario has such writes.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from simulator.arrays import Array, Floats
from simulator.report.summary.spread import spread
from simulator.report.words import formats
from simulator.risk.weekly import ScenarioWeeks, by_week, measured, total


def cross_shard(rows: ScenarioWeeks) -> dict[str, Any]:
    """How writes to several shards went in the peak hours of a run; nothing where none may be made.

    Means over the weeks in which there were any. With a tier saturated that lets everybody wait the duration
    is the deadline, at which nobody waits for it any longer.
    """
    if not measured(rows, "cross_shard_p95_ms"):
        return {}
    work = by_week(rows, "cross_shard_work_ratio")
    there = work > 0
    found = {
        "p95_ms": _mean_of(by_week(rows, "cross_shard_p95_ms"), there),
        "undone_share": _mean_of(by_week(rows, "cross_shard_undone_share"), there),
        "work_ratio": _mean_of(work, there),
    }
    return {"cross_shard_writes": {name: spread(values) for name, values in found.items()}}


def _mean_of(values: Array, there: Array) -> Floats:
    weeks: Floats = total(np.where(there, values, 0.0)) / np.maximum(total(there), 1.0)
    return weeks


def cross_shard_notes(scenarios: Sequence[dict[str, Any]]) -> list[str]:
    """How long they take and what they cost, in a sentence a scenario."""
    return [
        f"{scenario['name']}: p95 {formats.mean_number(found['p95_ms'])} ms from the first call to "
        f"the last answer, {formats.share(found['undone_share']['mean'], 1)} undone, "
        f"{found['work_ratio']['mean']:.2f} times the work of a write to one shard."
        for scenario in scenarios
        if (found := scenario.get("cross_shard_writes"))
    ]
