"""The summary of a sweep: what ``sweep --json`` prints and ``summary.json`` of its folder holds.

Every cell has the figures that ``compare`` has of a scenario. Cells share their draws, so the difference
of a cell from the first one is taken run by run, and is far surer than the figures themselves.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl

from simulator.arrays import Bools, Floats
from simulator.draws.streams import Sampling
from simulator.report.summary.study import summarise
from simulator.report.summary.typed import FirstCritical, Swept, SweptCell
from simulator.report.summary.worst_weeks import worst_mean
from simulator.report.writers.texts import harmless_csv
from simulator.risk.estimates import mean, paired_difference
from simulator.risk.groups import intervals_of_summary
from simulator.risk.loss import run_totals
from simulator.risk.pareto import dominating, pareto_set
from simulator.risk.thresholds import slo_missed
from simulator.risk.weekly import weeks_of_scenario
from simulator.scenario.grid import Axis, Cell

OBJECTIVES = {
    "cost": ("total_infrastructure_eur", "infrastructure paid in all, mean"),
    "slo_missed": ("slo_missed_share", "share of weeks that miss the SLO, mean"),
    "over_budget": ("over_budget_share", "P(infrastructure over budget)"),
    "loss": ("loss_infrastructure_eur", "infrastructure loss, mean"),
}
"""Name of each objective: the figure of a run whose mean is to be small, and what it is in words."""
SERVING = (
    *("latency_p95_ms", "error_share", "cpu_utilization_share"),
    *("database_utilization_share", "database_connections_share"),
)
_COPIED = (
    *(
        "runs",
        "served_runs",
        "sampling",
        "interval_groups",
        "horizon_weeks",
        "cost_infrastructure_eur",
        "total_infrastructure_eur",
        "budget_eur",
    ),
    *("p_over_budget", "latency_p95_ms", "error_share", "saturated_share", "saturated_share_se"),
    *("window_short_share", "first_week_attention", "first_week_critical", "binding", "risk"),
)
"""Figures of a scenario's summary that a cell of the sweep has too."""


@dataclass(frozen=True, kw_only=True)
class CellResult:
    """The results of one cell."""

    cell: Cell
    figures: dict[str, Any]
    runs: dict[str, Floats]
    """Figures of each run, (l,), that cells are compared by."""
    totals: pl.DataFrame
    """Its rows of the ``runs`` frame."""


def cell_result(
    cell: Cell,
    *,
    weeks: pl.DataFrame | pl.LazyFrame,
    latencies: pl.DataFrame,
    actions: pl.DataFrame,
    shards: pl.DataFrame,
    sampling: Sampling = "random",
) -> CellResult:
    """Summarise one cell from its own frames."""
    scenario = cell.scenario
    totals = run_totals(weeks, [scenario])
    whole = summarise(
        [scenario],
        weeks=weeks,
        latencies=latencies,
        actions=actions,
        shards=shards,
        totals=totals,
        sampling=sampling,
    )["scenarios"][0]
    rows = weeks_of_scenario(weeks, scenario.scenario.name)
    increment = totals["cost_infrastructure_eur"].to_numpy()
    missed = slo_missed(rows)
    runs: dict[str, Floats] = {
        "cost_infrastructure_eur": increment,
        "total_infrastructure_eur": totals["total_infrastructure_eur"].to_numpy(),
        "slo_missed_share": missed.sum(axis=0) / len(missed),
        "over_budget_share": (increment > scenario.budget.infrastructure_eur).astype(np.float64),
        "loss_infrastructure_eur": totals["loss_infrastructure_eur"].to_numpy(),
    }
    limits = scenario.thresholds
    with intervals_of_summary(whole):
        loss = mean(runs["loss_infrastructure_eur"])
    figures = {key: whole[key] for key in _COPIED} | {
        "first_critical": _first_critical(whole["first_week_critical"]),
        "slo": {
            "latency_p95_ms_at_most": limits.latency_p95_ms.attention,
            "error_share_at_most": limits.error_share.attention,
            "saturated": False,
        },
        "slo_missed_share": asdict(mean(runs["slo_missed_share"])),
        "loss_infrastructure_eur": asdict(loss),
        "hottest_shard_utilization_share": worst_mean(rows.served, "hottest_shard_utilization_share"),
    }
    return CellResult(cell=cell, figures=figures, runs=runs, totals=totals)


