"""The serving tiers: stateless service replicas, a cache, and the database's shards and replicas."""

from typing import Annotated, Generic, Literal

from pydantic import Field

from simulator.scenario.quantity import NotNegative, Part, Positive, Q, Share
from simulator.scenario.shapes import Distribution

ShardKey = Literal["user_hash"]


class Observed(Part, Generic[Q]):
    """A tier's work as measured: the utilisation law D = U c / X gives the service demand."""

    utilization_share: Annotated[Q, Share]
    rate_per_s: Annotated[Q, Positive]


class Autoscaling(Part, Generic[Q]):
    """The horizontal pod autoscaler's rule, at its fixed point for each window's load."""

    target_utilization_share: Annotated[Q, Share, Positive]
    replicas_min: Annotated[int, Field(ge=1)]
    replicas_max: Annotated[int, Field(ge=1)]
    """What the company has set up and may run; raising it is an action of the plan."""


class Service(Part, Generic[Q]):
    """Stateless replicas behind a round-robin balancer, each with its own workers and queue."""

    replicas: Annotated[int, Field(ge=1)]
    workers: Annotated[int, Field(ge=1, le=64)]
    """Requests that one replica works on at once, one virtual core each."""
    demand_ms: Annotated[Q, Positive] | None = None
    """Work of one request. This, or ``observed``."""
    observed: Observed[Q] | None = None
    distribution: Distribution
    queue_room: Annotated[int, Field(ge=0)]
    """Requests that may wait at one replica; the next one is turned away."""
    patience_ms: Annotated[Q, Positive]
    """How long a request waits for a worker before it is given up."""
    autoscaling: Autoscaling[Q]


class Cache(Part, Generic[Q]):
    """Answers a share of the reads before they reach the database."""

    hit_share: Annotated[Q, Share]
    nodes: Annotated[int, Field(ge=0)]


class Database(Part, Generic[Q]):
    """Shards by user, each with a primary and read replicas that apply its writes."""

    shards: Annotated[int, Field(ge=1, le=256)]
    shard_key: ShardKey
    popularity_exponent: Annotated[Q, NotNegative]
    """Zipf exponent of the users' activity: 0 is uniform."""
    read_replicas: Annotated[int, Field(ge=0, le=15)]
    """For each shard."""
    size: str
    """A size of the price book: cores and price."""
    write_share: Annotated[Q, Share]
    """Of requests."""
    read_ms: Annotated[Q, Positive] | None = None
    """Work of one read in the database. This, or ``observed``."""
    observed: Observed[Q] | None = None
    """The whole tier, primaries and replicas, at a rate of requests on the service."""
    write_cost_ratio: Annotated[Q, Positive]
    """Work of a write on the primary, over that of a read."""
    apply_cost_ratio: Annotated[Q, Positive]
    """Work of applying a write on a replica, over that of the write itself."""
    distribution: Distribution
    connections_max: Annotated[int, Field(ge=1)]
    """Connections that one database node accepts; their use is compared with the thresholds."""
