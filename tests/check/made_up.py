"""A small made-up study as its summary and totals."""

from typing import Any

import numpy as np
import polars as pl

from simulator.report.folder.plain import plain
from simulator.report.summary.study import summarise
from simulator.risk.loss import run_totals
from tests.synthetic import grown, latencies, loads, outlook, placed, scenario


def told(name: str = "Made up", runs: int = 40, seed: int = 1) -> tuple[dict[str, Any], pl.DataFrame]:
    """A scenario of a summary and its rows of the totals."""
    plan = scenario(scenario__name=name)
    weeks = grown(name, seed, runs)
    # A team whose cost differs from run to run by more than a figure's last digit.
    luck = np.random.default_rng(seed).normal(0, 2_000, runs)
    own = weeks["run"].to_numpy()
    weeks = weeks.with_columns(pl.Series("cost_team_eur", weeks["cost_team_eur"].to_numpy() + luck[own]))
    totals = run_totals(weeks, [plan])
    summary = summarise(
        [plan],
        weeks=weeks,
        latencies=latencies(name, 52),
        actions=placed(plan, runs),
        shards=loads(name, runs),
        totals=totals,
        outlook=outlook([[60.0] * 2], [30.0]),
    )
    return plain(summary)["scenarios"][0], totals
