"""Files of measured values that a scenario file names: read in, so that nothing depends on them later."""

import math
from itertools import pairwise
from pathlib import Path
from typing import Any

from simulator.scenario.faults import Fault, ScenarioError
from simulator.scenario.files import LARGEST_VALUES, named_file, text_of
from simulator.scenario.shapes import MOST_VALUES


def with_samples_read(table: dict[str, Any], file: Path, at: str = "") -> dict[str, Any]:
    """A table in which every ``{ shape = ..., file = "times.csv" }`` holds the file's ``values`` instead.

    Names are relative to ``file``, which says so. Counts keep their order; more measured times than
    ``MOST_VALUES`` become the means of so many equally large groups in order of size.

    Raises ScenarioError for a file that cannot be read or holds no numbers.
    """
    result: dict[str, Any] = {}
    for name, value in table.items():
        key = f"{at}.{name}" if at else name
        if isinstance(value, dict) and "shape" in value and isinstance(value.get("file"), str):
            numbers = _numbers(file, f"{key}.file", value["file"])
            if value["shape"] == "empirical":
                numbers = grouped(numbers)
            result[name] = {k: v for k, v in value.items() if k != "file"} | {"values": numbers}
        else:
            result[name] = with_samples_read(value, file, key) if isinstance(value, dict) else value
    return result


def grouped(values: list[float]) -> list[float]:
    """At most ``MOST_VALUES`` values with the same mean, each standing for as many of the others."""
    if len(values) <= MOST_VALUES:
        return values
    ordered = sorted(values)
    edges = [group * len(ordered) / MOST_VALUES for group in range(MOST_VALUES + 1)]
    return [_mean_between(ordered, low, high) for low, high in pairwise(edges)]


def _mean_between(ordered: list[float], low: float, high: float) -> float:
    """Mean of the values from place ``low`` to ``high``, the first and the last in part."""
    places = range(int(low), min(math.ceil(high), len(ordered)))
    parts = [ordered[place] * (min(place + 1, high) - max(place, low)) for place in places]
    return math.fsum(parts) / (high - low)


def _numbers(file: Path, key: str, name: str) -> list[float]:
    required = "must name a text file with one number a line"
    path = named_file(file, key, name)
    lines = text_of(path, required="must be a text", most_bytes=LARGEST_VALUES, key=key).splitlines()
    written = [(at, line.strip()) for at, line in enumerate(lines, start=1)]
    written = [(at, line) for at, line in written if line and not line.startswith("#")]
    numbers = []
    for place, (at, line) in enumerate(written):
        last = line.replace(";", ",").rpartition(",")[2].strip().strip('"')
        try:
            number = float(last)
        except ValueError:
            if place == 0:  # the name of the column
                continue
            number = math.nan
        if not (math.isfinite(number) and number >= 0):
            got = f"something else in line {at} of {name!r}"
            raise ScenarioError(file, [Fault(key=key, required=required, got=got)])
        numbers.append(number)
    if not numbers:
        raise ScenarioError(file, [Fault(key=key, required=required, got=f"{name!r}, which has none")])
    return numbers
