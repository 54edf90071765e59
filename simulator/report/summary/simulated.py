"""A simulated study as what is told of it: its summary, and the frames that a results folder holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from simulator.draws.streams import Sampling
from simulator.report.folder.plain import plain
from simulator.report.summary.study import summarise
from simulator.risk.loss import run_totals
from simulator.scenario.root import Scenario
from simulator.study import StudyResult


@dataclass(frozen=True, kw_only=True)
class Studied:
    """The results of a study: its summary and its tables."""

    summary: dict[str, Any]
    """The summary as JSON holds it."""
    totals: pl.DataFrame
    """One row for each scenario and run."""
    frames: dict[str, pl.DataFrame | pl.LazyFrame]
    """Tables by the name of the file that they are written to; the totals are ``runs``."""


def studied(
    scenarios: Sequence[Scenario[Any]], result: StudyResult, *, seed: int, sampling: Sampling = "random"
) -> Studied:
    """Add a study's runs up and summarise them; by ``seed`` and ``sampling`` its inputs are drawn again."""
    totals = run_totals(result.weeks, scenarios)
    summary = summarise(
        scenarios,
        weeks=result.weeks,
        latencies=result.latencies,
        actions=result.actions,
        shards=result.shards,
        totals=totals,
        outlook=result.recommendation_input,
        seed=seed,
        sampling=sampling,
    )
    frames = {
        "weeks": result.weeks,
        "runs": totals,
        "latencies": result.latencies,
        "actions": result.actions,
        "shards": result.shards,
    }
    return Studied(summary=plain(summary), totals=totals, frames=frames)
