"""Requests call the database: one node reads, replicas apply, and some calls touch several shards."""

from typing import Annotated, Generic, Literal

from pydantic import Field

from simulator.scenario.keys.bounds import HOUR_MS, LIMIT_MS, at_most, within
from simulator.scenario.keys.quantity import NotNegative, Part, Positive, Q, Share

ReadPolicy = Literal["round_robin", "primary", "replicas", "random", "least_outstanding", "nearest"]
ReplicationMode = Literal["asynchronous", "semi_synchronous", "synchronous"]


class Reads(Part, Generic[Q]):
    """A read goes to one node of its shard, which these keys choose."""

    policy: ReadPolicy = "round_robin"
    """The policy chooses the node: round_robin takes the nodes by turns, primary takes the primary alone,
    replicas takes the read replicas by turns (the primary where there are none), random takes any node,
    least_outstanding takes the one with the fewest reads in progress, and nearest takes one of the caller's
    zone."""
    own_writes_window_ms: Annotated[Q, NotNegative, at_most(LIMIT_MS)] | None = None
    """The same user's reads go to the primary for this long after a write (read your writes).

    Left out, no read is bound to the primary.
    """
    own_writes_per_s: Annotated[Q, NotNegative, at_most(1e6)] | None = None
    """A user who is at work writes at this rate, which decides how many reads fall into that window.

    Left out, no read does.
    """


class Replication(Part, Generic[Q]):
    """A write is acknowledged by the primary or by its replicas, which apply it in their own time."""

    mode: ReplicationMode = "asynchronous"
    """A write is done once the primary has it (asynchronous), once a replica has received it as well
    (semi_synchronous), or once every replica has applied it (synchronous)."""
    appliers: Annotated[int, Field(ge=1, le=64)] = 1
    """A replica applies this many writes at once; too few of them make the replication lag grow."""
    acknowledge_ms: Annotated[Q, NotNegative, at_most(HOUR_MS)] | None = None
    """A write that is not asynchronous waits for this round trip to the replicas; left out, for none."""


class ScatterGather(Part, Generic[Q]):
    """A scattered read asks every shard and is done when the last has answered (Dean and Barroso, 2013)."""

    share: Annotated[Q, Share]
    """This share of the reads that miss the cache is scattered."""
    part_cost_ratio: Annotated[Q, Positive, within(1e-6, 1e6)]
    """The service demand of the part on one shard is this many times that of a read of a single shard."""


class LookupIndex(Part, Generic[Q]):
    """A lookup index knows the shard: two calls of one shard each take the place of a part on every shard."""

    cost_ratio: Annotated[Q, Positive, within(1e-6, 1e6)]
    """The service demand of a call of the index is this many times that of any other read or write."""
    write_share: Annotated[Q, Share]
    """This share of the writes changes what the index holds, and so writes the index as well."""


class TwoPhaseCommit(Part, Generic[Q]):
    """A write to several shards is prepared on all of them and then committed on all (Gray, 1978)."""

    protocol: Literal["two_phase_commit"]
    """The protocol is two-phase commit."""
    share: Annotated[Q, Share]
    """This share of the writes touches several shards."""
    shards: Annotated[int, Field(ge=2, le=256)]
    """Such a write touches this many shards, or all where there are fewer."""
    prepare_cost_ratio: Annotated[Q, Positive, within(1e-6, 1e6)]
    """The service demand of preparing on one shard is this many times that of a write of a single shard."""
    commit_cost_ratio: Annotated[Q, Positive, within(1e-6, 1e6)]
    """The service demand of committing on one shard is this many times that of a write of a single shard."""
    locks: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """The writes of a shard fall on this many rows, each locked until its commit.

    Left out, no write waits for a lock.
    """


class Saga(Part, Generic[Q]):
    """A write to several shards is a chain of local ones, undone if one fails (Garcia-Molina, 1987)."""

    protocol: Literal["saga"]
    """The protocol is a saga."""
    share: Annotated[Q, Share]
    """This share of the writes touches several shards."""
    shards: Annotated[int, Field(ge=2, le=256)]
    """A saga has this many steps, each on a shard of its own, or as many as there are shards."""
    step_failure_share: Annotated[Q, Share]
    """This share of the steps fails, upon which the steps before are compensated."""
