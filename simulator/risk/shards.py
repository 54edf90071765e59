"""The database's shards are loaded unevenly, and one of them saturates first."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from simulator.arrays import Floats
from simulator.risk.estimates import Estimate, mean, probability, quantile
from simulator.risk.weekly import ScenarioWeeks, by_week


@dataclass(frozen=True, kw_only=True)
class FirstSaturated:
    """The shard that is offered all it can do before the others, in the runs in which one is."""

    shard: int
    """Number of the shard that is first in most of these runs."""
    p_shard: Estimate
    """Probability that this shard is the first."""
    week: int
    """Median week in which it saturates."""
    p_any: Estimate
    """Probability that some shard saturates, over all runs."""


@dataclass(frozen=True, kw_only=True)
class ShardLoads:
    """The shards of a scenario in the peak hour; a shard that a run does not have carries nothing."""

    load_share: tuple[float, ...]
    """Each shard has this share of the load in the last week, mean over runs."""
    p_saturated: tuple[float, ...]
    """Share of the runs in which each shard saturates in some week."""
    hottest_over_mean: Estimate
    """Load of the hottest shard over that of the mean one, in the last week."""
    first_saturated: FirstSaturated | None


def shard_loads(rows: ScenarioWeeks, shards: pl.DataFrame, name: str) -> ShardLoads:
    """Gather what a study's ``shards`` frame and weeks say of the scenario with this name."""
    own = shards.filter(pl.col("scenario") == name).sort("run", "shard")
    load, week = (
        own[column].cast(pl.Float64).fill_null(np.inf).to_numpy().reshape(rows.runs, -1)
        for column in ("load_share", "saturated_week")
    )
    return ShardLoads(
        load_share=tuple(mean(of_shard.copy()).estimate for of_shard in load.T),
        p_saturated=tuple(probability(np.isfinite(of_shard)).estimate for of_shard in week.T),
        hottest_over_mean=mean(by_week(rows, "hottest_over_mean")[-1]),
        first_saturated=_first_saturated(rows, week),
    )


def _first_saturated(rows: ScenarioWeeks, week: Floats) -> FirstSaturated | None:
    """Find the shard that saturates first, the hottest of several in one week; ``week`` is (runs, shards)."""
    first = week.min(axis=1)
    ever = np.isfinite(first)
    if not ever.any():
        return None
    runs = np.flatnonzero(ever)
    shard = by_week(rows, "hottest_shard")[first[runs].astype(np.int64), runs]
    most = int(np.argmax(np.bincount(shard)))
    return FirstSaturated(
        shard=most,
        p_shard=probability(shard == most),
        week=int(quantile(first[runs], 0.5)),
        p_any=probability(ever),
    )
