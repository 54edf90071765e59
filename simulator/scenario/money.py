"""Prices, bills, revenue and budgets."""

from typing import Annotated, Generic

from pydantic import Field

from simulator.scenario.quantity import NotNegative, Part, Positive, Q, Share


class DatabaseSize(Part, Generic[Q]):
    """One size of a managed database."""

    cores: Annotated[int, Field(ge=1, le=128)]
    usd_hour: Annotated[Q, NotNegative]


class Prices(Part, Generic[Q]):
    """A dated price book. Prices are in its currency; ``eur_per_unit`` turns them into euros."""

    as_of: str
    source: str
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    eur_per_unit: Annotated[Q, Positive]
    vcpu_hour: Annotated[Q, NotNegative]
    cache_node_hour: Annotated[Q, NotNegative]
    storage_gb_month: Annotated[Q, NotNegative]
    egress_gb: Annotated[Q, NotNegative]
    load_balancer_month: Annotated[Q, NotNegative]
    database_zones_factor: Annotated[Q, Positive]
    """Price of a node over that of one in a single zone."""
    database_sizes: dict[str, DatabaseSize[Q]]


class Bill(Part, Generic[Q]):
    """What the infrastructure costs beside replicas, database and cache."""

    storage_gb_per_user: Annotated[Q, NotNegative]
    response_kb: Annotated[Q, NotNegative]
    other_eur_month: Annotated[Q, NotNegative]
    """Environments, observability, support: what the load does not explain."""
    other_elasticity: Annotated[Q, Share]
    """0: stays as it is when users grow; 1: grows as they do."""


class Revenue(Part, Generic[Q]):
    """What the users bring in."""

    revenue_eur_month: Annotated[Q, Positive]
    """At today's users; in proportion to them later."""


class Budget(Part):
    """What was set aside for the horizon, over the cost of standing still."""

    infrastructure_eur: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    team_eur: Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Workplace(Part, Generic[Q]):
    """What a developer costs beside the salary."""

    office_eur_month: Annotated[Q, NotNegative]
    tools_eur_month: Annotated[Q, NotNegative]


class Finance(Part):
    """What money costs, and how much there is of it."""

    discount_rate_annual: Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)] = 0.0
    """Share by which money a year away is worth less; the rate of present values."""
    cash_eur: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    """Balance on the first day, from which the runway is counted."""
    other_costs_eur_month: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    """What the rest of the company costs, whose work is not simulated: in its cash, in no budget."""
