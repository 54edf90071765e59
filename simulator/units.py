"""The only conversions of units: ticks, working time, months and money.

A tick is one microsecond of calendar time, always an ``int64``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt

TICKS_PER_MS = 1_000
TICKS_PER_S = 1_000_000
MS_PER_S = TICKS_PER_S // TICKS_PER_MS
MB_PER_GB = 1_000
KB_PER_GB = 1_000_000
MBIT_PER_KB = 8 / 1_000
S_PER_HOUR = 3_600
S_PER_DAY = 86_400
HOURS_PER_DAY = 24
HOURS_PER_WEEK = 168
S_PER_WEEK = HOURS_PER_WEEK * S_PER_HOUR
DAYS_PER_WEEK = 7
WORKING_HOURS_PER_DAY = 8
WORKING_DAYS_PER_WEEK = 5
WORKING_HOURS_PER_WEEK = WORKING_HOURS_PER_DAY * WORKING_DAYS_PER_WEEK
WEEKS_PER_YEAR = 52
MONTHS_PER_YEAR = 12
TICKS_PER_HOUR = S_PER_HOUR * TICKS_PER_S
TICKS_PER_DAY = S_PER_DAY * TICKS_PER_S
TICKS_PER_WEEK = HOURS_PER_WEEK * TICKS_PER_HOUR
MONTHS_PER_WEEK = MONTHS_PER_YEAR / WEEKS_PER_YEAR
"""Part of a month in a week, so that 52 weeks are 12 months exactly."""

MOST_TICKS = 1 << 60
"""Longest time, 36,500 years: a few of these still add up to an int64."""


class OutOfRangeError(ArithmeticError):
    """Numbers of an input that nothing can be computed with; the text says what was required."""


def whole_ticks(ticks: npt.ArrayLike, *, at_least: int = 0) -> npt.NDArray[np.int64]:
    """Round a time in ticks to whole ones, half to even: the only way from floats to ticks.

    >>> whole_ticks([1.5, 0.2]), whole_ticks([0.2], at_least=1)
    (array([2, 0]), array([1]))
    """
    rounded = np.maximum(np.rint(ticks), float(at_least))
    check_ticks(rounded)
    return rounded.astype(np.int64)


def check_ticks(ticks: npt.NDArray[Any]) -> None:
    """Refuse a time that no int64 holds; it would turn into another one without a word.

    Raises:
        OutOfRangeError: for what is beyond ``MOST_TICKS``, or no number.
    """
    if ticks.size and not ticks.max() <= MOST_TICKS:
        required = f"a time must be at most {MOST_TICKS / TICKS_PER_S / S_PER_DAY:,.0f} days"
        raise OutOfRangeError(f"{required}, got {float(ticks.max()) / TICKS_PER_S / S_PER_DAY:,.4g}")


def whole(counted: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Cast floats that are whole already, as weeks and heads that were rounded up or down.

    >>> whole(np.ceil([1.2]))
    array([2])
    """
    values = np.asarray(counted)
    if values.size and not np.abs(values).max() <= MOST_TICKS:
        raise OutOfRangeError(f"a count must be at most {MOST_TICKS}, got {float(np.abs(values).max()):g}")
    return values.astype(np.int64)


@contextmanager
def faults_raised() -> Iterator[None]:
    """Let what overflows, divides by zero or is no number end the computation, never a figure."""
    with np.errstate(divide="raise", over="raise", invalid="raise"):
        yield


def weeks_of(months: int) -> int:
    """Give the whole weeks in a number of months, 52 to twelve of them.

    >>> [weeks_of(months) for months in (12, 18, 24)]
    [52, 78, 104]
    """
    return months * WEEKS_PER_YEAR // MONTHS_PER_YEAR


def first_week_of_month(month: int) -> int:
    """Give the index of the week in which month ``month`` (1, 2, …) begins.

    >>> [first_week_of_month(month) for month in (1, 2, 13)]
    [0, 4, 52]
    """
    return weeks_of(month - 1)


def month_of_week(week: int) -> int:
    """Give the month (1, 2, …) to which week index ``week`` belongs.

    >>> [month_of_week(week) for week in (0, 3, 4, 51, 52)]
    [1, 1, 2, 12, 13]
    """
    month = week * MONTHS_PER_YEAR // WEEKS_PER_YEAR + 1
    return month + 1 if first_week_of_month(month + 1) <= week else month
