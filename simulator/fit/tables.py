"""A CSV text as columns: its separator, its decimal comma and its BOM are known, nothing else is guessed."""

import csv
import io
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from simulator.scenario.reading.faults import Fault, ScenarioError
from simulator.scenario.reading.files import LARGEST_VALUES, text_of

_BETWEEN = (";", "\t", ",")
_SPACES = str.maketrans("", "", " \u00a0\u202f")
_GROUPED = re.compile(r"[+-]?\d{1,3}([,.]\d{3})+")
_COMMA = re.compile(r"[+-]?\d+,\d+")
_LONG_HEADER = 200


@dataclass(frozen=True, kw_only=True)
class Table:
    """The rows of a file under the names of its columns."""

    file: Path
    columns: tuple[str, ...]
    lines: tuple[int, ...]
    """Number of each row's last line in the file."""
    rows: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> tuple[str, ...]:
        """Give the texts of a column; raises ScenarioError where there is none of that name."""
        if name not in self.columns:
            _wrong(self.file, f"must have a column named {name!r}", ", ".join(self.columns)[:_LONG_HEADER])
        place = self.columns.index(name)
        return tuple(row[place] for row in self.rows)

    def where(self, column: str, value: str) -> "Table":
        """Give the rows that have ``value`` in a column; raises ScenarioError where none has."""
        keep = [at for at, text in enumerate(self.column(column)) if text == value]
        if not keep:
            _wrong(self.file, f"must have rows with {column} = {value!r}", "none")
        lines, rows = tuple(self.lines[at] for at in keep), tuple(self.rows[at] for at in keep)
        return Table(file=self.file, columns=self.columns, lines=lines, rows=rows)

    def wrong(self, at: int, column: str, required: str) -> NoReturn:
        """Raise ScenarioError for a row, naming its line, its column and what stands there."""
        got = repr(self.column(column)[at][:40])
        _wrong(self.file, f"line {self.lines[at]}, column {column!r}: {required}", got)


def table_in(file: Path) -> Table:
    """Read a CSV file whose first line names its columns; lines that begin with # are passed over.

    The separator is the first of semicolon, tab and comma that stands in the first line.

    Raises ScenarioError for what is no such file, with the line of the first row of another length.
    """
    text = text_of(file, required="must be a CSV text", most_bytes=LARGEST_VALUES)
    written = [(at, line) for at, line in enumerate(text.splitlines(), 1) if line.strip() and line[0] != "#"]
    first = written[0][1] if written else ""
    between = next((mark for mark in _BETWEEN if mark in first), ",")
    reader = csv.reader(
        io.StringIO("".join(f"{line}\n" for _, line in written)), delimiter=between, strict=True
    )
    try:
        rows: list[tuple[int, tuple[str, ...]]] = [
            (written[reader.line_num - 1][0], tuple(map(str.strip, row))) for row in reader
        ]
    except csv.Error as error:
        _wrong(file, "must be a CSV text", f"{error} in line {written[reader.line_num - 1][0]}")
    header = rows[0][1] if rows else ()
    if len(rows) < 2 or len(set(header)) != len(header):
        _wrong(file, "must name each column once in its first line, with rows below", "another text")
    for line, row in rows:
        if len(row) != len(header):
            required = f"line {line}: must have {len(header)} values, as the first line has names"
            _wrong(file, required, f"{len(row)} (a decimal comma needs another separator)")
    lines = tuple(line for line, _ in rows[1:])
    texts = tuple(row for _, row in rows[1:])
    return Table(file=file, columns=header, lines=lines, rows=texts)


def numbers_of(
    table: Table, column: str, *, least: float = 0.0, above: bool = False, gaps: bool = False
) -> list[float]:
    """The numbers of a column, at least ``least``, or ``above`` it; an empty field is nan where ``gaps``.

    A comma is a decimal one where any number of the column can be read in no other way, and thousands where
    one has two of them. A column in which it can be either is refused.

    >>> table = Table(file=Path("a.csv"), columns=("x",), lines=(2, 3), rows=(("1,5",), ("1 000,25",)))
    >>> numbers_of(table, "x")
    [1.5, 1000.25]
    """
    texts = [text.translate(_SPACES) for text in table.column(column)]
    as_written = _reading(table, column, texts)
    numbers = []
    for at, text in enumerate(texts):
        number = math.nan if text == "" and gaps else _number(as_written(text))
        if number is None or not (math.isnan(number) or (number > least if above else number >= least)):
            table.wrong(at, column, f"must be a number {'above' if above else 'of at least'} {least:g}")
        numbers.append(number)
    return numbers


def _reading(table: Table, column: str, texts: Sequence[str]) -> Callable[[str], str]:
    """Tell how a column writes numbers, as a function from its texts to numbers as Python reads them."""
    commas = [at for at, text in enumerate(texts) if "," in text]
    decimal = any(_COMMA.fullmatch(texts[at]) and not _GROUPED.fullmatch(texts[at]) for at in commas)
    if commas and not decimal and not any(texts[at].count(",") > 1 or "." in texts[at] for at in commas):
        required = "must not be a number with a comma that can be a decimal one or thousands"
        table.wrong(commas[0], column, required)
    if decimal:
        return lambda text: text.replace(",", ".") if "." not in text else "no number"
    return lambda text: text.replace(",", "")


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in text else None


def _wrong(file: Path, required: str, got: str) -> NoReturn:
    raise ScenarioError(file, [Fault(key="", required=required, got=got)])
