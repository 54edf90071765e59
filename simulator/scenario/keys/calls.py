"""How requests call the database: which node reads, what replicas promise, what touches several shards."""

from typing import Annotated, Generic, Literal

from pydantic import Field

from simulator.scenario.keys.bounds import HOUR_MS, LIMIT_MS, at_most, within
from simulator.scenario.keys.quantity import NotNegative, Part, Positive, Q, Share

ReadPolicy = Literal["round_robin", "primary", "random", "least_outstanding", "nearest"]
ReplicationMode = Literal["asynchronous", "semi_synchronous", "synchronous"]


class Reads(Part, Generic[Q]):
    """Which node of its shard a read goes to."""

    policy: ReadPolicy = "round_robin"
    """The nodes by turns, the primary alone, any, the one with fewest reads in progress, or the nearest."""
    own_writes_window_ms: Annotated[Q, NotNegative, at_most(LIMIT_MS)] | None = None
    """So long after a user's write the same user's reads go to the primary (read your writes)."""
    own_writes_per_s: Annotated[Q, NotNegative, at_most(1e6)] | None = None
    """Writes a second of a user who is at work, which says how many reads fall into that window."""


class CrossZone(Part, Generic[Q]):
    """Node i of a shard stands in zone i modulo their number, the primary in the first.

    Calls come from all zones alike.
    """

    zones: Annotated[int, Field(ge=1, le=16)]
    round_trip_ms: Annotated[Q, NotNegative, at_most(HOUR_MS)]
    """Added to a call from one zone to another."""


class Replication(Part, Generic[Q]):
    """When a write is told to be done, and how its copies are applied."""

    mode: ReplicationMode = "asynchronous"
    """Once the primary has it, once a replica has received it too, or once every replica has applied it."""
    appliers: Annotated[int, Field(ge=1, le=64)] = 1
    """Writes that a replica applies at once."""
    acknowledge_ms: Annotated[Q, NotNegative, at_most(HOUR_MS)] | None = None
    """Round trip to the replicas, which a write waits for unless it is asynchronous."""


class ScatterGather(Part, Generic[Q]):
    """Reads that must ask every shard, and are done when the last has answered (Dean and Barroso, 2013)."""

    share: Annotated[Q, Share]
    """Of the reads that the cache does not answer."""
    part_cost_ratio: Annotated[Q, Positive, within(1e-6, 1e6)]
    """Work of the part on one shard, over that of a read of a single shard."""


class LookupIndex(Part, Generic[Q]):
    """A table that knows the shard: two trips to one shard each in place of a part on every shard."""

    cost_ratio: Annotated[Q, Positive, within(1e-6, 1e6)]
    """Work of reading or writing it, over that of any other read or write."""
    write_share: Annotated[Q, Share]
    """Of the writes, those that change what the index holds, and so write it as well."""


class TwoPhaseCommit(Part, Generic[Q]):
    """Writes to several shards that are prepared on all and then committed on all (Gray, 1978)."""

    protocol: Literal["two_phase_commit"]
    share: Annotated[Q, Share]
    """Of the writes."""
    shards: Annotated[int, Field(ge=2, le=256)]
    """That such a write touches, or all where there are fewer."""
    prepare_cost_ratio: Annotated[Q, Positive, within(1e-6, 1e6)]
    """Work of preparing on one shard, over that of a write of a single shard."""
    commit_cost_ratio: Annotated[Q, Positive, within(1e-6, 1e6)]
    locks: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """Rows of a shard among which writes fall, each locked until its commit. None: no write waits."""


class Saga(Part, Generic[Q]):
    """Writes to several shards as local ones in turn, undone in turn when one fails (Garcia-Molina, 1987)."""

    protocol: Literal["saga"]
    share: Annotated[Q, Share]
    """Of the writes."""
    shards: Annotated[int, Field(ge=2, le=256)]
    """Steps, each on a shard of its own, or as many as there are shards."""
    step_failure_share: Annotated[Q, Share]
    """Of the steps, those that fail, upon which the steps before are compensated."""
