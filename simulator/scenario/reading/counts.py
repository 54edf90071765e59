"""A file of counts becomes an empirical popularity; once read, the scenario no longer depends on it."""

import csv
import io
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from simulator.scenario.keys.sharding import PLACED_COUNTS
from simulator.scenario.reading.faults import Fault, ScenarioError
from simulator.scenario.reading.files import LARGEST_VALUES, text_of

KEY = "database.sharding.popularity_file"


def popularity_in(file: Path) -> dict[str, Any]:
    """Read a CSV file with a column ``count`` into a ``popularity`` table.

    Rows may be in any order and have other columns; a count of 0 stands for nobody. The ``PLACED_COUNTS``
    largest are kept, the others added up.

    Raises ScenarioError with the file and the line of the first count that is none.
    """
    text = text_of(file, required="must be a CSV text", most_bytes=LARGEST_VALUES, key=KEY)
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""))
        counts = sorted((count for count in _counts(rows, file) if count), reverse=True)
    except csv.Error:
        raise _wrong(file, "must be a CSV text", "another one") from None
    if not counts:
        raise _wrong(file, "must hold a count above 0", "none")
    return {"counts": counts[:PLACED_COUNTS], "rest": math.fsum(counts[PLACED_COUNTS:])}


def _counts(rows: "csv.DictReader[str]", file: Path) -> Iterator[float]:
    if "count" not in (rows.fieldnames or ()):
        got = "others" if rows.fieldnames else "no columns"
        raise _wrong(file, "must have a column named count in its first line", got)
    for row in rows:
        if None in row or None in row.values():
            required = f"must have as many values as columns in line {rows.line_num}"
            raise _wrong(file, f"{required} (a decimal is written with a point)", "more or fewer")
        yield _count(row, file, rows.line_num)


def _count(row: Mapping[str, str | None], file: Path, line: int) -> float:
    text = row["count"] or ""
    try:
        count = float(text)
    except ValueError:
        count = math.nan
    if not 0 <= count < math.inf:
        raise _wrong(file, f"must hold counts of 0 or more, in line {line}", "something else")
    return count


def _wrong(file: Path, required: str, got: str) -> ScenarioError:
    return ScenarioError(file, [Fault(key=KEY, required=required, got=got)])
