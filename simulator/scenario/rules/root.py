"""These rules hold for the limits that each week is held against, and for the risk scale."""

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.scenario.rules.broken import Broken
from simulator.scenario.rules.written import at, bounds, is_list


def thresholds(table: Mapping[str, Any]) -> Iterator[Broken]:
    """The critical limit is worse than the one of attention."""
    given = table.get("thresholds")
    for metric, limits in given.items() if isinstance(given, Mapping) else ():
        attention, critical = bounds(at(limits, "attention")), bounds(at(limits, "critical"))
        if attention is None or critical is None:
            continue
        less_is_worse = metric == "deployments_week"
        if (critical < attention) != less_is_worse and critical != attention:
            side = "below" if less_is_worse else "above"
            yield Broken(
                key=("thresholds", metric, "critical"),
                required=f"must be {side} attention = {attention[0]:g}",
                got=f"{critical[0]:g}",
            )


def some_errors_left(table: Mapping[str, Any]) -> Iterator[Broken]:
    """The critical share of errors is below 1, as users are lost in proportion to the errors beyond it."""
    critical = bounds(at(table, "thresholds", "error_share", "critical"))
    if critical and critical[0] >= 1:
        key = ("thresholds", "error_share", "critical")
        yield Broken(key=key, required="must be below 1 (100 %)", got=f"{critical[0]:g}")


def impact_levels(table: Mapping[str, Any]) -> Iterator[Broken]:
    """The levels of impact start at 0 and rise."""
    levels = at(table, "risk", "impact_level_starts")
    numbers = [bounds(level) for level in levels] if is_list(levels) else []
    starts = [number[0] for number in numbers if number]
    if len(starts) == len(numbers) > 1 and (starts[0] != 0 or sorted(set(starts)) != starts):
        required = "must be ascending shares that start at 0"
        yield Broken(key=("risk", "impact_level_starts"), required=required, got=str(starts))
