"""Dates beside weeks, wherever a scenario says on which day its first week begins.

The day is set once for all that is written of a study, as a week is written in many places.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from typing import Any

from simulator.units import DAYS_PER_WEEK

_STARTS: ContextVar[date | None] = ContextVar("starts", default=None)
"""Week 0 of what is written begins on this day; None leaves weeks without dates."""


@contextmanager
def dated(summary: Mapping[str, Any]) -> Iterator[None]:
    """Write dates beside the weeks of a summary, if all of its scenarios start on one day."""
    token = _STARTS.set(common_start(summary))
    try:
        yield
    finally:
        _STARTS.reset(token)


def common_start(summary: Mapping[str, Any]) -> date | None:
    """The day on which all scenarios start; None where they differ, or any says none.

    >>> common_start({"scenarios": [{"starts": "2024-07-01"}, {"starts": "2024-07-01"}]})
    datetime.date(2024, 7, 1)
    >>> common_start({"scenarios": [{"starts": "2024-07-01"}, {}]}) is None
    True
    """
    days = {scenario.get("starts") for scenario in summary["scenarios"]}
    day = days.pop() if len(days) == 1 else None
    return None if day is None else date.fromisoformat(day)


def date_of_week(starts: date, week: int) -> date:
    """The day on which a week begins, counted from 0: seven days each, so 52 of them are a year less a day.

    >>> date_of_week(date(2024, 7, 1), 52)
    datetime.date(2025, 6, 30)
    """
    return starts + timedelta(days=DAYS_PER_WEEK * week)


def date_text(week: float) -> str:
    """The date of a week, or an empty text where weeks have none."""
    starts = _STARTS.get()
    return "" if starts is None else date_of_week(starts, int(week)).isoformat()


def with_date(text: str, week: float | None) -> str:
    """A text that names a week, with its date in brackets.

    >>> with dated({"scenarios": [{"starts": "2024-07-01"}]}):
    ...     with_date("week 2", 2), with_date("never", None)
    ('week 2 (2024-07-15)', 'never')
    >>> with_date("week 2", 2)
    'week 2'
    """
    day = "" if week is None else date_text(week)
    return f"{text} ({day})" if day else text


def beside(week: int) -> str:
    """A week in a column of weeks: its number, and its date where it has one."""
    return f"{week} {date_text(week)}".rstrip()
