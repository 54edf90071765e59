"""Rules between the keys of data that move."""

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.scenario.rules.broken import Broken
from simulator.scenario.rules.tiers import storage_needed


def storage_said(table: Mapping[str, Any]) -> Iterator[Broken]:
    """A database whose data move says how much it stores."""
    yield from storage_needed(table, "resharding", "a copy")


RULES = (storage_said,)
