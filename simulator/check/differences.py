"""Figures of an earlier result and the present are compared in pairs, and held against margins."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from simulator.arrays import Bools, Floats
from simulator.check.figures import COLUMNS, column_of
from simulator.check.grammar import CheckError, Margin, margin_of
from simulator.check.verdict import Undecided
from simulator.quantities.catalogue import near
from simulator.risk.estimates import paired_difference

MARGINS = tuple(
    margin_of(text)
    for text in (
        *("cost_infrastructure_eur=5%", "cost_team_eur=5%", "cost_total_eur=5%"),
        *("users_end=5%", "hires=5%", "headcount_end=5%"),
        *("latency_p95_ms=5%", "saturated_any_week=0.05"),
    )
)
"""Margins that hold without --margin: 5 % of the earlier value, and 0.05 of a probability."""
SATURATED = "saturated_any_week"
KEYS = ("scenario", "run")

Outcome = Literal["pass", "fail", "undecided", "not judged"]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A figure of a scenario, then and now."""

    scenario: str
    figure: str
    margin: Margin
    runs: int
    """Number of the runs with a finite value then and now."""
    earlier: float
    """Mean of the earlier values over these runs."""
    now: float
    difference: float
    """Mean of the present values less that of the earlier ones; paired by run, so that common luck
    cancels."""
    se: float
    low: float
    high: float
    allowed: float
    """Margin in the figure's unit."""
    identical: bool
    """True where every run has exactly its earlier value."""
    verdict: Outcome
    by_estimate: bool

    @property
    def failed(self) -> bool:
        """Tell if the check ends with a failure."""
        return self.verdict in ("fail", "undecided")


def margins_of(texts: Sequence[str], totals: pl.DataFrame) -> list[Margin]:
    """Give the margins that hold unless others are given for their figures, and those that are.

    Raises:
        CheckError: where one is not written as a margin, or names no figure that every run has.
    """
    given = {margin.figure: margin for margin in map(margin_of, texts)}
    known = [SATURATED, *figures_of(totals)]
    for margin in given.values():
        if margin.figure not in known:
            required = "must name a figure that every run has"
            raise CheckError(
                f"{margin.text!r}: {required}, got {margin.figure!r}; {near(margin.figure, known)}"
            )
    usual = {margin.figure: margin for margin in MARGINS}
    return list((usual | given).values())


def figures_of(totals: pl.DataFrame) -> list[str]:
    """Give the figures that the runs' totals have a column of."""
    figures = {column: figure for figure, column in COLUMNS.items()}
    columns = [name for name in totals.columns if name not in KEYS and totals[name].dtype.is_numeric()]
    return [figures.get(name, name) for name in columns]


def differences(
    margins: Sequence[Margin],
    earlier: pl.DataFrame,
    now: pl.DataFrame,
    *,
    scenario: str,
    undecided: Undecided = "fail",
) -> list[Difference]:
    """Hold one scenario's runs against what they were.

    Args:
        margins: as ``margins_of`` returns them.
        earlier: rows of one scenario in the runs' totals.
        now: those of the present, of the same runs.
        scenario: its present name.
        undecided: what to make of an interval that reaches past its margin.

    Raises:
        CheckError: where the runs are not the same, or a figure is missing.
    """
    earlier, now = earlier.sort("run"), now.sort("run")
    if not earlier["run"].equals(now["run"]):
        raise CheckError(f"{scenario!r}: must have the same runs, got {len(earlier)} then and {len(now)} now")
    return [_difference(margin, earlier, now, scenario, undecided) for margin in margins]


def identical(earlier: pl.DataFrame, now: pl.DataFrame) -> bool:
    """Tell if two tables of one scenario's runs hold the same values to the last bit, names aside."""
    return earlier.drop("scenario").sort("run").equals(now.drop("scenario").sort("run"))


def comparable(first: Floats, second: Floats) -> tuple[Floats, Floats]:
    """Keep the runs that are finite in both: one with a saturated week has no latency.

    >>> comparable(np.array([1.0, np.inf, 3.0]), np.array([2.0, 2.0, 5.0]))
    (array([1., 3.]), array([2., 5.]))
    """
    both: Bools = np.isfinite(first) & np.isfinite(second)
    return first[both], second[both]


def _difference(
    margin: Margin, earlier: pl.DataFrame, now: pl.DataFrame, scenario: str, undecided: Undecided
) -> Difference:
    first, second = _values(earlier, margin.figure), _values(now, margin.figure)
    same = bool(np.array_equal(first, second))
    first, second = comparable(first, second)
    runs = len(first)
    if not runs:
        nothing = dict.fromkeys(("earlier", "now", "difference", "se", "low", "high", "allowed"), math.nan)
        verdict: Outcome = "pass" if same else "not judged"
        return Difference(
            scenario=scenario, figure=margin.figure, margin=margin, runs=0, identical=same,
            verdict=verdict, by_estimate=False, **nothing,
        )  # fmt: skip
    found = paired_difference(first, second)
    before = math.fsum(first) / runs
    allowed = margin.size * abs(before) if margin.relative else margin.size
    ends = (0.0, 0.0) if same else (found.low, found.high)
    verdict = _verdict(margin, allowed, *ends)
    by_estimate = verdict == "undecided" and undecided == "estimate"
    if by_estimate:
        verdict = _verdict(margin, allowed, found.estimate, found.estimate)
    return Difference(
        scenario=scenario,
        figure=margin.figure,
        margin=margin,
        runs=runs,
        earlier=before,
        now=math.fsum(second) / runs,
        difference=found.estimate,
        se=found.se,
        low=found.low,
        high=found.high,
        allowed=allowed,
        identical=same,
        verdict=verdict,
        by_estimate=by_estimate,
    )


def _values(totals: pl.DataFrame, figure: str) -> Floats:
    if figure == SATURATED:
        return (totals["saturated_weeks"] > 0).to_numpy().astype(np.float64)
    column = column_of(totals, figure)
    if column is None:
        raise CheckError(f"{figure}: must be a figure of both results, got one without")
    return totals[column].to_numpy().astype(np.float64)


def _verdict(margin: Margin, allowed: float, low: float, high: float) -> Outcome:
    """Judge every difference from ``low`` to ``high``; nan is not known, and may be anything."""
    up = allowed if margin.side in ("both", "up") else math.inf
    down = -allowed if margin.side in ("both", "down") else -math.inf
    if low > up or high < down:
        return "fail"
    return "pass" if down <= low and high <= up else "undecided"
