"""These rules hold for shard keys: each needs its own keys of ``database.sharding``."""

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.scenario.rules.broken import Broken
from simulator.scenario.rules.written import actions, at, most_shards


def shares_of_the_key(table: Mapping[str, Any]) -> Iterator[Broken]:
    """A key by regions or domains, today's or the plan's, has their shares."""
    used = [at(table, "database", "shard_key"), *(action.get("key") for _, action in actions(table))]
    for shard_key, name in (("geography", "region_shares"), ("function", "domain_shares")):
        if shard_key in used and at(table, "database", "sharding", name) is None:
            yield Broken(
                key=("database", "sharding", name),
                required=f"must be given where the shard key is {shard_key}",
                got="nothing",
            )


def enough_logical_shards(table: Mapping[str, Any]) -> Iterator[Broken]:
    """Every shard has a logical one, however many shards the plan makes."""
    sharding, most = at(table, "database", "sharding"), most_shards(table)
    logical = at(sharding, "logical_shards")
    if at(sharding, "placement") == "logical" and isinstance(logical, int) and logical < most:
        yield Broken(
            key=("database", "sharding", "logical_shards"),
            required=f"must be at least the most shards that there will be = {most}",
            got=str(logical),
        )