def sweep_summary(
    results: Sequence[CellResult], *, name: str, axes: Sequence[Axis], objectives: Sequence[str]
) -> dict[str, Any]:
    """Set the cells beside each other; ``plain`` makes it JSON."""
    points = np.array(
        [[mean(of.runs[OBJECTIVES[name][0]]).estimate for name in objectives] for of in results],
    )
    best = pareto_set(points)
    return {
        "scenario": name,
        "over": {axis.key: list(axis.values) for axis in axes},
        "objectives": [
            {"name": name, "figure": OBJECTIVES[name][0], "in_words": OBJECTIVES[name][1], "best": "lowest"}
            for name in objectives
        ],
        "compared_with": results[0].cell.number,
        "pareto": [of.cell.number for of, member in zip(results, best, strict=True) if member],
        "cells": [
            {
                "cell": of.cell.number,
                "values": of.cell.values,
                "pareto": bool(best[at]),
                "dominated_by": [results[by].cell.number for by in _better(points, best, at)],
                **of.figures,
                "difference": _differences(results[0], of),
            }
            for at, of in enumerate(results)
        ],
    }


def cells_frame(summary: Swept) -> pl.DataFrame:
    """One row a cell: its values as JSON, its main figures with their errors."""
    return pl.DataFrame([_row(cell) for cell in summary["cells"]], infer_schema_length=None)


def cells_csv(frame: pl.DataFrame) -> str:
    """The rows of ``cells_frame``, with no text that a spreadsheet would take for a formula."""
    return harmless_csv(frame)


def _better(points: Floats, best: Bools, at: int) -> list[int]:
    """Members of the Pareto set that dominate a cell."""
    found: list[int] = np.flatnonzero(dominating(points, at) & best).tolist()
    return found


def _row(cell: SweptCell) -> dict[str, Any]:
    latency, risk = cell["latency_p95_ms"], cell["risk"]["infrastructure"]
    row = {"cell": cell["cell"], "scenario": f"cell {cell['cell']}", "pareto": cell["pareto"]}
    row |= {key: json.dumps(value, ensure_ascii=False) for key, value in cell["values"].items()}
    row |= {
        "cost_infrastructure_eur": cell["cost_infrastructure_eur"]["mean"],
        "cost_infrastructure_eur_se": cell["cost_infrastructure_eur"]["se"],
        "total_infrastructure_eur": cell["total_infrastructure_eur"]["mean"],
        "total_infrastructure_eur_se": cell["total_infrastructure_eur"]["se"],
        "slo_missed_share": cell["slo_missed_share"]["estimate"],
        "slo_missed_share_se": cell["slo_missed_share"]["se"],
        "loss_infrastructure_eur": cell["loss_infrastructure_eur"]["estimate"],
        "loss_infrastructure_eur_se": cell["loss_infrastructure_eur"]["se"],
        "p_over_budget_infrastructure": cell["p_over_budget"]["infrastructure"]["estimate"],
        "p_over_budget_infrastructure_se": cell["p_over_budget"]["infrastructure"]["se"],
        "risk_infrastructure": risk["rating"],
        "latency_p95_ms_worst_pooled": latency["worst_pooled"],
        "latency_p95_ms_worst_week": latency["worst_week"],
        "first_week_critical": cell["first_critical"]["week"],
        "saturated_share": cell["saturated_share"],
        "saturated_share_se": cell["saturated_share_se"],
        "hottest_shard_utilization_share": cell["hottest_shard_utilization_share"]["estimate"],
        "hottest_shard_utilization_share_se": cell["hottest_shard_utilization_share"]["se"],
    }
    for figure, found in cell["difference"].items():
        row |= {f"difference_{figure}": found["estimate"], f"difference_{figure}_se": found["se"]}
    return row


def _differences(first: CellResult, of: CellResult) -> dict[str, Any]:
    with intervals_of_summary(of.figures):
        return {
            figure: asdict(paired_difference(first.runs[figure], values))
            for figure, values in of.runs.items()
        }


def _first_critical(weeks: dict[str, int | None]) -> FirstCritical:
    """The first week in which the serving side is past a critical limit, and the limit."""
    found = [(week, metric) for metric in SERVING if (week := weeks[metric]) is not None]
    week, metric = min(found, default=(None, None))
    return {"week": week, "metric": metric}
