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
    """Worst pooled percentile over weeks, and the spread over runs of each run's worst week."""
    served = rows.served
    saturated = by_week(served, "latency_endless")
    share = saturated.sum(axis=1) / saturated.shape[1]
    name = scenario.scenario.name
    own = latencies.filter((pl.col("scenario") == name) & (pl.col("window") == "peak"))
    pooled = weekly_percentile_ms(own, share, POOLED_SHARE)
    worst = int(np.argmax(pooled))
    finite = np.where(np.isfinite(pooled), pooled, -1.0)
    runs = np.where(saturated, np.inf, by_week(served, "latency_p95_ms"))[worst]
    return {
        "runs": served.runs,
        "worst_pooled": float(pooled[worst]),
        "worst_week": worst,
        "worst_week_runs": {key: quantile(runs, level) for key, level in QUANTILES.items()},
        "worst_pooled_unsaturated": float(finite.max()) if finite.max() >= 0 else None,
        "worst_week_unsaturated": int(np.argmax(finite)) if finite.max() >= 0 else None,
        "first_week_attention": first_weeks(rows, ATTENTION)["latency_p95_ms"],
        "first_week_critical": first_weeks(rows, CRITICAL)["latency_p95_ms"],
        **spread(totals["latency_p95_ms_worst"].drop_nulls().to_numpy()),
    }


def worst_mean(rows: ScenarioWeeks, column: str) -> dict[str, Any]:
    """The week whose mean over runs is the highest."""
    means = [mean(week) for week in by_week(rows, column)]
    worst = max(range(len(means)), key=lambda week: means[week].estimate)
    return {"worst_week": worst, **asdict(means[worst])}
