"""A whole scenario: the tables of a file once its base and its prices are read in."""

from typing import Annotated, Any, Generic, Literal

from pydantic import BeforeValidator, Field, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from simulator.scenario.keys.correlation import MOST_PAIRS, Correlation
from simulator.scenario.keys.events import Event
from simulator.scenario.keys.money import (
    Bill,
    Budget,
    Finance,
    Prices,
    Purchasing,
    Revenue,
    Workplace,
    day_as_text,
)
from simulator.scenario.keys.operations import Operations
from simulator.scenario.keys.people import Attrition, Debt, Hiring, Incidents, Onboarding, Team, Work
from simulator.scenario.keys.plan import (
    AddReadReplicas,
    CostOnly,
    ExtractServices,
    ImproveCache,
    OptimizeService,
    ResizeDatabase,
    ScaleService,
    Shard,
)
from simulator.scenario.keys.projects import Projects
from simulator.scenario.keys.quantity import Number, Part, Q, Quantity
from simulator.scenario.keys.resources import Network
from simulator.scenario.keys.tiers import Cache, Database, Service
from simulator.scenario.keys.traffic import Demand, Response, Windows
from simulator.scenario.keys.value import Value
from simulator.scenario.keys.zones import Zones
from simulator.scenario.rules import broken_rules
from simulator.scenario.rules.broken import Broken

Label = Literal["low", "medium", "high", "very high"]


class Header(Part):
    """The scenario has a name and a horizon."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    """The scenario is called so in reports."""
    horizon_months: Annotated[int, Field(ge=1, le=120)]
    """The scenario is simulated over this many months of 52/12 weeks."""
    starts: Annotated[str, BeforeValidator(day_as_text)] | None = None
    """The first week begins on this day, written as 2024-07-01; left out, weeks have numbers and no dates.

    Exports that need dates start on 2024-01-01 then.
    """


class StatedRisk(Part):
    """The author of the plan rates its risks; reports set these beside the simulated ones."""

    infrastructure: Label
    """The author rates the risk of the infrastructure so."""
    team: Label
    """The author rates the risk of the team so."""


class Limits(Part):
    """A week past ``attention`` is noted, and a week past ``critical`` calls for action."""

    attention: Number
    """A week past this value is noted."""
    critical: Number
    """A week past this value calls for action; it is worse than ``attention``."""


class Thresholds(Part):
    """Each week is held against these limits."""

    latency_p95_ms: Limits
    """The 95th percentile of the latency in milliseconds has these limits."""
    error_share: Limits
    """The share of the requests that fail has these limits; critical is below 1."""
    cpu_utilization_share: Limits
    """The utilisation of the service's workers in the peak hour has these limits."""
    database_utilization_share: Limits
    """The utilisation of the busiest database node in the peak hour has these limits."""
    database_connections_share: Limits
    """The share of a database node's connections in use has these limits."""
    cycle_time_days: Limits
    """The days from beginning an item to delivering it have these limits."""
    deployments_week: Limits
    """The deployments of a week have these limits; here less is worse."""
    review_hours: Limits
    """The hours from asking for a review to having it have these limits."""
    communication_overhead_share: Limits
    """The share of the team's time that communication takes has these limits."""
    infrastructure_revenue_share: Limits
    """The cost of the infrastructure as a share of revenue has these limits."""
    memory_share: Limits | None = None
    """The memory in use, as a share of the fuller of a service replica and a database node, has these limits.

    Left out, memory has none.
    """
    bandwidth_share: Limits | None = None
    """The 95th percentile of a second's traffic, as a share of the link, has these limits.

    Left out, bandwidth has none.
    """
    storage_share: Limits | None = None
    """The stored data, as a share of a node's disk on the fullest shard, have these limits.

    Left out, storage has none.
    """
    replication_lag_s: Limits | None = None
    """The mean replication lag of the shard that is furthest behind in the busiest hours has these limits.

    Left out, the lag has none.
    """
    stale_read_share: Limits | None = None
    """The share of replica reads that miss their shard's last write in the busiest hours has these limits.

    Left out, stale reads have none.
    """


class RiskScale(Part):
    """Losses are rated on five levels of impact (after NIST SP 800-30)."""

    impact_level_starts: Annotated[tuple[Number, ...], Field(strict=False, min_length=5, max_length=5)]
    """The five levels start at these shares of the planned revenue, which ascend from 0."""


