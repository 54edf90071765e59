"""Dates and times as people and machines write them, with their zones."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from simulator.fit.tables import Table

_YEAR, _MONTH = re.compile(r"[12]\d{3}"), re.compile(r"[12]\d{3}-\d\d")
_SECONDS, _DAYS_FIRST = re.compile(r"\d{9,11}(\.\d+)?"), re.compile(r"(\d\d?)[/.](\d\d?)[/.](\d{4})(.*)")
_MILLISECONDS = re.compile(r"\d{12,14}")


def zone_of(name: str) -> tzinfo:
    """Give the zone of a name as Europe/Paris; raises ValueError where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"must be a time zone as Europe/Paris or UTC, got {name!r}") from None


def times_of(table: Table, column: str, zone: tzinfo = UTC) -> list[datetime]:
    """Give the times of a column by the clock of ``zone``, without it.

    Years, months, days and times as ISO 8601 has them, seconds or milliseconds since 1970, and 31/12/2025
    where some day passes 12. A time with a zone of its own, or since 1970, is turned into the zone's; one
    without stands as it is.

    Raises ScenarioError with line and column of the first that is none, or has a zone where others have none.
    """
    texts = table.column(column)
    read = _order(texts)
    times = list[datetime]()
    for at, text in enumerate(texts):
        try:
            times.append(read(text))
        except (ValueError, OverflowError):
            table.wrong(at, column, "must be a date or a time as 2025-12-31 or 2025-12-31T23:59:00Z")
        if (times[-1].tzinfo is None) != (times[0].tzinfo is None):
            table.wrong(at, column, "must have a time zone in every line or in none")
    return [time if time.tzinfo is None else time.astimezone(zone).replace(tzinfo=None) for time in times]


def _order(texts: tuple[str, ...]) -> Callable[[str], datetime]:
    """Tell from a day that passes 12 if days stand before months."""
    found = [match for text in texts if (match := _DAYS_FIRST.fullmatch(text))]
    first = any(int(match[1]) > 12 for match in found)
    second = any(int(match[2]) > 12 for match in found)

    def read(text: str) -> datetime:
        match = _DAYS_FIRST.fullmatch(text)
        if match is None:
            return _time(text)
        if first == second:
            raise ValueError
        day, month = (match[1], match[2]) if first else (match[2], match[1])
        return datetime.fromisoformat(f"{match[3]}-{int(month):02}-{int(day):02}{match[4]}")

    return read


def _time(text: str) -> datetime:
    if _YEAR.fullmatch(text):
        return datetime(int(text), 1, 1)  # noqa: DTZ001 by the clock of whoever wrote it
    if _MONTH.fullmatch(text):
        return datetime.fromisoformat(f"{text}-01")
    since = datetime(1970, 1, 1, tzinfo=UTC)
    if _MILLISECONDS.fullmatch(text):
        return since + timedelta(milliseconds=int(text))
    if _SECONDS.fullmatch(text):
        return since + timedelta(seconds=float(text))
    return datetime.fromisoformat(text)
