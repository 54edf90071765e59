"""Files of measured values are read into the scenario that names them, so that it stands alone."""

import math
from itertools import pairwise
from pathlib import Path
from typing import Any

from simulator.scenario.keys.shapes import MOST_VALUES
from simulator.scenario.reading.columns import ColumnError, numbers_in
from simulator.scenario.reading.faults import Fault, ScenarioError
from simulator.scenario.reading.files import LARGEST_VALUES, named_file, text_of


def with_samples_read(table: dict[str, Any], file: Path, at: str = "") -> dict[str, Any]:
    """Replace the file of every ``{ shape = ..., file = "times.csv" }`` in a table by its ``values``.

    A ``column`` beside it names the one to read. Names of files are relative to ``file``, which says so.
    Counts keep their order; more measured times than ``MOST_VALUES`` become the means of so many equally
    large groups in order of size.

    Raises ScenarioError for a file that cannot be read or holds no numbers.
    """
    result: dict[str, Any] = {}
    for name, value in table.items():
        key = f"{at}.{name}" if at else name
        if isinstance(value, dict) and "shape" in value and isinstance(value.get("file"), str):
            times, column = value["shape"] == "empirical", value.get("column")
            if not isinstance(column, str | None):
                fault = Fault(
                    key=f"{key}.column", required="must be the name of a column", got=str(column)[:60]
                )
                raise ScenarioError(file, [fault])
            numbers = _numbers(file, f"{key}.file", value["file"], column, times=times)
            if times:
                numbers = grouped(numbers)
            result[name] = {k: v for k, v in value.items() if k not in ("file", "column")} | {
                "values": numbers
            }
        else:
            result[name] = with_samples_read(value, file, key) if isinstance(value, dict) else value
    return result


def profile_in(file: Path, given: dict[str, Any]) -> Any:
    """Read the weights of ``demand.profile = { file = "counts.csv" }``; anything else stays as it is."""
    name, column = given.get("file"), given.get("column")
    if (
        not given.keys() <= {"file", "column"}
        or not isinstance(name, str)
        or not isinstance(column, str | None)
    ):
        return given
    return _numbers(file, "demand.profile.file", name, column, times=False)


def grouped(values: list[float]) -> list[float]:
    """Give at most ``MOST_VALUES`` values with the same mean, each for an equal number of the given ones."""
    if len(values) <= MOST_VALUES:
        return values
    ordered = sorted(values)
    edges = [group * len(ordered) / MOST_VALUES for group in range(MOST_VALUES + 1)]
    return [_mean_between(ordered, low, high) for low, high in pairwise(edges)]


def _mean_between(ordered: list[float], low: float, high: float) -> float:
    """Take the mean of the values from place ``low`` to ``high``, the first and the last in part."""
    places = range(int(low), min(math.ceil(high), len(ordered)))
    parts = [ordered[place] * (min(place + 1, high) - max(place, low)) for place in places]
    return math.fsum(parts) / (high - low)


def _numbers(file: Path, key: str, name: str, column: str | None, *, times: bool) -> list[float]:
    path = named_file(file, key, name)
    lines = text_of(path, required="must be a text", most_bytes=LARGEST_VALUES, key=key).splitlines()
    try:
        return numbers_in(lines, column=column, times=times)
    except ColumnError as error:
        fault = Fault(key=key, required=error.required, got=f"{error.got} ({name})")
        raise ScenarioError(file, [fault]) from None