class Scenario(Part, Generic[Q]):
    """A scenario is all that a run needs: ``Scenario[Quantity]`` in files, ``Scenario[Floats]`` in a run."""

    scenario: Header
    """These keys name the scenario and set its horizon."""
    demand: Demand[Q]
    """Users, their growth and their habits make the arrival rate."""
    response: Response[Q]
    """A response takes time and fails beside the queues by these keys."""
    windows: Windows
    """These keys decide how much of a week is simulated request by request."""
    service: Service[Q]
    """The service tier is built of these replicas."""
    cache: Cache[Q]
    """The cache stands between the service and the database."""
    database: Database[Q]
    """The database tier is built of these shards."""
    zones: Zones[Q] | None = None
    """All tiers are spread over these zones; left out, no zone is lost and every call is near."""
    network: Network[Q] | None = None
    """Responses leave by this link; left out, bandwidth is not looked at."""
    team: Team[Q]
    """The developers of today make the team."""
    hiring: Hiring[Q]
    """The team grows and replaces leavers by this funnel."""
    onboarding: Onboarding[Q]
    """Newcomers become productive by these keys."""
    attrition: Attrition[Q]
    """People leave by these keys."""
    work: Work[Q]
    """The days of the team are divided by these keys."""
    operations: Operations[Q] | None = None
    """Looking after what runs takes this time; left out, it takes none."""
    value: Value[Q] | None = None
    """Features are worth this; left out, nothing."""
    projects: Projects[Q] | None = None
    """The work of the plan strays from its estimates so; left out, it does not."""
    debt: Debt[Q]
    """Technical debt wastes time by these keys."""
    incidents: Incidents[Q]
    """Incidents happen by these keys."""
    revenue: Revenue[Q]
    """The users bring in this revenue."""
    bill: Bill[Q]
    """The infrastructure costs this much beside replicas, database nodes and cache."""
    workplace: Workplace[Q]
    """A developer costs this much beside the salary."""
    prices: Prices[Q]
    """The infrastructure is billed at this price book."""
    purchasing: Purchasing[Q] = Field(default_factory=Purchasing[Quantity])  # type: ignore[arg-type]
    """The cores of the service are bought by these keys."""
    budget: Budget
    """This budget was set aside for the horizon."""
    finance: Finance = Field(default_factory=Finance)
    """Present values and the runway follow from these keys."""
    plan: Annotated[
        tuple[
            Annotated[
                AddReadReplicas[Q]
                | Shard[Q]
                | ResizeDatabase[Q]
                | ScaleService[Q]
                | ImproveCache[Q]
                | OptimizeService[Q]
                | ExtractServices[Q]
                | CostOnly[Q],
                Field(discriminator="action"),
            ],
            ...,
        ],
        Field(strict=False, max_length=1_000),
    ] = ()
    """The company takes these dated actions."""
    events: Annotated[tuple[Event, ...], Field(strict=False, max_length=1_000)] = ()
    """These events of the business are dated; they move nothing that is simulated."""
    correlation: Annotated[tuple[Correlation, ...], Field(strict=False, max_length=MOST_PAIRS)] = ()
    """These pairs of uncertain values are not independent of each other."""
    stated_risk: StatedRisk | None = None
    """The author of the plan rates its risks; left out, reports show the simulated risks alone."""
    demand_weight: Annotated[dict[str, Annotated[Number, Field(ge=0)]], Field(max_length=1_000)] = Field(
        default_factory=dict
    )
    """The demand path of each scenario, by its name, has this weight in the choice between plans.

    Left out, all weigh the same. The growth observed is named ``growth observed``; it has a quarter of the
    weight unless it is given.
    """
    thresholds: Thresholds
    """A week past one of these limits is told in the report."""
    risk: RiskScale
    """Losses are rated on this scale."""

    @model_validator(mode="wrap")
    @classmethod
    def _with_rules(cls, data: Any, handler: ModelWrapValidatorHandler["Scenario[Q]"]) -> "Scenario[Q]":
        """Tell the faults between keys together with those in them."""
        schema: list[Any] = []
        try:
            scenario = handler(data)
        except ValidationError as error:
            schema = error.errors(include_url=False)
        # A list whose entries are wrong counts as too short as well.
        faulty = [found["loc"] for found in schema if found["type"] not in ("missing", "too_short")]
        broken = broken_rules(data, faulty) if isinstance(data, dict) else []
        if schema or broken:
            raise ValidationError.from_exception_data(cls.__name__, [*schema, *map(_detail, broken)])
        return scenario


def _detail(broken: Broken) -> InitErrorDetails:
    kind = PydanticCustomError("rule", "{required}", {"required": broken.required, "got": broken.got})
    return InitErrorDetails(type=kind, loc=broken.key, input=None)
