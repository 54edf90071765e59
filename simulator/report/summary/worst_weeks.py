"""Latency and other figures in their worst week: parts of a scenario's summary."""

from dataclasses import asdict
from typing import Any

import numpy as np
import polars as pl

from simulator.report.summary.pooled import weekly_percentile_ms
from simulator.report.summary.spread import QUANTILES, spread
from simulator.risk.estimates import mean, quantile
from simulator.risk.thresholds import ATTENTION, CRITICAL, first_weeks
from simulator.risk.weekly import ScenarioWeeks, by_week
from simulator.scenario.root import Scenario

POOLED_SHARE = 0.95


def worst_latency(
    rows: ScenarioWeeks, latencies: pl.DataFrame, scenario: Scenario[Any], totals: pl.DataFrame
) -> dict[str, Any]:
    """Give the worst pooled percentile over weeks, and the spread over runs of each run's worst week.

    Of a week in which it is the deadline, what fails in the peak hour belongs to it: ``worst_failed_share``.
    """
    served = rows.served
    latency, at_deadline = by_week(served, "latency_p95_ms"), by_week(served, "latency_at_deadline")
    deadline = np.where(at_deadline, latency, 0.0)
    name = scenario.scenario.name
    own = latencies.filter((pl.col("scenario") == name) & (pl.col("window") == "peak"))
    pooled = weekly_percentile_ms(own, deadline, POOLED_SHARE)
    worst = int(np.argmax(pooled))
    of_deadline = np.array([quantile(week, POOLED_SHARE) > 0 for week in deadline])
    waited = np.where(of_deadline | ~np.isfinite(pooled), -1.0, pooled)
    failed = mean(by_week(rows, "error_share")[worst]).estimate if of_deadline[worst] else None
    return {
        "runs": served.runs,
        "worst_pooled": float(pooled[worst]),
        "worst_week": worst,
        "worst_week_runs": {key: quantile(latency[worst], level) for key, level in QUANTILES.items()},
        "worst_failed_share": failed,
        "worst_pooled_unsaturated": float(waited.max()) if waited.max() >= 0 else None,
        "worst_week_unsaturated": int(np.argmax(waited)) if waited.max() >= 0 else None,
        "first_week_attention": first_weeks(rows, ATTENTION)["latency_p95_ms"],
        "first_week_critical": first_weeks(rows, CRITICAL)["latency_p95_ms"],
        **spread(totals["latency_p95_ms_worst"].drop_nulls().to_numpy()),
    }


def worst_mean(rows: ScenarioWeeks, column: str) -> dict[str, Any]:
    """Give the week whose mean over runs is the highest."""
    means = [mean(week) for week in by_week(rows, column)]
    worst = max(range(len(means)), key=lambda week: means[week].estimate)
    return {"worst_week": worst, **asdict(means[worst])}
