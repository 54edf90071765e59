"""These rules hold for primaries that fail."""

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.scenario.rules.broken import Broken
from simulator.scenario.rules.written import at, is_list, most_shards
from simulator.units import weeks_of


def recovery_needed(table: Mapping[str, Any]) -> Iterator[Broken]:
    """Failover needs the keys of recovery."""
    if at(table, "database", "failover") is not None and at(table, "database", "recovery") is None:
        required = "needs the table database.recovery: a shard is without a primary until it has recovered"
        yield Broken(key=("database", "failover"), required=required, got="none")


def planned_failures(table: Mapping[str, Any]) -> Iterator[Broken]:
    """A planned failure lies within the horizon, and meets a shard that will exist."""
    months, most = at(table, "scenario", "horizon_months"), most_shards(table)
    planned = at(table, "database", "failover", "planned")
    for index, failure in enumerate(planned if is_list(planned) else ()):
        week, shard = at(failure, "week"), at(failure, "shard")
        if isinstance(week, int) and isinstance(months, int) and week >= weeks_of(months):
            yield Broken(
                key=("database", "failover", "planned", index, "week"),
                required=f"must be below {weeks_of(months)}, the weeks of the horizon, which count from 0",
                got=str(week),
            )
        if isinstance(shard, int) and 0 < most <= shard:
            yield Broken(
                key=("database", "failover", "planned", index, "shard"),
                required=f"must be below {most}, the most shards that there will be, which count from 0",
                got=str(shard),
            )


RULES = (recovery_needed, planned_failures)
