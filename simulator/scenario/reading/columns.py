"""A column of numbers is read out of a CSV text: a named one, or that of a tool known by its header.

Nothing is guessed: among several columns without a known header none is taken, and a decimal comma, which
would make two columns of one, is refused.
"""

import csv
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_BETWEEN = (";", "\t", ",")
"""Columns are separated by the first of these that stands in the first line."""
_POINT = "a decimal is written with a point"


@dataclass(frozen=True, kw_only=True)
class Export:
    """A load tool writes response times under a header of its own."""

    header: frozenset[str]
    """The tool is known by these columns."""
    column: str
    ms: float
    """A unit of the column is this many milliseconds."""
    time: str
    """The time at which the request began, or ended, stands in this column."""
    time_s: float
    """A unit of that column is this many seconds."""
    only: tuple[str, str] | None = None
    """Only rows with this value in this column count, if any is named."""


EXPORTS = (
    Export(  # JMeter
        header=frozenset({"timeStamp", "elapsed", "responseCode"}),
        column="elapsed",
        ms=1.0,
        time="timeStamp",
        time_s=1e-3,
    ),
    Export(  # hey
        header=frozenset({"response-time", "DNS+dialup"}),
        column="response-time",
        ms=1_000.0,
        time="offset",
        time_s=1.0,
    ),
    Export(
        header=frozenset({"metric_name", "metric_value"}),  # k6
        column="metric_value",
        ms=1.0,
        time="timestamp",
        time_s=1.0,
        only=("metric_name", "http_req_duration"),
    ),
)


class ColumnError(ValueError):
    """A text holds no column of numbers; the error tells the required one and the given one."""

    def __init__(self, required: str, got: str) -> None:
        super().__init__(f"{required}, got {got}")
        self.required = required
        self.got = got


def numbers_in(lines: Sequence[str], *, column: str | None = None, times: bool) -> list[float]:
    """Read the numbers of a column; empty lines and those that begin with # are passed over.

    Args:
        lines: of the text; the first may name the columns, and must where there are several.
        column: its name; None for the only one, or for that of a known tool.
        times: whether they are times in ms, which a known tool may have written in another unit.

    Raises:
        ColumnError: where it is not plain which numbers are meant, or one is none.

    >>> numbers_in(["time_ms", "4", "4.5"], times=True)
    [4.0, 4.5]
    >>> numbers_in(["response-time,DNS+dialup", "0.25,0.01"], times=True)
    [250.0]
    >>> numbers_in(["4,5", "6,0"], times=True)
    Traceback (most recent call last):
    simulator.scenario.reading.columns.ColumnError: must name its columns in the first line, as it \
has several (a decimal is written with a point), got 2 columns without names
    """
    rows = _rows(lines)
    first = rows[0][1] if rows else []
    named = not all(_is_number(text) for text in first)
    header = [text.strip() for text in first] if named else []
    export = export_of(header, column) if times else None
    place = _place(first, header, export.column if export else column)
    only = export.only if export else None
    numbers = [
        _number(row, place, line) * (export.ms if export else 1.0)
        for line, row in (rows[1:] if named else rows)
        if _is_whole(row, len(first), line) and (only is None or row[header.index(only[0])] == only[1])
    ]
    if not numbers:
        raise ColumnError("must hold numbers", "none")
    return numbers


def _rows(lines: Sequence[str]) -> list[tuple[int, list[str]]]:
    """Give the fields of each row with the number of its last line, as a quoted field may span several."""
    written = [
        (at, line) for at, line in enumerate(lines, 1) if line.strip() and not line.lstrip().startswith("#")
    ]
    first = written[0][1] if written else ""
    reader = csv.reader(
        _texts(written), delimiter=next((mark for mark in _BETWEEN if mark in first), ","), strict=True
    )
    try:
        return [(written[reader.line_num - 1][0], row) for row in reader]
    except csv.Error as error:
        raise ColumnError("must be a CSV text", str(error)) from None


def _texts(written: Sequence[tuple[int, str]]) -> Iterator[str]:
    return (f"{line}\n" for _, line in written)


def export_of(header: Sequence[str], column: str | None = None) -> Export | None:
    """Find the tool that writes such a header, unless another of its columns is asked for."""
    for export in EXPORTS:
        if export.header <= set(header) and column in (None, export.column):
            return export
    return None


def _place(first: Sequence[str], header: Sequence[str], column: str | None) -> int:
    if column is None and len(first) > 1:
        if not header:
            required = f"must name its columns in the first line, as it has several ({_POINT})"
            raise ColumnError(required, f"{len(first)} columns without names")
        raise ColumnError("must say by column = … which column to read", ", ".join(header)[:120])
    if column is not None and column not in header:
        raise ColumnError(f"must have a column named {column!r}", ", ".join(header)[:120] or "no names")
    return 0 if column is None else header.index(column)


def _is_whole(row: Sequence[str], columns: int, line: int) -> bool:
    if len(row) != columns:
        required = f"must have {columns} values in every line ({_POINT})"
        raise ColumnError(required, f"{len(row)} in line {line}")
    return True


def _number(row: Sequence[str], place: int, line: int) -> float:
    text = row[place]
    if not (_is_number(text) and 0 <= float(text) < math.inf):
        required = "must hold numbers of 0 or more, with a decimal point"
        raise ColumnError(required, f"something else in line {line}")
    return float(text)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
