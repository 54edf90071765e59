"""A whole scenario, as a file may write it once its base and prices are read in."""

from typing import Annotated, Any, Generic, Literal

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from simulator.scenario.keys.correlation import MOST_PAIRS, Correlation
from simulator.scenario.keys.money import Bill, Budget, Finance, Prices, Purchasing, Revenue, Workplace
from simulator.scenario.keys.people import Attrition, Debt, Hiring, Incidents, Onboarding, Team, Work
from simulator.scenario.keys.plan import (
    AddReadReplicas,
    CostOnly,
    ImproveCache,
    OptimizeService,
    ResizeDatabase,
    ScaleService,
    Shard,
)
from simulator.scenario.keys.quantity import Number, Part, Q, Quantity
from simulator.scenario.keys.resources import Network
from simulator.scenario.keys.tiers import Cache, Database, Service
from simulator.scenario.keys.traffic import Demand, Response, Windows
from simulator.scenario.rules import broken_rules
from simulator.scenario.rules.broken import Broken

Label = Literal["low", "medium", "high", "very high"]


class Header(Part):
    """What the scenario is called and how far it looks."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    horizon_months: Annotated[int, Field(ge=1, le=120)]


class StatedRisk(Part):
    """What the plan's author believes; set beside what was simulated, and moving nothing."""

    infrastructure: Label
    team: Label


class Limits(Part):
    """Past ``attention`` a week is noted, past ``critical`` it asks for its action."""

    attention: Number
    critical: Number


class Thresholds(Part):
    """The limits that each week is held against."""

    latency_p95_ms: Limits
    error_share: Limits
    cpu_utilization_share: Limits
    database_utilization_share: Limits
    database_connections_share: Limits
    cycle_time_days: Limits
    deployments_week: Limits
    """The only one where less is worse."""
    review_hours: Limits
    communication_overhead_share: Limits
    infrastructure_revenue_share: Limits
    memory_share: Limits | None = None
    """Of the fuller of a service replica and a database node."""
    bandwidth_share: Limits | None = None
    """Of the 95th percentile of a second's traffic."""
    storage_share: Limits | None = None
    """Of a node of the fullest shard."""
    replication_lag_s: Limits | None = None
    """Mean lag of the read replicas of the shard that is furthest behind, in the busiest hours."""
    stale_read_share: Limits | None = None
    """Of the reads on replicas that miss the last write of their shard, in the busiest hours."""


class RiskScale(Part):
    """Where the five impact levels start, as shares of planned revenue (NIST SP 800-30, our reading)."""

    impact_level_starts: Annotated[tuple[Number, ...], Field(strict=False, min_length=5, max_length=5)]


class Scenario(Part, Generic[Q]):
    """Everything that a run needs: ``Scenario[Quantity]`` in files, ``Scenario[Floats]`` in a run."""

    scenario: Header
    demand: Demand[Q]
    response: Response[Q]
    windows: Windows
    service: Service[Q]
    cache: Cache[Q]
    database: Database[Q]
    network: Network[Q] | None = None
    team: Team[Q]
    hiring: Hiring[Q]
    onboarding: Onboarding[Q]
    attrition: Attrition[Q]
    work: Work[Q]
    debt: Debt[Q]
    incidents: Incidents[Q]
    revenue: Revenue[Q]
    bill: Bill[Q]
    workplace: Workplace[Q]
    prices: Prices[Q]
    purchasing: Purchasing[Q] = Field(default_factory=Purchasing[Quantity])  # type: ignore[arg-type]
    budget: Budget
    finance: Finance = Field(default_factory=Finance)
    plan: Annotated[
        tuple[
            Annotated[
                AddReadReplicas[Q]
                | Shard[Q]
                | ResizeDatabase[Q]
                | ScaleService[Q]
                | ImproveCache[Q]
                | OptimizeService[Q]
                | CostOnly[Q],
                Field(discriminator="action"),
            ],
            ...,
        ],
        Field(strict=False, max_length=1_000),
    ] = ()
    correlation: Annotated[tuple[Correlation, ...], Field(strict=False, max_length=MOST_PAIRS)] = ()
    """Uncertain values that are not independent of each other."""
    stated_risk: StatedRisk | None = None
    demand_weight: Annotated[dict[str, Annotated[Number, Field(ge=0)]], Field(max_length=1_000)] = Field(
        default_factory=dict
    )
    """Weight of each scenario's demand path in the recommendation, by scenario name."""
    thresholds: Thresholds
    risk: RiskScale

    @model_validator(mode="wrap")
    @classmethod
    def _with_rules(cls, data: Any, handler: ModelWrapValidatorHandler["Scenario[Q]"]) -> "Scenario[Q]":
        """Report what is wrong between keys together with what is wrong in them."""
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
