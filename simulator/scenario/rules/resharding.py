"""Rules of the moves of data between shards."""

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.scenario.rules.broken import Broken
from simulator.scenario.rules.written import at, bounds

_CHUNKS_PER_S_MAX = 1_000.0
"""Of each source: more are a stream, and would be more to follow than the requests beside them."""


def chunks_are_few(table: Mapping[str, Any]) -> Iterator[Broken]:
    """A chunk is so large that a source does not copy one every millisecond."""
    rules = at(table, "database", "resharding")
    pace, chunk = bounds(at(rules, "copy_mb_per_s")), bounds(at(rules, "chunk_mb"))
    if pace and chunk and 0 < chunk[0] < (least := pace[1] / _CHUNKS_PER_S_MAX):
        yield Broken(
            key=("database", "resharding", "chunk_mb"),
            required=f"must be at least copy_mb_per_s / {_CHUNKS_PER_S_MAX:g} = {least:g}",
            got=f"{chunk[0]:g}",
        )
