"""Numbers as people read them. Half rounds to even everywhere, as Python's ``format`` does."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from simulator import texts
from simulator.report.words.calendar import with_date
from simulator.report.words.signs import ENGLISH, Signs
from simulator.units import S_PER_HOUR

NONE = "-"
RATINGS = ("low", "medium", "high", "very high")
printable = texts.printable


def number(value: float | None, digits: int = 3, signs: Signs = ENGLISH) -> str:
    """Write a number with ``digits`` significant digits and a K, M or G.

    >>> number(1_234_567), number(950.4), number(0.0), number(-20_500), number(999_999)
    ('1.23 M', '950', '0', '-20.5 K', '1 M')
    """
    return together([value], digits=digits, signs=signs)


def together(
    values: Sequence[float | None], between: str = "/", digits: int = 3, signs: Signs = ENGLISH
) -> str:
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
    written = [
        NONE if v is None or not math.isfinite(v) else _in_unit(v, power, digits, signs) for v in values
    ]
    return between.join(written) + (signs.unit(power) if known else "")


def _in_unit(value: float, power: int, digits: int, signs: Signs) -> str:
    scaled = value / 1000**power
    few = abs(value) < 1000 ** (power + 1) and "e" not in format(scaled, f".{digits}g")
    return signs.number(scaled, f".{digits}g" if few else ".0f")


def eur(value: float | None, signs: Signs = ENGLISH) -> str:
    """Write an amount of euros.

    >>> eur(150_000), eur(None)
    ('150 K€', '-')
    """
    return in_eur(number(value, signs=signs), signs)


def in_eur(text: str, signs: Signs = ENGLISH) -> str:
    """Write a euro sign after numbers that are written already.

    >>> in_eur("1.5 M"), in_eur("20"), in_eur("-")
    ('1.5 M€', '20 €', '-')
    """
    return text if text == NONE else f"{text}€" if text[-1].isalpha() else f"{text}{signs.gap}€"


def share(value: float | None, digits: int = 0, signs: Signs = ENGLISH) -> str:
    """Write a share in percent.

    >>> share(0.125, 1), share(None)
    ('12.5 %', '-')
    """
    if value is None or not math.isfinite(value):
        return NONE
    return f"{signs.number(100 * value, f'.{digits}f')}{signs.gap}%"


def share_with_error(value: float | None, se: float | None, digits: int = 1, signs: Signs = ENGLISH) -> str:
    """Write a share in percent with its standard error.

    >>> share_with_error(0.0512, 0.002), share_with_error(0.0512, None)
    ('5.1 % ± 0.2', '5.1 %')
    """
    return with_error(
        share(value, digits, signs), None if se is None else signs.number(100 * se, f".{digits}f")
    )


def with_error(text: str, error: str | None) -> str:
    """Write a standard error after a number, where there is one.

    >>> with_error("12 K€", "1.1 K"), with_error("12 K€", None)
    ('12 K€ ± 1.1 K', '12 K€')
    """
    return text if error is None else f"{text} ± {error}"


def chance(estimate: Mapping[str, Any], signs: Signs = ENGLISH) -> str:
    """Write a probability with its 95 % interval.

    >>> chance({"estimate": 0.25, "low": 0.07, "high": 0.59})
    '25 % (7–59)'
    """
    low, high = (f"{100 * estimate[end]:.0f}" for end in ("low", "high"))
    return f"{share(estimate['estimate'], signs=signs)} ({low}–{high})"


def mean_eur(estimate: Mapping[str, Any], signs: Signs = ENGLISH) -> str:
    """Write a mean amount with its standard error.

    >>> mean_eur({"mean": 112_300.0, "se": 4_100.0}), mean_eur({"mean": 112_300.0, "se": None})
    ('112 K€ ± 4.1 K', '112 K€')
    """
    return with_error(eur(estimate["mean"], signs), _error(estimate["se"], signs))


def mean_number(estimate: Mapping[str, Any], signs: Signs = ENGLISH) -> str:
    """Write a mean with its standard error."""
    return with_error(number(estimate["mean"], signs=signs), _error(estimate["se"], signs))


def _error(se: float | None, signs: Signs) -> str | None:
    return None if se is None else number(se, 2, signs)


def week(value: float | None) -> str:
    """Write a week, which may not come.

    >>> week(12), week(None)
    ('week 12', 'never')
    """
    return with_date("never" if value is None else f"week {value:.0f}", value)


def duration(seconds: float | None, signs: Signs = ENGLISH) -> str:
    """Write a duration in the unit that suits it.

    >>> duration(0.02), duration(90.0), duration(7_200.0), duration(None)
    ('20 ms', '90 s', '2 h', '-')
    """
    if seconds is None:
        return NONE
    if 0 < seconds < 1:
        return f"{signs.number(1_000 * seconds, '.3g')}{signs.gap}ms"
    if seconds < S_PER_HOUR:
        return f"{signs.number(seconds, '.3g')}{signs.gap}s"
    return f"{signs.number(seconds / S_PER_HOUR, '.3g')}{signs.gap}h"


def labels(rating: str, low: str, high: str) -> str:
    """Write a rating, and the labels that the number of runs leaves open.

    >>> labels("low", "low", "low"), labels("low", "low", "medium"), labels("high", "low", "high")
    ('low', 'low (or medium)', 'high (low to high)')
    """
    if low == high or rating not in RATINGS:
        return rating
    others = [label for label in (low, high) if label != rating]
    near = abs(RATINGS.index(low) - RATINGS.index(high)) == 1
    return f"{rating} (or {others[0]})" if near else f"{rating} ({low} to {high})"
