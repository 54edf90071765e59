"""Primaries of the database that fail, by chance or on a date."""

from typing import Annotated, Generic

from pydantic import Field

from simulator.scenario.keys.bounds import at_most
from simulator.scenario.keys.quantity import NotNegative, Part, Q
from simulator.scenario.keys.resources import NOTHING


class PlannedFailure(Part):
    """The primary of a shard fails in a week, whatever chance does."""

    week: Annotated[int, Field(ge=0, le=519)]
    shard: Annotated[int, Field(ge=0, le=255)] = 0
    """Counted from 0. Where a run has no such shard in that week, nothing fails."""


class Failover(Part, Generic[Q]):
    """How often a shard loses its primary; how it comes back is what ``database.recovery`` says."""

    failures_per_node_year: Annotated[Q, NotNegative, at_most(8_760)] = NOTHING
    """Of primaries, in 52 weeks: a Poisson process of each, independent of load and of the others."""
    planned: Annotated[tuple[PlannedFailure, ...], Field(strict=False, max_length=1_000)] = ()
