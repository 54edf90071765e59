"""The zones of a region, over which all tiers are spread."""

from typing import Annotated, Generic

from pydantic import Field

from simulator.scenario.keys.bounds import HOUR_MS, at_most
from simulator.scenario.keys.quantity import NotNegative, Part, Q


class Zones(Part, Generic[Q]):
    """Service replicas and the nodes of every shard are spread evenly over the zones of a region.

    Node i of a shard stands in zone i modulo their number, the primary in the first. Calls come from all
    zones alike.
    """

    count: Annotated[int, Field(ge=2, le=16)]
    """The region has this many zones."""
    round_trip_ms: Annotated[Q, NotNegative, at_most(HOUR_MS)] | None = None
    """A call from one zone to another takes this much longer; left out, it takes no longer."""
