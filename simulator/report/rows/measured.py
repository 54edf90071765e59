"""The numbers behind a row of the comparison, each with its interval, for who reckons with them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Numbers = tuple[float | None, float | None, float | None]
"""A figure and the ends of its 95 % interval; None for what there is none of."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One number of a scenario."""

    part: str
    """What is said after the row's label, as 80 % or the key of a message; nothing where it says all."""
    figure: str
    """Path in the summary, from which its unit follows."""
    of: Callable[[dict[str, Any]], Numbers]
    alone: bool = False
    """Whether the part says all that the label does."""


def of_value(figure: str, part: str = "") -> Measured:
    """A number without an interval.

    >>> of_value("budget_eur.team").of({"budget_eur": {"team": 5.0}})
    (5.0, None, None)
    """
    return Measured(part=part, figure=figure, of=lambda scenario: (at(scenario, figure), None, None))


def of_mean(figure: str, part: str = "") -> Measured:
    """A mean over the runs."""
    return _within(figure, "mean", part)


def of_estimate(figure: str, part: str = "") -> Measured:
    """A probability, or another estimate of one name.

    >>> of_estimate("p").of({"p": {"estimate": 0.5, "se": 0.1, "low": 0.3, "high": 0.7}})
    (0.5, 0.3, 0.7)
    """
    return _within(figure, "estimate", part)


def of_quantiles(figure: str) -> tuple[Measured, ...]:
    """p5, p50 and p95 over the runs."""
    return tuple(_quantile(figure, key) for key in ("p05", "p50", "p95"))


def of_ends(figure: str) -> tuple[Measured, ...]:
    """p5 and p95 over the runs, without intervals."""
    return tuple(of_value(f"{figure}.{key}", name) for key, name in (("p05", "p5"), ("p95", "p95")))


def at(summary: Any, path: str) -> Any:
    """What a path of the summary leads to; None where it ends before.

    >>> at({"hires": {"range": [1, 2]}}, "hires.range.1"), at({"npv_eur": None}, "npv_eur.mean")
    (2, None)
    """
    for key in path.split("."):
        if isinstance(summary, list):
            summary = summary[int(key)]
        elif isinstance(summary, dict):
            summary = summary.get(key)
        else:
            return None
    return summary


def _within(figure: str, name: str, part: str) -> Measured:
    def of(scenario: dict[str, Any]) -> Numbers:
        value, low, high = (at(scenario, f"{figure}.{key}") for key in (name, "low", "high"))
        return value, low, high

    return Measured(part=part, figure=f"{figure}.{name}", of=of)


def _quantile(figure: str, key: str) -> Measured:
    def of(scenario: dict[str, Any]) -> Numbers:
        value, low, high = (at(scenario, f"{figure}.{end}") for end in (key, *_ends(key)))
        return value, low, high

    return Measured(part=key.replace("p0", "p"), figure=f"{figure}.{key}", of=of, alone=True)


def _ends(key: str) -> tuple[str, str]:
    return f"{key}_interval.0", f"{key}_interval.1"
