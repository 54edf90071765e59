"""A figure of a scenario's summary by its dotted path, with the interval that it lies in.

Where the summary holds null, a quantile, a mean or a worst week is infinite (a saturated week has no latency)
and a first week never comes: all of these are compared as +infinity.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np
import polars as pl

from simulator.arrays import Floats
from simulator.check.grammar import CheckError
from simulator.check.intervals import mean_or_probability
from simulator.report.summary.spread import MONEY_QUANTILES
from simulator.risk.estimates import CONFIDENCE, quantile_interval
from simulator.risk.thresholds import MEASURED_METRICS

CENTRES = ("estimate", "mean")
INFINITE = (*CENTRES, *MONEY_QUANTILES, "worst_pooled")
"""Keys whose null stands for infinity."""
NEVER = ("first_week_attention", "first_week_critical")
"""Keys whose null, or whose parts' nulls, stand for a week that does not come."""
COLUMNS = {"latency_p95_ms": "latency_p95_ms_worst", "hires.leavers": "leavers"}
"""Columns of the runs' totals that are called otherwise than the figure they are summed up in."""
OF_REQUESTS = ("slo_missed_months_share", "window_short_share", "cross_shard_writes")
"""Groups of figures that rest on simulated requests, beside what is measured of them."""
NEAR = 5
_ABOUT = re.compile(r"(^|\.)(se|low|high)$|_se$|_interval\.\d$")
"""Paths of what says how sure a figure is."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure and its interval, whose ends are the figure itself where nothing about it is estimated."""

    value: float
    se: float | None
    low: float
    high: float


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
    parent, key, found = _looked_up(scenario, path)
    runs = scenario["served_runs" if of_requests(path) else "runs"]
    if isinstance(found, dict):
        centre = next((name for name in CENTRES if name in found), None)
        if centre is None:
            raise CheckError(f"{path}: must be one figure, got a group: {_listed(_below(found, path))}")
        parent, key, found = found, centre, found[centre]
    value = _number(path, key, found)
    if key in CENTRES and "low" in parent:
        return _estimate(parent, value, runs, confidence)
    if f"{key}_interval" in parent:
        sample = None if totals is None else _sample(totals, path.rpartition(".")[0])
        low, high = -math.inf, math.inf
        if sample is not None:
            low, high = quantile_interval(sample, MONEY_QUANTILES[key], confidence)
        elif last:
            low, high = _stored(parent[f"{key}_interval"])
        return Figure(value=value, se=None, low=low, high=high)
    if f"{key}_se" in parent:
        flat = {"se": parent[f"{key}_se"], "low": None, "high": None}
        return _estimate(flat, value, runs, confidence)
    return Figure(value=value, se=None, low=value, high=value)


def of_requests(path: str) -> bool:
    """Whether a figure rests on simulated requests, and so on the served runs alone.

    >>> of_requests("latency_p95_ms.p95"), of_requests("p_over_budget.total")
    (True, False)
    """
    keys = path.split(".")
    return keys[0] in OF_REQUESTS or any(key in MEASURED_METRICS for key in keys)


def column_of(totals: pl.DataFrame, path: str) -> str | None:
    """The column of the runs' totals that a figure is made of; None where it has none of its own."""
    name = COLUMNS.get(path, path)
    return name if name in totals.columns else None


def paths_of(scenario: dict[str, Any]) -> list[str]:
    """The path of every figure: numbers, and nulls that stand for infinity; not how sure they are."""
    return [
        path
        for path, value in _below(scenario, "")
        if (_is_number(value) or (value is None and _stands_for_infinity(path))) and not _ABOUT.search(path)
    ]


def figures_in(scenario: dict[str, Any]) -> Iterator[tuple[str, Figure]]:
    """Every figure of a scenario with its path."""
    for path in paths_of(scenario):
        yield path, figure_at(scenario, path)


def near(name: str, known: list[str]) -> str:
    """Say which known names come near one that is unknown."""
    close = get_close_matches(name, known, n=NEAR, cutoff=0.5)
    last = name.rpartition(".")[2]
    ends = [path for path in known if path.rpartition(".")[2] == last or path.startswith(f"{name}.")]
    found = list(dict.fromkeys([*close, *ends]))[:NEAR]
    return f"near: {', '.join(found)}" if found else f"there are: {', '.join(known[:NEAR])}, ..."


def _looked_up(scenario: dict[str, Any], path: str) -> tuple[dict[str, Any], str, Any]:
    parent: Any = {}
    found: Any = scenario
    for key in path.split("."):
        parent = found
        if isinstance(found, dict) and key in found:
            found = found[key]
        elif isinstance(found, list) and key.isdecimal() and int(key) < len(found):
            found = found[int(key)]
        else:
            raise CheckError(
                f"{path}: must be a figure of the summary, got none; {near(path, paths_of(scenario))}"
            )
    return (parent if isinstance(parent, dict) else {}), key, found


def _number(path: str, key: str, found: Any) -> float:
    if found is None and (key in INFINITE or _stands_for_infinity(path)):
        return math.inf
    if found is None:
        raise CheckError(f"{path}: must be a known figure, got null: it cannot be told from these runs")
    if not _is_number(found):
        what = "an interval or a list" if isinstance(found, list) else repr(found)
        raise CheckError(f"{path}: must be a number, got {what}")
    return float(found)


def _estimate(parent: dict[str, Any], value: float, runs: int, confidence: float) -> Figure:
    se = parent["se"]
    if math.isinf(value):
        return Figure(value=value, se=None, low=value, high=value)
    if se is None:
        return Figure(value=value, se=None, low=-math.inf, high=math.inf)
    low, high = mean_or_probability(value, se, parent["low"], parent["high"], runs, confidence)
    return Figure(value=value, se=se, low=low, high=high)


def _stored(ends: list[float | None]) -> tuple[float, float]:
    low, high = ends
    return -math.inf if low is None else low, math.inf if high is None else high


def _sample(totals: pl.DataFrame, group: str) -> Floats | None:
    column = column_of(totals, group)
    return None if column is None else totals[column].drop_nulls().to_numpy().astype(np.float64)


def _below(found: Any, path: str) -> Iterator[tuple[str, Any]]:
    inner: Any = (
        found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    )
    for key, value in inner:
        own = f"{path}.{key}" if path else str(key)
        if isinstance(value, dict | list):
            yield from _below(value, own)
        else:
            yield own, value


def _listed(figures: Iterator[tuple[str, Any]]) -> str:
    names = [path for path, value in figures if _is_number(value) and not _ABOUT.search(path)]
    return ", ".join(names[:NEAR]) + (", ..." if len(names) > NEAR else "")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _stands_for_infinity(path: str) -> bool:
    keys = path.split(".")
    return keys[-1] in INFINITE or any(key in NEVER for key in keys)
