"""Writes to several shards in a scenario: its part of the summary, its rows and its notes.

All of it is left out where no scenario has such writes.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from simulator.arrays import Array, Floats
from simulator.report.reported import Reported
from simulator.report.rows.measured import of_mean
from simulator.report.rows.row import Told
from simulator.report.summary.spread import spread
from simulator.report.words import Words, formats
from simulator.risk.weekly import ScenarioWeeks, by_week, measured, total
from simulator.scenario.root import Scenario


def cross_shard(rows: ScenarioWeeks, _scenario: Scenario[Any]) -> dict[str, Any]:
    """How writes to several shards went in the peak hours of a run; nothing where none may be made.

    Means over the weeks in which there were any. With a tier saturated the duration has no limit, as the
    other percentiles have none.
    """
    if not measured(rows, "cross_shard_p95_ms"):
        return {}
    work = by_week(rows, "cross_shard_work_ratio")
    there = work > 0
    duration = np.where(by_week(rows, "latency_endless"), np.inf, by_week(rows, "cross_shard_p95_ms"))
    found = {
        "p95_ms": _mean_of(duration, there),
        "undone_share": _mean_of(by_week(rows, "cross_shard_undone_share"), there),
        "work_ratio": _mean_of(work, there),
    }
    return {"cross_shard_writes": {name: spread(values) for name, values in found.items()}}


def _mean_of(values: Array, there: Array) -> Floats:
    weeks: Floats = total(np.where(there, values, 0.0)) / np.maximum(total(there), 1.0)
    return weeks


def cross_shard_rows(scenarios: Sequence[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """Rows of the comparison, one cell a scenario."""
    if not any("cross_shard_writes" in scenario for scenario in scenarios):
        return []
    labels = {
        "p95_ms": "writes to several shards, P95",
        "undone_share": "  undone",
        "work_ratio": "  work, over one shard's",
    }
    return [
        (label, [cross_shard_cell(scenario, figure) for scenario in scenarios])
        for figure, label in labels.items()
    ]


def cross_shard_cell(scenario: dict[str, Any], figure: str) -> str:
    """A figure of the summary as people read it, a dash where no write may touch several shards."""
    found = scenario.get("cross_shard_writes")
    return CELLS[figure](found[figure]) if found else formats.NONE


def cross_shard_notes(scenarios: Sequence[dict[str, Any]]) -> list[str]:
    """How long they take and what they cost, in a sentence a scenario."""
    return [
        f"{scenario['name']}: {_duration(found['p95_ms'])} from the first call to the last answer, "
        f"{formats.share(found['undone_share']['mean'], 1)} undone, "
        f"{found['work_ratio']['mean']:.2f} times the work of a write to one shard."
        for scenario in scenarios
        if (found := scenario.get("cross_shard_writes"))
    ]


def _duration(p95_ms: dict[str, Any]) -> str:
    if endless(p95_ms):
        return "p95 without limit, as a tier is saturated,"
    return f"p95 {formats.mean_number(p95_ms)} ms"


def endless(p95_ms: dict[str, Any]) -> bool:
    """Whether a tier is saturated in some week, so that the duration has no limit."""
    return p95_ms["mean"] is None or not math.isfinite(p95_ms["mean"])


CELLS: dict[str, Callable[[Any], str]] = {
    "p95_ms": lambda of: "saturated" if endless(of) else f"{formats.mean_number(of)} ms",
    "undone_share": lambda of: formats.share(of["mean"], 1),
    "work_ratio": formats.mean_number,
}
"""How each figure is written."""


def _told(label: str, figure: str, *, under: bool = True) -> Told:
    def cell(scenario: dict[str, Any], words: Words) -> str:
        found = scenario.get("cross_shard_writes")
        if found and figure == "p95_ms" and endless(found["p95_ms"]):
            return words("axis.saturated")
        return words.written(cross_shard_cell(scenario, figure))

    return (label, under, cell, (of_mean(f"cross_shard_writes.{figure}"),))


REPORT = Reported(
    summary=cross_shard,
    rows=cross_shard_rows,
    rows_in_words=(
        _told("crossing", "p95_ms", under=False),
        _told("crossing_undone", "undone_share"),
        _told("crossing_work", "work_ratio"),
    ),
    heading="Writes to several shards",
    notes=cross_shard_notes,
)
