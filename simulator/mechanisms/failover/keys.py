"""The primaries of the database fail, by chance or in a planned week."""

from typing import Annotated, Generic

from pydantic import Field

from simulator.scenario.keys.bounds import at_most
from simulator.scenario.keys.quantity import NotNegative, Part, Q
from simulator.scenario.keys.resources import NOTHING


class PlannedFailure(Part):
    """The primary of a shard fails in a week, whatever chance does."""

    week: Annotated[int, Field(ge=0, le=519)]
    """The primary fails in this week of the horizon, counted from 0."""
    shard: Annotated[int, Field(ge=0, le=255)] = 0
    """The primary of this shard fails, counted from 0; where a run has no such shard then, nothing fails."""


class Failover(Part, Generic[Q]):
    """A shard loses its primary now and then; ``database.recovery`` decides when it has one again."""

    failures_per_node_year: Annotated[Q, NotNegative, at_most(8_760)] = NOTHING
    """A primary fails this often in 52 weeks: a Poisson process, independent of load and of other nodes."""
    planned: Annotated[tuple[PlannedFailure, ...], Field(strict=False, max_length=1_000)] = ()
    """These failures happen whatever chance does."""
