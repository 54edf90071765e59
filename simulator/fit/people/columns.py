"""Columns of a file come under the names that a fit asks for, and its dates as days."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, tzinfo

from simulator.fit.tables import Table, numbers_of
from simulator.fit.times import times_of

DAY_S = 86_400.0
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def renamed(table: Table, names: Mapping[str, str]) -> Table:
    """The table with columns under other names: ``{"started": "HireDate"}``.

    Raises ScenarioError for a column that is not there.
    """
    for theirs in names.values():
        table.column(theirs)
    ours = {theirs: name for name, theirs in names.items()}
    columns = tuple(ours.get(column, column) for column in table.columns)
    return Table(file=table.file, columns=columns, lines=table.lines, rows=table.rows)


def has(table: Table, *columns: str) -> bool:
    """Tell if all of these columns are there."""
    return set(columns) <= set(table.columns)


def days_of(table: Table, column: str, zone: tzinfo = UTC) -> list[float | None]:
    """Days since 1970 of a column's times, None where nothing stands.

    Raises ScenarioError with line and column for what is no time.
    """
    there = [at for at, text in enumerate(table.column(column)) if text]
    if not there:
        return [None] * len(table.rows)
    rows, lines = tuple(table.rows[at] for at in there), tuple(table.lines[at] for at in there)
    some = Table(file=table.file, columns=table.columns, lines=lines, rows=rows)
    found: list[float | None] = [None] * len(table.rows)
    for at, when in zip(there, times_of(some, column, zone), strict=True):
        found[at] = when.replace(tzinfo=UTC).timestamp() / DAY_S
    return found


def needed(table: Table, column: str, days: Sequence[float | None]) -> list[float]:
    """Days of which none may be missing."""
    for at, day in enumerate(days):
        if day is None:
            table.wrong(at, column, "must be a date")
    return [day for day in days if day is not None]


def flags_of(table: Table, column: str) -> list[bool]:
    """Yes and no of a column, as yes, true or 1, and no, false or 0, in any case."""
    texts = [text.lower() for text in table.column(column)]
    for at, text in enumerate(texts):
        if text not in _YES:
            table.wrong(at, column, "must be yes or no, true or false, 1 or 0")
    return [_YES[text] for text in texts]


def in_order(
    table: Table, first: str, then: str, days: Sequence[float], until: Sequence[float | None]
) -> None:
    """Refuse a row whose end lies before its beginning."""
    for at, (day, end) in enumerate(zip(days, until, strict=True)):
        if end is not None and end < day:
            table.wrong(at, then, f"must not be before {first}")


def positive_of(table: Table, column: str) -> list[float]:
    """Numbers above 0 of a column, nan where nothing stands."""
    return numbers_of(table, column, above=True, gaps=True)


def day_of(when: date) -> float:
    """Days since 1970 of a date."""
    return datetime.combine(when, time(), UTC).timestamp() / DAY_S


def said(day: float) -> str:
    """The date of days since 1970."""
    return datetime.fromtimestamp(day * DAY_S, UTC).date().isoformat()


def span(days: Sequence[float], last: float) -> str:
    """The first of some days, and the one up to which a file tells."""
    return f"{said(min(days))} to {said(last)}"
