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
    """A tier was measured: the utilisation law D = U c / X gives its service demand."""

    utilization_share: Annotated[Q, Share]
    """The servers of the tier had this utilisation."""
    rate_per_s: Annotated[Q, Positive, within(1e-6, 1e9)]
    """Requests arrived at the service at this rate."""


class ObservedService(Observed[Q], Generic[Q]):
    """The service was measured; a key that is left out has today's value."""

    replicas: Annotated[int, Field(ge=1, le=MOST_REPLICAS)] | None = None
    """The service had this many replicas then; left out, those of today."""
    workers: Annotated[int, Field(ge=1, le=MOST_WORKERS)] | None = None
    """A replica had this many workers then; left out, those of today."""


class ObservedDatabase(Observed[Q], Generic[Q]):
    """Primaries and read replicas were measured together; a key that is left out has today's value."""

    shards: Annotated[int, Field(ge=1, le=256)] | None = None
    """The database had this many shards then; left out, those of today."""
    read_replicas: Annotated[int, Field(ge=0, le=15)] | None = None
    """A shard had this many read replicas then; left out, those of today."""
    cores: Annotated[int, Field(ge=1, le=1_024)] | None = None
    """A node had this many cores then; left out, those of today's size."""
    hit_share: Annotated[Q, Share] | None = None
    """The cache answered this share of the reads then; left out, today's share."""
    write_share: Annotated[Q, Share] | None = None
    """Writes were this share of the requests then; left out, today's share."""


class Autoscaling(Part, Generic[Q]):
    """The autoscaler runs as many replicas as its target needs, at the fixed point of the load."""

    target_utilization_share: Annotated[Q, Share, Positive, at_least(1e-3)]
    """The autoscaler aims at this utilisation of the workers."""
    replicas_min: Annotated[int, Field(ge=1, le=MOST_REPLICAS)]
    """The autoscaler runs at least this many replicas."""
    replicas_max: Annotated[int, Field(ge=1, le=MOST_REPLICAS)]
    """The autoscaler runs at most this many replicas; raising the limit is an action of the plan."""


class Service(Part, Generic[Q]):
    """Stateless replicas serve behind a round-robin balancer, each with its own workers and queue."""

    replicas: Annotated[int, Field(ge=1, le=MOST_REPLICAS)]
    """The service runs this many replicas today."""
    workers: Annotated[int, Field(ge=1, le=MOST_WORKERS)]
    """A replica has this many workers, the servers of its queue, with one virtual core each."""
    demand_ms: Annotated[Q, Positive, within(TICK_MS, HOUR_MS)] | None = None
    """A request has this mean service demand; exactly one of this and ``observed`` is given."""
    observed: ObservedService[Q] | None = None
    """The service demand follows from this measurement; exactly one of this and ``demand_ms`` is given."""
    distribution: Distribution
    """The service time of a request varies by this shape."""
    queue_room: Annotated[int, Field(ge=0, le=NO_LIMIT)]
    """The queue of a replica has this capacity; a request that finds it full is turned away."""
    patience_ms: Annotated[Q, Positive, within(1e-3, LIMIT_MS)]
    """A request waits this long for a worker before it is given up."""
    database_connections: Annotated[int, Field(ge=1, le=1_024)] | None = None
    """A replica holds this many connections to the database, and the next request waits for one.

    Left out, there is no limit.
    """
    autoscaling: Autoscaling[Q]
    """The number of replicas follows the load by these keys."""
    scalability: Scalability[Q] | None = None
    """The workers of a replica slow each other down by this law; left out, they do not."""
    memory: ServiceMemory[Q] | None = None
    """The memory of a replica is made of these parts; left out, it is not looked at."""


class Cache(Part, Generic[Q]):
    """The cache answers a share of the reads before they reach the database."""

    hit_share: Annotated[Q, Share]
    """The cache answers this share of the reads."""
    nodes: Annotated[int, Field(ge=0, le=MOST_REPLICAS)]
    """The cache has this many nodes, which cost money and have no limit of their own."""


class Database(Part, Generic[Q]):
    """The database has shards by a key, each with a primary and read replicas that apply its writes."""

    shards: Annotated[int, Field(ge=1, le=256)]
    """The database has this many shards today."""
    shard_key: ShardKey
    """This key decides the shard of a request until a ``shard`` action of the plan takes another."""
    popularity_exponent: Annotated[Q, NotNegative, at_most(10)]
    """The users' activity follows a Zipf law with this exponent.

    At 0 all are equally active, and shards differ only by which users the hash gives them.
    """
    sharding: Sharding[Q] = Field(default_factory=dict, validate_default=True)
    """The data are laid over the shards by these keys."""
    read_replicas: Annotated[int, Field(ge=0, le=15)]
    """Each shard has this many read replicas today."""
    size: str
    """A node has this size of the price book, which gives its cores and its price."""
    write_share: Annotated[Q, Share]
    """Writes are this share of the requests."""
    read_ms: Annotated[Q, Positive, within(TICK_MS, HOUR_MS)] | None = None
    """A read has this mean service demand; exactly one of this and ``observed`` is given."""
    observed: ObservedDatabase[Q] | None = None
    """A read's service demand follows from this measurement; exactly one of this and ``read_ms`` is given."""
    write_cost_ratio: Annotated[Q, Positive, within(1e-6, 1e6)]
    """The service demand of a write on the primary is this many times that of a read."""
    apply_cost_ratio: Annotated[Q, Positive, within(1e-6, 1e6)]
    """The service demand of applying a write on a replica is this many times that of the write itself."""
    distribution: Distribution
    """The service time of a call varies by this shape."""
    connections_max: Annotated[int, Field(ge=1, le=NO_LIMIT)]
    """A node works on at most this many calls at once; the share in use is held against the thresholds."""
    reads: Reads[Q] = Reads()
    """A read chooses its node by these keys."""
    replication: Replication[Q] = Replication()
    """A write reaches the read replicas by these keys."""
    scatter_gather: ScatterGather[Q] | None = None
    """Some reads ask every shard by these keys; left out, none does."""
    lookup_index: LookupIndex[Q] | None = None
    """An index replaces scattered reads by these keys; left out, there is none."""
    cross_shard_writes: Annotated[TwoPhaseCommit[Q] | Saga[Q], Field(discriminator="protocol")] | None = None
    """Some writes touch several shards by one of these protocols; left out, none does."""
    scalability: Scalability[Q] | None = None
    """The cores of a node slow each other down by this law; left out, they do not."""
    memory: DatabaseMemory[Q] | None = None
    """The memory of a node is made of these parts; left out, it is not looked at."""
    storage: DatabaseStorage[Q] | None = None
    """The disks fill by these keys; left out, they are not looked at."""
    recovery: Recovery[Q] | None = None
    """A lost primary comes back by these keys; left out, recovery is not looked at."""
    failover: Failover[Q] | None = None
    """Primaries fail by these keys, which need ``recovery``; left out, none fails."""
    resharding: Resharding[Q] | None = None
    """A ``shard`` action moves the data by these keys; left out, they are in place when its work is done."""
