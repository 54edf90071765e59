"""A verdict says if all of an interval, none of it, or only a part lies where it has to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from simulator.check.figures import figure_at
from simulator.check.grammar import CheckError, Requirement
from simulator.risk.estimates import CONFIDENCE

Verdict = Literal["pass", "fail", "undecided"]
Undecided = Literal["fail", "estimate"]
"""Treatment of a figure that stays undecided: as a failure, or judged by its estimate alone."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A requirement held against one scenario."""

    scenario: str
    requirement: Requirement
    runs: int
    value: float
    se: float | None
    low: float
    high: float
    margin: float
    """Distance of the value from its limit, positive where the requirement holds."""
    verdict: Verdict
    by_estimate: bool
    """True where the verdict rests on the estimate alone, its interval being too wide."""

    @property
    def failed(self) -> bool:
        """Tell if the check ends with a failure: a requirement that is not shown to hold counts as broken."""
        return self.verdict != "pass"


def judged(
    requirement: Requirement,
    scenario: dict[str, Any],
    *,
    totals: pl.DataFrame | None,
    confidence: float = CONFIDENCE,
    last: bool = True,
    undecided: Undecided = "fail",
) -> Judged:
    """Hold a requirement against a scenario of a summary.

    Raises:
        CheckError: where the summary has no such figure.
    """
    figure = figure_at(scenario, requirement.path, totals=totals, confidence=confidence, last=last)
    verdict = verdict_of(requirement, figure.low, figure.high)
    by_estimate = verdict == "undecided" and last and undecided == "estimate"
    if by_estimate:
        verdict = "pass" if requirement.holds(figure.value) else "fail"
    return Judged(
        scenario=scenario["name"],
        requirement=requirement,
        runs=scenario["runs"],
        value=figure.value,
        se=figure.se,
        low=figure.low,
        high=figure.high,
        margin=margin(requirement, figure.value),
        verdict=verdict,
        by_estimate=by_estimate,
    )


def verdict_of(requirement: Requirement, low: float, high: float) -> Verdict:
    """Judge every value from ``low`` to ``high``.

    >>> from simulator.check.grammar import requirement_of
    >>> below = requirement_of("hires < 8")
    >>> verdict_of(below, 6, 7.9), verdict_of(below, 8, 9), verdict_of(below, 7, 9)
    ('pass', 'fail', 'undecided')
    """
    limit, sign = requirement.limit, requirement.operator
    if sign in ("==", "!="):
        inside = low <= limit <= high
        equal = None if inside and low < high else inside
        return "undecided" if equal is None else "pass" if equal == (sign == "==") else "fail"
    ends = {requirement.holds(low), requirement.holds(high)}
    return "undecided" if len(ends) == 2 else "pass" if ends == {True} else "fail"


def margin(requirement: Requirement, value: float) -> float:
    """Give the distance from the limit, positive where the requirement holds."""
    difference = value - requirement.limit
    if requirement.operator in ("==", "!="):
        return abs(difference) if requirement.operator == "!=" else -abs(difference)
    return difference if requirement.operator[0] == ">" else -difference


def chosen(requirement: Requirement, scenarios: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the scenarios that a requirement concerns.

    Raises:
        CheckError: where it names one that is not there.
    """
    every = list(scenarios)
    if requirement.scenario is None:
        return every
    found = [scenario for scenario in every if scenario["name"] == requirement.scenario]
    if not found:
        names = ", ".join(repr(scenario["name"]) for scenario in every)
        required = f"must name one of the scenarios {names}"
        raise CheckError(f"{requirement.text!r}: {required}, got {requirement.scenario!r}")
    return found


def judge_all(
    requirements: Iterable[Requirement],
    summary: dict[str, Any],
    *,
    totals: pl.DataFrame | None,
    confidence: float = CONFIDENCE,
    last: bool = True,
    undecided: Undecided = "fail",
) -> list[Judged]:
    """Hold every requirement against every scenario that it concerns, scenario by scenario.

    Args:
        requirements: in the order in which they are shown.
        summary: of a study, as JSON holds it.
        totals: its runs' totals, or None where they are not kept.
        confidence: of the intervals that are judged.
        last: whether no more runs follow.
        undecided: what to make of an interval that holds the limit.

    Raises:
        CheckError: where one cannot be held against a scenario.
    """
    concerned = [(one, chosen(one, summary["scenarios"])) for one in requirements]
    found = []
    for scenario in summary["scenarios"]:
        own = None if totals is None else totals.filter(pl.col("scenario") == scenario["name"])
        found += [
            judged(one, scenario, totals=own, confidence=confidence, last=last, undecided=undecided)
            for one, scenarios in concerned
            if scenario in scenarios
        ]
    return found
