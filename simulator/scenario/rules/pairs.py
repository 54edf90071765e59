"""These rules hold for two keys of a table: exactly one is given, or one is not below the other."""

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.scenario.rules.broken import Broken
from simulator.scenario.rules.written import at, bounds

ALTERNATIVES: tuple[tuple[str, tuple[str, str]], ...] = (
    ("demand", ("users_growth_share", "growth_share_month")),
    ("service", ("demand_ms", "observed")),
    ("database", ("read_ms", "observed")),
    ("response", ("fixed_ms", "observed_p95_ms")),
)
"""Each table gives exactly one of two forms of the same quantity."""

_ASCENDING = (
    (("service", "autoscaling"), "replicas_min", "replicas_max"),
    (("hiring",), "notice_weeks_min", "notice_weeks_max"),
    (("response",), "observed_p95_ms", "deadline_ms"),
)


def one_form(table: Mapping[str, Any]) -> Iterator[Broken]:
    """Exactly one of two forms of the same quantity is given."""
    for name, forms in ALTERNATIVES:
        part = table.get(name)
        if not isinstance(part, Mapping):
            continue
        given = [form for form in forms if part.get(form) is not None]
        if len(given) != 1:
            yield Broken(
                key=(name,),
                required=f"{forms[0]} or {forms[1]} is required, never both",
                got=" and ".join(given) or "neither",
            )


def in_order(table: Mapping[str, Any]) -> Iterator[Broken]:
    """A largest value is not below the smallest one."""
    for name, below, above in _ASCENDING:
        low, high = bounds(at(table, *name, below)), bounds(at(table, *name, above))
        if low and high and high[0] < low[1]:
            yield Broken(
                key=(*name, above), required=f"must be at least {below} = {low[1]:g}", got=f"{high[0]:g}"
            )
