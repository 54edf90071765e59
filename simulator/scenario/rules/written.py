"""Values are looked up as a file wrote them, of any type, and without a fault where they are missing."""

import sys
from collections.abc import Collection, Mapping
from typing import Any, TypeGuard

from simulator.scenario.keys.quantity import Lognormal, Pert
from simulator.scenario.rules.broken import Key


def at(table: Any, *key: str) -> Any:
    """Look up the value under a key path; None stands for a missing one."""
    for part in key:
        if not isinstance(table, Mapping):
            return None
        table = table.get(part)
    return table


def without(table: Mapping[str, Any], places: Collection[Key]) -> dict[str, Any]:
    """Copy a table without the values at some places, which may name the kind of a value on the way."""
    sound: dict[str, Any] = _copy(table)
    for place in places:
        inner: Any = sound
        way: list[tuple[Any, str | int]] = []
        for part in place:
            if _has(inner, part):
                way.append((inner, part))
                inner = inner[part]
        for within, last in way[-1:]:
            within[last] = None
    return sound


def _has(value: Any, part: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, dict) and part in value


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copy(inner) for key, inner in value.items()}
    return [_copy(inner) for inner in value] if is_list(value) else value


def bounds(value: Any) -> tuple[float, float] | None:
    """Give the smallest and the largest value (p5 and p95 of a lognormal), or None for no quantity."""
    if isinstance(value, Lognormal | Pert):
        value = value.model_dump()
    if isinstance(value, Mapping):
        ends = (value.get("low", value.get("p5")), value.get("high", value.get("p95")))
    else:
        ends = (value, value)
    low, high = map(number, ends)
    return None if low is None or high is None else (low, high)


def number(value: Any) -> float | None:
    """Give a plain finite number, or None for anything else."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if abs(value) <= sys.float_info.max else None


def is_lognormal(value: Any) -> bool:
    """Tell if an uncertain value has no largest one."""
    return isinstance(value, Lognormal) or (isinstance(value, Mapping) and "p95" in value)


def is_list(value: Any) -> TypeGuard[list[Any] | tuple[Any, ...]]:
    """Tell if a value has rows."""
    return isinstance(value, list | tuple)


def actions(table: Mapping[str, Any]) -> list[tuple[int, Mapping[str, Any]]]:
    """Give the rows of the plan with their numbers."""
    plan = table.get("plan")
    if not is_list(plan):
        return []
    return [(index, action) for index, action in enumerate(plan) if isinstance(action, Mapping)]


def most_shards(table: Mapping[str, Any]) -> int:
    """Give the largest number of shards, today or by the plan; 0 where none is a count."""
    counts = [at(table, "database", "shards"), *(action.get("shards") for _, action in actions(table))]
    return max((count for count in counts if isinstance(count, int)), default=0)
