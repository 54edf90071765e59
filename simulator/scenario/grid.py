"""A grid varies some keys of one file: each combination of their values is a cell."""

import math
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.faults import Fault, ScenarioError
from simulator.scenario.reading.load import load_scenarios
from simulator.scenario.reading.read import DEEPEST, deeper_than, key_of
from simulator.scenario.reading.wording import key_text
from simulator.scenario.root import Scenario
from simulator.scenario.rules.broken import Key
from simulator.scenario.rules.pairs import ALTERNATIVES

MOST_CELLS = 1_000
_MOVES_NOTHING = (("scenario", "name"), ("stated_risk",), ("demand_weight",))
_OPENS, _CLOSES = "[{", "]}"


@dataclass(frozen=True, kw_only=True)
class Axis:
    """A key of the scenario takes these values."""

    key: str
    values: tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell is one combination of values, with the scenario that it makes."""

    number: int
    """Cells are numbered from 1, the last axis running fastest."""
    values: dict[str, Any]
    scenario: Scenario[Quantity]


def axes_of(file: Path, texts: Sequence[str]) -> tuple[Axis, ...]:
    """Read the axes of a grid, each as it is written on a command line: ``database.shards=2,4,8``.

    A value is one of TOML; the quotes of a plain word may be left out.

    Raises ScenarioError with all faults at once: unreadable values, keys given twice, too many cells.
    """
    axes, faults = [], []
    for text in texts:
        axis, wrong = _axis(text)
        axes.append(axis)
        faults += wrong
    faults += _between([key_of(axis.key) for axis in axes])
    cells = math.prod(max(len(axis.values), 1) for axis in axes)
    if cells > MOST_CELLS:
        counts = " x ".join(str(len(axis.values)) for axis in axes)
        got = f"{counts} = {cells:,}" if len(axes) > 1 else f"{cells:,}"
        faults.append(Fault(key="", required=f"a grid must have at most {MOST_CELLS:,} cells", got=got))
    if faults:
        raise ScenarioError(file, faults)
    return tuple(axes)


def cells_of(file: Path, axes: Sequence[Axis], overrides: Mapping[str, Any]) -> tuple[Cell, ...]:
    """Make every cell of the grid, with ``overrides`` in each of them.

    Raises ScenarioError with all faults of all cells at once, each told once.
    """
    grid = [
        {axis.key: value for axis, value in zip(axes, values, strict=True)}
        for values in product(*(axis.values for axis in axes))
    ]
    scenarios = load_scenarios(
        file,
        [{**overrides, **values, "scenario.name": f"cell {at}"} for at, values in enumerate(grid, start=1)],
    )
    return tuple(
        Cell(number=at, values=values, scenario=scenario)
        for at, (values, scenario) in enumerate(zip(grid, scenarios, strict=True), start=1)
    )


def _axis(text: str) -> tuple[Axis, list[Fault]]:
    found = re.match(r'((?:"[^"]*"|[^="])*)=', text)
    key = found[1].strip() if found else text.strip()
    listed = text[found.end() :] if found else ""
    faults = []
    if not found or not key_of(key) or key_text(key_of(key)).replace('"', "") != key.replace('"', ""):
        required = "must be a key and its values, as database.shards=2,4,8 or plan[3].shards=4,8"
        return Axis(key=key, values=()), [Fault(key="--over", required=required, got=repr(text))]
    key = key_text(key_of(key))
    if key == "scenario" or any(key_of(key)[: len(idle)] == idle for idle in _MOVES_NOTHING):
        got = "one that only says what is what"
        faults.append(Fault(key=key, required="must be a key that figures of a cell depend on", got=got))
    values: list[Any] = []
    for written in _split(listed):
        try:
            value = _value(written)
        except ValueError:
            required = "must have values of TOML between commas"
            faults.append(Fault(key=key, required=required, got=repr(written) if written else "an empty one"))
            continue
        if value in values:
            faults.append(Fault(key=key, required="must have values that differ", got=f"{written} twice"))
        values.append(value)
    return Axis(key=key, values=tuple(values)), faults


def _between(keys: Sequence[Key]) -> Iterator[Fault]:
    """Find keys that would overwrite each other: equal ones, nested ones, two forms of one quantity."""
    forms = [{(table, form) for form in pair} for table, pair in ALTERNATIVES]
    for at, key in enumerate(keys):
        for other in keys[:at]:
            shorter, longer = sorted((key, other), key=len)
            alike = any({key[:2], other[:2]} == pair for pair in forms)
            if key == other:
                yield Fault(key=key_text(key), required="must be swept once", got="it twice")
            elif longer[: len(shorter)] == shorter or alike:
                required = f"must not be swept beside {key_text(other)}, which it replaces"
                yield Fault(key=key_text(key), required=required, got="both")


def _split(listed: str) -> list[str]:
    """Split at the commas, except those within quotes, brackets and braces.

    >>> _split('2, {low = 1, mode = 2, high = 4}, "a, b"')
    ['2', '{low = 1, mode = 2, high = 4}', '"a, b"']
    """
    parts, quote, depth = [""], "", 0
    for char in listed:
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        else:
            depth += (char in _OPENS) - (char in _CLOSES)
        if char == "," and not quote and depth <= 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts]


def _value(written: str) -> Any:
    """Read a value of TOML, or a plain word as if it stood in quotes; raises ValueError for anything else.

    >>> _value("2"), _value("{p5 = 1, p95 = 2}"), _value("db.m5.large"), _value("true")
    (2, {'p5': 1, 'p95': 2}, 'db.m5.large', True)
    """
    if "\n" in written or "\r" in written:
        raise ValueError(written)
    try:
        found: Any = tomllib.loads(f"value = {written}")["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        if re.fullmatch(r"[A-Za-z][\w.\- ]*", written):
            return written
        raise ValueError(written) from None
    if deeper_than(DEEPEST, found):
        raise ValueError(written)
    return found
