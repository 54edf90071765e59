"""What the company means to do, and when: the dated actions of a scenario."""

from typing import Annotated, ClassVar, Generic, Literal

from pydantic import Field

from simulator.scenario.keys.bounds import MOST_REPLICAS, at_most, within
from simulator.scenario.keys.quantity import NotNegative, Part, Positive, Q, Share
from simulator.scenario.keys.sharding import ShardKey


class Action(Part, Generic[Q]):
    """Any action: due at the start of a month, done when its lead time is over and its work done."""

    relieves: ClassVar[Literal["service", "primary"] | None]
    """The tier whose limit it is held against, of the database the primary; None for one without capacity."""

    action: str
    month: Annotated[int, Field(ge=1, le=120)]
    """At whose start it is due; the work begins ``lead_weeks`` before, at the earliest in week 0."""
    lead_weeks: Annotated[Q, NotNegative, at_most(520)]
    person_days: Annotated[Q, NotNegative, at_most(1e6)]
    cost_eur: Annotated[Q, NotNegative, at_most(1e12)]
    """Paid once, when the work begins: licences, consultants, moves."""
    double_running_eur_week: Annotated[Q, NotNegative, at_most(1e12)] = 0.0  # type: ignore[assignment]
    """Paid for every week from the beginning of the work until the action is in place: what runs twice.

    Of a ``shard`` action with ``database.resharding``, what is not nodes and data: these are counted there.
    """
    note: str = ""


class AddReadReplicas(Action[Q], Generic[Q]):
    """More read replicas for every shard."""

    relieves = "primary"

    action: Literal["add_read_replicas"]
    count: Annotated[int, Field(ge=1, le=15)]


class Shard(Action[Q], Generic[Q]):
    """Spread the data over this many shards, by this key from then on."""

    relieves = "primary"

    action: Literal["shard"]
    shards: Annotated[int, Field(ge=1, le=256)]
    key: ShardKey


class ResizeDatabase(Action[Q], Generic[Q]):
    """Another size from the price book for every database node."""

    relieves = "primary"

    action: Literal["resize_database"]
    size: str


class ScaleService(Action[Q], Generic[Q]):
    """Let the autoscaler run more replicas: quota, network, images, load tests."""

    relieves = "service"

    action: Literal["scale_service"]
    replicas_max: Annotated[int, Field(ge=1, le=MOST_REPLICAS)]


class ImproveCache(Action[Q], Generic[Q]):
    """Bring the cache to another hit ratio, on this many nodes."""

    relieves = "primary"

    action: Literal["improve_cache"]
    hit_share: Annotated[Q, Share]
    nodes: Annotated[int, Field(ge=0, le=MOST_REPLICAS)]


class OptimizeService(Action[Q], Generic[Q]):
    """Make the code faster: the service demand times a factor."""

    relieves = "service"

    action: Literal["optimize_service"]
    demand_factor: Annotated[Q, Positive, within(1e-3, 1e3)]


class CostOnly(Action[Q], Generic[Q]):
    """Named by the plan, paid for and staffed, but given no capacity by this model yet."""

    relieves = None

    action: Literal["extract_services", "add_region", "deploy_edge", "open_office", "reorganise_teams"]
