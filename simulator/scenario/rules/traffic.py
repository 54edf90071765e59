"""These rules hold for the demand."""

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.scenario.rules.broken import Broken
from simulator.scenario.rules.written import at, bounds
from simulator.units import HOURS_PER_WEEK


def peak_hours(table: Mapping[str, Any]) -> Iterator[Broken]:
    """The peak hours leave some of the week's requests to the other hours."""
    factor, hours = (bounds(at(table, "demand", name)) for name in ("peak_factor", "peak_hours_week"))
    if factor and hours and factor[1] * hours[1] >= HOURS_PER_WEEK:
        required = f"peak_factor x peak_hours_week must be below {HOURS_PER_WEEK}, all the hours of a week"
        yield Broken(key=("demand", "peak_factor"), required=required, got=f"{factor[1] * hours[1]:g}")
