"""A figure of a scenario's summary is looked up by its dotted path, with its interval.

Where the summary holds null, a quantile, a mean or a worst week is infinite (a saturated week has no latency)
and a first week never comes: all of these are compared as +infinity.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from scipy.special import stdtrit

from simulator.arrays import Floats
from simulator.check.grammar import CheckError
from simulator.check.paths import below, declared, is_endless, is_number, listed, looked_up, paths_of
from simulator.quantities.quantity import Interval
from simulator.report.summary.spread import MONEY_QUANTILES
from simulator.risk.estimates import CONFIDENCE, quantile_interval, wilson
from simulator.risk.groups import intervals_of_summary
from simulator.risk.thresholds import MEASURED_METRICS

CENTRES = ("estimate", "mean")
COLUMNS = {"latency_p95_ms": "latency_p95_ms_worst", "hires.leavers": "leavers"}
"""Columns of the runs' totals that are called otherwise than the figure they are summed up in."""
OF_REQUESTS = ("slo_missed_months_share", "window_short_share", "cross_shard_writes")
"""Groups of figures that rest on simulated requests, beside what is measured of them."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure and its interval, whose ends are the figure itself where nothing about it is estimated."""

    value: float
    se: float | None
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Sureness:
    """The standard error and 95 % interval that a summary holds for a centre; None where it holds none."""

    se: float | None
    low: float | None
    high: float | None


def figure_at(
    scenario: dict[str, Any],
    path: str,
    *,
    totals: pl.DataFrame | None = None,
    confidence: float = CONFIDENCE,
    last: bool = True,
) -> Figure:
    """Look a figure up.

    Args:
        scenario: one of the scenarios of a summary, as JSON holds it.
        path: its keys with dots between, and an index for a list; a group with a mean stands for it.
        totals: this scenario's rows of the runs' totals, which the intervals of quantiles are taken from.
        confidence: of the interval.
        last: whether it is looked at for the last time. A quantile that ``totals`` do not hold is left open
            until then: looked at once, it may be judged by the interval of the summary.

    Raises:
        CheckError: where there is no such figure, or it is no number.
    """
    parent, key, found = looked_up(scenario, path)
    runs = scenario["runs"]
    if of_requests(path):
        runs = scenario.get("served_runs", runs)  # not in results of before
    groups = scenario.get("interval_groups") if runs == scenario["runs"] else None
    if isinstance(found, dict):
        centre = next((name for name in CENTRES if name in found), None)
        if centre is None:
            raise CheckError(f"{path}: must be one figure, got a group: {listed(below(found, path))}")
        parent, key, found, path = found, centre, found[centre], f"{path}.{centre}"
    value = _number(path, found)
    if key in CENTRES and "low" in parent:
        about = Sureness(se=parent["se"], low=parent["low"], high=parent["high"])
        return _estimate(declared(path).interval, value, about, runs, groups, confidence)
    if f"{key}_interval" in parent:
        sample = None if totals is None else _sample(totals, path.rpartition(".")[0])
        low, high = -math.inf, math.inf
        if sample is not None:
            with intervals_of_summary(scenario):
                low, high = quantile_interval(sample, MONEY_QUANTILES[key], confidence)
        elif last:
            low, high = _stored(parent[f"{key}_interval"])
        return Figure(value=value, se=None, low=low, high=high)
    if f"{key}_se" in parent:
        about = Sureness(se=parent[f"{key}_se"], low=None, high=None)
        return _estimate(declared(path).interval, value, about, runs, groups, confidence)
    return Figure(value=value, se=None, low=value, high=value)


def of_requests(path: str) -> bool:
    """Tell if a figure rests on simulated requests, and so on the served runs alone.

    >>> of_requests("latency_p95_ms.p95"), of_requests("p_over_budget.total")
    (True, False)
    """
    keys = path.split(".")
    return keys[0] in OF_REQUESTS or any(key in MEASURED_METRICS for key in keys)


def column_of(totals: pl.DataFrame, path: str) -> str | None:
    """Give the column of the runs' totals that a figure is made of; None where it has none of its own."""
    name = COLUMNS.get(path, path)
    return name if name in totals.columns else None


def figures_in(scenario: dict[str, Any]) -> Iterator[tuple[str, Figure]]:
    """Yield every figure of a scenario with its path."""
    for path in paths_of(scenario):
        yield path, figure_at(scenario, path)


def _number(path: str, found: Any) -> float:
    if found is None and is_endless(path):
        return math.inf
    if found is None:
        raise CheckError(f"{path}: must be a known figure, got null: it cannot be told from these runs")
    if not is_number(found):
        what = "an interval or a list" if isinstance(found, list) else repr(found)
        raise CheckError(f"{path}: must be a number, got {what}")
    return float(found)


def _estimate(
    interval: Interval, value: float, about: Sureness, runs: int, groups: int | None, confidence: float
) -> Figure:
    """Give a centre with its interval at a confidence: the stored one is of 95 %.

    A probability whose error is not Wilson's has that of groups.
    """
    if math.isinf(value):
        return Figure(value=value, se=None, low=value, high=value)
    if about.se is None:
        return Figure(value=value, se=None, low=-math.inf, high=math.inf)
    if interval == "wilson":
        successes = round(value * runs)
        if groups is None or math.isclose(wilson(successes, runs).se, about.se):
            found = wilson(successes, runs, confidence)
            return Figure(value=value, se=about.se, low=found.low, high=found.high)
    if confidence == CONFIDENCE and about.low is not None and about.high is not None:
        return Figure(value=value, se=about.se, low=about.low, high=about.high)
    half = float(stdtrit((groups or runs) - 1, (1 + confidence) / 2)) * about.se
    least, most = (0.0, 1.0) if interval == "wilson" else (-math.inf, math.inf)
    return Figure(value=value, se=about.se, low=max(value - half, least), high=min(value + half, most))


def _stored(ends: list[float | None]) -> tuple[float, float]:
    low, high = ends
    return -math.inf if low is None else low, math.inf if high is None else high


def _sample(totals: pl.DataFrame, group: str) -> Floats | None:
    column = column_of(totals, group)
    return None if column is None else totals[column].drop_nulls().to_numpy().astype(np.float64)
