"""The plan: the dated actions of a scenario."""

from typing import Annotated, ClassVar, Generic, Literal

from pydantic import Field

from simulator.scenario.keys.bounds import MOST_REPLICAS, at_most, within
from simulator.scenario.keys.quantity import NotNegative, Part, Positive, Q, Share
from simulator.scenario.keys.sharding import ShardKey


class Action(Part, Generic[Q]):
    """An action is due at the start of a month, and in place when its lead time and its work are over."""

    relieves: ClassVar[Literal["service", "primary"] | None]
    """The limit of this tier is held against the action; None stands for an action without capacity."""
    cuts_over: ClassVar[bool] = False
    """An action of this kind ends in a cut-over, which may fail and go back."""

    action: str
    """The action has this kind."""
    month: Annotated[int, Field(ge=1, le=120)]
    """The action is due at the start of this month; work begins ``lead_weeks`` before, from week 0 on."""
    lead_weeks: Annotated[Q, NotNegative, at_most(520)]
    """The action takes at least this long from its beginning, whoever works on it."""
    person_days: Annotated[Q, NotNegative, at_most(1e6)]
    """The action takes this much work of the team."""
    cost_eur: Annotated[Q, NotNegative, at_most(1e12)]
    """Licences, consultants and moves cost this much once, when the work begins."""
    double_running_eur_week: Annotated[Q, NotNegative, at_most(1e12)] = 0.0  # type: ignore[assignment]
    """Running twice costs this much from the beginning of the work until the action is in place.

    For a ``shard`` action with ``database.resharding``, nodes and data are billed there and left out here.
    """
    people_max: Annotated[int, Field(ge=1, le=2_000)] | None = None
    """No more than this many people have the skill to work on the action at once; left out, whoever is
    there."""
    note: str = ""
    """The author may leave a note, which nothing reads."""


class AddReadReplicas(Action[Q], Generic[Q]):
    """The action gives every shard more read replicas."""

    relieves = "primary"

    action: Literal["add_read_replicas"]
    """The action adds read replicas."""
    count: Annotated[int, Field(ge=1, le=15)]
    """Every shard gets this many more read replicas."""


class Shard(Action[Q], Generic[Q]):
    """The action spreads the data over other shards, by another key if it names one."""

    relieves = "primary"
    cuts_over = True

    action: Literal["shard"]
    """The action reshards the database."""
    shards: Annotated[int, Field(ge=1, le=256)]
    """The database has this many shards from then on."""
    key: ShardKey
    """This key decides the shard of a request from then on."""


class ResizeDatabase(Action[Q], Generic[Q]):
    """The action gives every database node another size from the price book."""

    relieves = "primary"
    cuts_over = True

    action: Literal["resize_database"]
    """The action resizes the nodes of the database."""
    size: str
    """Every node has this size of the price book from then on."""


class ScaleService(Action[Q], Generic[Q]):
    """The action lets the autoscaler run more replicas: quota, network, images and load tests."""

    relieves = "service"

    action: Literal["scale_service"]
    """The action raises the limit of the autoscaler."""
    replicas_max: Annotated[int, Field(ge=1, le=MOST_REPLICAS)]
    """The autoscaler runs at most this many replicas from then on."""


class ImproveCache(Action[Q], Generic[Q]):
    """The action brings the cache to another hit ratio, on another number of nodes."""

    relieves = "primary"

    action: Literal["improve_cache"]
    """The action improves the cache."""
    hit_share: Annotated[Q, Share]
    """The cache answers this share of the reads from then on."""
    nodes: Annotated[int, Field(ge=0, le=MOST_REPLICAS)]
    """The cache has this many nodes from then on."""


class OptimizeService(Action[Q], Generic[Q]):
    """The action makes the code faster: it multiplies the service demand by a factor."""

    relieves = "service"

    action: Literal["optimize_service"]
    """The action lowers the service demand."""
    demand_factor: Annotated[Q, Positive, within(1e-3, 1e3)]
    """The service demand is multiplied by this factor."""


class ExtractServices(Action[Q], Generic[Q]):
    """The action takes services out of a larger one: each is one more to look after, and none serves more."""

    relieves = None
    cuts_over = True

    action: Literal["extract_services"]
    """The action takes services out."""
    services: Annotated[int, Field(ge=1, le=10_000)] = 1
    """The company has this many services more from then on."""


class CostOnly(Action[Q], Generic[Q]):
    """The action is paid for and staffed, and has no capacity in this model."""

    relieves = None
    cuts_over = True

    action: Literal["add_region", "deploy_edge", "open_office", "reorganise_teams"]
    """The action has one of these kinds, which differ by name alone."""
