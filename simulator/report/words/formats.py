"""Numbers as people read them. Half rounds to even everywhere, as Python's ``format`` does."""

import math
from collections.abc import Sequence
from typing import Any

from simulator import texts
from simulator.units import S_PER_HOUR

NONE = "-"
UNITS = ("", " K", " M", " G")
RATINGS = ("low", "medium", "high", "very high")
printable = texts.printable


def number(value: float | None, digits: int = 3) -> str:
    """Write a number with ``digits`` significant digits and a K, M or G.

    >>> number(1_234_567), number(950.4), number(0.0), number(-20_500), number(999_999)
    ('1.23 M', '950', '0', '-20.5 K', '1 M')
    """
    return together([value], digits=digits)


def together(values: Sequence[float | None], between: str = "/", digits: int = 3) -> str:
    """Write numbers in one unit, said once: that of the largest, or the next smaller where four digits do.

    >>> together([950_000, 1_100_000, 1_300_000]), together([1_100_000, 1_300_000])
    ('950/1100/1300 K', '1.1/1.3 M')
    >>> together([8, 10, None]), together([995, 1005], "–")
    ('8/10/-', '995–1005')
    """
    known = [abs(float(f"{v:.{digits}g}")) for v in values if v is not None and math.isfinite(v)]
    largest, smallest = max(known, default=0.0), min(known, default=0.0)
    power = sum(largest >= 1000**step for step in (1, 2, 3))
    if power and smallest < 1000**power and largest < 10 * 1000**power:
        power -= 1
    written = [NONE if v is None or not math.isfinite(v) else _in_unit(v, power, digits) for v in values]
    return between.join(written) + (UNITS[power] if known else "")


def _in_unit(value: float, power: int, digits: int) -> str:
    text = f"{value / 1000**power:.{digits}g}"
    return text if abs(value) < 1000 ** (power + 1) and "e" not in text else f"{value / 1000**power:.0f}"


def eur(value: float | None) -> str:
    """Write an amount of euros.

    >>> eur(150_000), eur(None)
    ('150 K€', '-')
    """
    text = number(value)
    return text if text == NONE else f"{text}€" if text[-1].isalpha() else f"{text} €"


def share(value: float | None, digits: int = 0) -> str:
    """Write a share in percent.

    >>> share(0.125, 1), share(None)
    ('12.5 %', '-')
    """
    return NONE if value is None or not math.isfinite(value) else f"{100 * value:.{digits}f} %"


def share_with_error(value: float | None, se: float | None) -> str:
    """Write a share in percent with its standard error.

    >>> share_with_error(0.0512, 0.002), share_with_error(0.0512, None)
    ('5.1 % ± 0.2', '5.1 %')
    """
    return share(value, 1) + ("" if se is None else f" ± {100 * se:.1f}")


def chance(estimate: dict[str, Any]) -> str:
    """Write a probability with its 95 % interval.

    >>> chance({"estimate": 0.25, "low": 0.07, "high": 0.59})
    '25 % (7–59)'
    """
    return f"{share(estimate['estimate'])} ({100 * estimate['low']:.0f}–{100 * estimate['high']:.0f})"


def mean_eur(estimate: dict[str, Any]) -> str:
    """Write a mean amount with its standard error.

    >>> mean_eur({"mean": 112_300.0, "se": 4_100.0}), mean_eur({"mean": 112_300.0, "se": None})
    ('112 K€ ± 4.1 K', '112 K€')
    """
    se = estimate["se"]
    return eur(estimate["mean"]) if se is None else f"{eur(estimate['mean'])} ± {number(se, 2)}"


def mean_number(estimate: dict[str, Any]) -> str:
    """Write a mean with its standard error."""
    se = estimate["se"]
    return number(estimate["mean"]) if se is None else f"{number(estimate['mean'])} ± {number(se, 2)}"


def quantiles(estimate: dict[str, Any]) -> str:
    """Write p5, p50 and p95.

    >>> quantiles({"p05": 8.0, "p50": 10.0, "p95": None})
    '8/10/-'
    """
    return together([estimate[key] for key in ("p05", "p50", "p95")])


def week(value: float | None) -> str:
    """Write a week, which may not come.

    >>> week(12), week(None)
    ('week 12', 'never')
    """
    return "never" if value is None else f"week {value:.0f}"


def duration(seconds: float | None) -> str:
    """Write a duration in the unit that suits it.

    >>> duration(0.02), duration(90.0), duration(7_200.0), duration(None)
    ('20 ms', '90 s', '2 h', '-')
    """
    if seconds is None:
        return NONE
    if 0 < seconds < 1:
        return f"{1_000 * seconds:.3g} ms"
    return f"{seconds:.3g} s" if seconds < S_PER_HOUR else f"{seconds / S_PER_HOUR:.3g} h"


def labels(rating: str, low: str, high: str) -> str:
    """Write a rating, and the labels that the number of runs leaves open.

    >>> labels("low", "low", "low"), labels("low", "low", "medium"), labels("high", "low", "high")
    ('low', 'low (or medium)', 'high (low to high)')
    """
    if low == high:
        return rating
    others = [label for label in (low, high) if label != rating]
    near = abs(RATINGS.index(low) - RATINGS.index(high)) == 1
    return f"{rating} (or {others[0]})" if near else f"{rating} ({low} to {high})"
