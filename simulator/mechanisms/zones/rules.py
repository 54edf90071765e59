"""Rules between the keys of zones and recovery."""

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.scenario.rules.broken import Broken
from simulator.scenario.rules.tiers import storage_needed


def storage_said(table: Mapping[str, Any]) -> Iterator[Broken]:
    """A database that recovers says how much it stores."""
    yield from storage_needed(table, "recovery", "a restore")


RULES = (storage_said,)
