"""Prices, bills, revenue and budgets."""

from datetime import date
from typing import Annotated, Generic, Literal

from pydantic import AfterValidator, Field

from simulator.scenario.keys.bounds import HOUR_MS, at_most, within
from simulator.scenario.keys.quantity import NotNegative, Number, Part, Positive, Q, Share


class DatabaseSize(Part, Generic[Q]):
    """One size of a managed database."""

    cores: Annotated[int, Field(ge=1, le=128)]
    usd_hour: Annotated[Q, NotNegative, at_most(1e6)]
    memory_gb: Annotated[Q, Positive, within(1e-6, 1e6)] | None = None
    """Needed where ``database.memory`` is held against it."""


class VolumePrice(Part, Generic[Q]):
    """A price of traffic for what lies above a month's volume."""

    above_gb_month: Annotated[Number, Field(ge=0)]
    price_gb: Annotated[Q, NotNegative, at_most(1e6)]


class Prices(Part, Generic[Q]):
    """A dated price book. Prices are in its currency; ``eur_per_unit`` turns them into euros."""

    as_of: str
    source: str
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    eur_per_unit: Annotated[Q, Positive, within(1e-6, 1e6)]
    vcpu_hour: Annotated[Q, NotNegative, at_most(1e6)]
    """On demand."""
    vcpu_hour_committed_1y: Annotated[Q, NotNegative, at_most(1e6)] | None = None
    """Where so many are paid for a year, in use or not."""
    vcpu_hour_committed_3y: Annotated[Q, NotNegative, at_most(1e6)] | None = None
    vcpu_hour_spot: Annotated[Q, NotNegative, at_most(1e6)] | None = None
    """Of capacity that may be taken away."""
    cache_node_hour: Annotated[Q, NotNegative, at_most(1e6)]
    storage_gb_month: Annotated[Q, NotNegative, at_most(1e6)]
    egress_gb: Annotated[Q, NotNegative, at_most(1e6)]
    egress_tiers: Annotated[tuple[VolumePrice[Q], ...], Field(strict=False, max_length=64)] = ()
    """Further prices of traffic to the internet, for what lies above a volume; in ascending order."""
    cdn_tiers: Annotated[tuple[VolumePrice[Q], ...], Field(strict=False, max_length=64)] = ()
    """Prices of what the content network delivers, the first from 0."""
    load_balancer_month: Annotated[Q, NotNegative, at_most(1e9)]
    database_zones_factor: Annotated[Q, Positive, within(1e-3, 1e3)]
    """Price of a node over that of one in a single zone; 1 where no node has a standby in another."""
    database_sizes: Annotated[dict[str, DatabaseSize[Q]], Field(max_length=1_000)]
    memory_gb_hour: Annotated[Q, NotNegative, at_most(1e6)] | None = None
    """Of what ``service.memory`` installs; left out, the memory is in ``bill.other_eur_month``."""


class Bill(Part, Generic[Q]):
    """What the infrastructure costs beside replicas, database and cache."""

    storage_gb_per_user: Annotated[Q, NotNegative, at_most(1e6)]
    response_kb: Annotated[Q, NotNegative, at_most(1e9)]
    other_eur_month: Annotated[Q, NotNegative, at_most(1e12)]
    """Environments, support: what the load does not explain."""
    observability_eur_month: Annotated[Q, NotNegative, at_most(1e12)] = 0.0  # type: ignore[assignment]
    """Logs, metrics and traces, which grow as the rest does."""
    cdn_share: Annotated[Q, Share] = 0.0  # type: ignore[assignment]
    """Of the traffic that leaves, what the content network delivers."""
    other_elasticity: Annotated[Q, Share]
    """0: stays as it is when users grow; 1: grows as they do."""


class Purchasing(Part, Generic[Q]):
    """How the service's cores are bought: on demand, but for what is said here."""

    committed_vcpus: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    """Paid in every hour at the committed price, in use or not."""
    committed_years: Literal[1, 3] = 1
    spot_share: Annotated[Q, Share] = 0.0  # type: ignore[assignment]
    """Of the hours beyond the commitment."""


class Revenue(Part, Generic[Q]):
    """What the users bring in."""

    revenue_eur_month: Annotated[Q, Positive, within(0.01, 1e12)]
    """At today's users; in proportion to them later."""
    latency_lost_share_per_100_ms: Annotated[Q, Share] = 0.0  # type: ignore[assignment]
    """Of revenue, for every 100 ms of a week's mean latency beyond the reference; 0 is off."""
    latency_reference_ms: Annotated[Q, NotNegative, at_most(HOUR_MS)] = 0.0  # type: ignore[assignment]
    """At which revenue is what it is."""


class Budget(Part):
    """What was set aside for the horizon, over the cost of standing still."""

    infrastructure_eur: Annotated[Number, Field(ge=0)]
    team_eur: Annotated[Number, Field(ge=0)]


class Workplace(Part, Generic[Q]):
    """What a developer costs beside the salary."""

    office_eur_month: Annotated[Q, NotNegative, at_most(1e9)]
    tools_eur_month: Annotated[Q, NotNegative, at_most(1e9)]


def _day(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"must be a day as 2024-01-01, got {value!r}") from None
    return value


class Finance(Part):
    """What money costs, and how much there is of it."""

    discount_rate_annual: Annotated[Number, Field(ge=0, le=10)] = 0.0
    """Share by which money a year away is worth less; the rate of present values."""
    cash_eur: Annotated[Number, Field(ge=0)] = 0.0
    """Balance on the first day, from which the runway is counted."""
    other_costs_eur_month: Annotated[Number, Field(ge=0)] = 0.0
    """What the rest of the company costs, whose work is not simulated: in its cash, in no budget."""
    first_day: Annotated[str, AfterValidator(_day)] = "2024-01-01"
    """From which exports date the weeks, as 2024-01-01; nothing else has a date."""
