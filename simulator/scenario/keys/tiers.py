"""The serving tiers: stateless service replicas, a cache, and the database's shards and replicas."""

from typing import Annotated, Generic

from pydantic import Field

from simulator.mechanisms.failover.keys import Failover
from simulator.mechanisms.resharding.keys import Resharding
from simulator.scenario.keys.bounds import (
    HOUR_MS,
    LIMIT_MS,
    MOST_REPLICAS,
    MOST_WORKERS,
    NO_LIMIT,
    TICK_MS,
    at_least,
    at_most,
    within,
)
from simulator.scenario.keys.calls import (
    CrossZone,
    LookupIndex,
    Reads,
    Replication,
    Saga,
    ScatterGather,
    TwoPhaseCommit,
)
from simulator.scenario.keys.quantity import NotNegative, Part, Positive, Q, Share
from simulator.scenario.keys.resources import (
    DatabaseMemory,
    DatabaseStorage,
    Recovery,
    Scalability,
    ServiceMemory,
)
from simulator.scenario.keys.shapes import Distribution
from simulator.scenario.keys.sharding import Sharding, ShardKey


class Observed(Part, Generic[Q]):
    """A tier's work as measured: the utilisation law D = U c / X gives the service demand."""

    utilization_share: Annotated[Q, Share]
    rate_per_s: Annotated[Q, Positive, within(1e-6, 1e9)]


class ObservedService(Observed[Q], Generic[Q]):
    """The service's work as measured; what is left out was then as it is today."""

    replicas: Annotated[int, Field(ge=1, le=MOST_REPLICAS)] | None = None
    """Replicas that it was measured on."""
    workers: Annotated[int, Field(ge=1, le=MOST_WORKERS)] | None = None


class ObservedDatabase(Observed[Q], Generic[Q]):
    """The whole tier's work as measured, primaries and replicas; what is left out was then as it is today."""

    shards: Annotated[int, Field(ge=1, le=256)] | None = None
    """Shards that it was measured on."""
    read_replicas: Annotated[int, Field(ge=0, le=15)] | None = None
    cores: Annotated[int, Field(ge=1, le=1_024)] | None = None
    """Of a node then."""
    hit_share: Annotated[Q, Share] | None = None
    """Of the reads, answered by the cache then."""
    write_share: Annotated[Q, Share] | None = None
    """Of the requests then."""


class Autoscaling(Part, Generic[Q]):
    """The horizontal pod autoscaler's rule, at its fixed point for each window's load."""

    target_utilization_share: Annotated[Q, Share, Positive, at_least(1e-3)]
    replicas_min: Annotated[int, Field(ge=1, le=MOST_REPLICAS)]
    replicas_max: Annotated[int, Field(ge=1, le=MOST_REPLICAS)]
    """What the company has set up and may run; raising it is an action of the plan."""


class Service(Part, Generic[Q]):
    """Stateless replicas behind a round-robin balancer, each with its own workers and queue."""

    replicas: Annotated[int, Field(ge=1, le=MOST_REPLICAS)]
    workers: Annotated[int, Field(ge=1, le=MOST_WORKERS)]
    """Requests that one replica works on at once, one virtual core each; up to 1,024."""
    demand_ms: Annotated[Q, Positive, within(TICK_MS, HOUR_MS)] | None = None
    """Work of one request. This, or ``observed``."""
    observed: ObservedService[Q] | None = None
    distribution: Distribution
    queue_room: Annotated[int, Field(ge=0, le=NO_LIMIT)]
    """Requests that may wait at one replica; the next one is turned away."""
    patience_ms: Annotated[Q, Positive, within(1e-3, LIMIT_MS)]
    """How long a request waits for a worker before it is given up."""
    database_connections: Annotated[int, Field(ge=1, le=1_024)] | None = None
    """Requests of one replica that may be in the database at once, the next waits. None: no limit."""
    autoscaling: Autoscaling[Q]
    zones: Annotated[int, Field(ge=2, le=1_000)] | None = None
    """Over which the replicas are spread; left out, what is left without one is not asked."""
    scalability: Scalability[Q] | None = None
    memory: ServiceMemory[Q] | None = None


class Cache(Part, Generic[Q]):
    """Answers a share of the reads before they reach the database."""

    hit_share: Annotated[Q, Share]
    nodes: Annotated[int, Field(ge=0, le=MOST_REPLICAS)]


class Database(Part, Generic[Q]):
    """Shards by a key, each with a primary and read replicas that apply its writes."""

    shards: Annotated[int, Field(ge=1, le=256)]
    shard_key: ShardKey
    """What decides the shard of a request, until a ``shard`` action of the plan takes another."""
    popularity_exponent: Annotated[Q, NotNegative, at_most(10)]
    """Zipf exponent of the users' activity. At 0 all are as active, and shards differ by whom the hash gives
    them: by a fraction of a percent with many users, by whole tenants with few."""
    sharding: Sharding[Q] = Field(default_factory=dict, validate_default=True)
    read_replicas: Annotated[int, Field(ge=0, le=15)]
    """For each shard."""
    size: str
    """A size of the price book: cores and price."""
    write_share: Annotated[Q, Share]
    """Of requests."""
    read_ms: Annotated[Q, Positive, within(TICK_MS, HOUR_MS)] | None = None
    """Work of one read in the database. This, or ``observed``."""
    observed: ObservedDatabase[Q] | None = None
    """The whole tier, primaries and replicas, at a rate of requests on the service."""
    write_cost_ratio: Annotated[Q, Positive, within(1e-6, 1e6)]
    """Work of a write on the primary, over that of a read."""
    apply_cost_ratio: Annotated[Q, Positive, within(1e-6, 1e6)]
    """Work of applying a write on a replica, over that of the write itself."""
    distribution: Distribution
    connections_max: Annotated[int, Field(ge=1, le=NO_LIMIT)]
    """Calls that one node works on at once, at most; how many are in use is held against the thresholds."""
    reads: Reads[Q] = Reads()
    replication: Replication[Q] = Replication()
    cross_zone: CrossZone[Q] | None = None
    scatter_gather: ScatterGather[Q] | None = None
    lookup_index: LookupIndex[Q] | None = None
    cross_shard_writes: Annotated[TwoPhaseCommit[Q] | Saga[Q], Field(discriminator="protocol")] | None = None
    zones: Annotated[int, Field(ge=2, le=1_000)] | None = None
    """Over which the nodes of a shard are spread; left out, what is left without one is not asked."""
    scalability: Scalability[Q] | None = None
    memory: DatabaseMemory[Q] | None = None
    storage: DatabaseStorage[Q] | None = None
    recovery: Recovery[Q] | None = None
    failover: Failover[Q] | None = None
    resharding: Resharding[Q] | None = None
    """How a ``shard`` action moves the data; left out, they are where they belong when its work is done."""
