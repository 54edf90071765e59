"""Prices, bills, revenue and budgets."""

from datetime import date
from typing import Annotated, Any, Generic, Literal

from pydantic import Field

from simulator.scenario.keys.bounds import HOUR_MS, at_most, within
from simulator.scenario.keys.quantity import NotNegative, Number, Part, Positive, Q, Share

FIRST_YEAR, LAST_YEAR = 1970, 9000
"""Days lie between these years, so that no horizon leads out of the calendar."""


class DatabaseSize(Part, Generic[Q]):
    """A size of a managed database has its cores, its price and its memory."""

    cores: Annotated[int, Field(ge=1, le=128)]
    """A node of this size has this many cores."""
    price_hour: Annotated[Q, NotNegative, at_most(1e6)]
    """A node of this size in a single zone has this price, in the currency of the book."""
    memory_gb: Annotated[Q, Positive, within(1e-6, 1e6)] | None = None
    """A node of this size has this much memory; it is required where ``database.memory`` is given."""


class VolumePrice(Part, Generic[Q]):
    """A price of traffic holds for what lies above a month's volume."""

    above_gb_month: Annotated[Number, Field(ge=0)]
    """The price holds for the traffic above this volume."""
    price_gb: Annotated[Q, NotNegative, at_most(1e6)]
    """A gigabyte has this price, in the currency of the book."""


class Prices(Part, Generic[Q]):
    """A price book is dated; its prices are in its currency, which ``eur_per_unit`` turns into euros."""

    as_of: str
    """The prices are those of this day, written as 2024-01-01."""
    source: str
    """The prices are taken from this source."""
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    """The prices are in this currency, written in three capital letters."""
    eur_per_unit: Annotated[Q, Positive, within(1e-6, 1e6)]
    """A unit of the currency is worth this many euros; it is 1 for EUR."""
    change_share_year: Annotated[Q, within(-0.9, 10)] = 0.0  # type: ignore[assignment]
    """All prices of the book change by this share in a year, from week to week; left out, they stay."""
    vcpu_hour: Annotated[Q, NotNegative, at_most(1e6)]
    """A virtual core of the service has this price on demand, in the currency of the book."""
    vcpu_hour_committed_1y: Annotated[Q, NotNegative, at_most(1e6)] | None = None
    """A virtual core that is paid for a year, in use or not, has this price.

    It is required where one is bought.
    """
    vcpu_hour_committed_3y: Annotated[Q, NotNegative, at_most(1e6)] | None = None
    """A virtual core that is paid for three years, in use or not, has this price.

    It is required where one is bought.
    """
    vcpu_hour_spot: Annotated[Q, NotNegative, at_most(1e6)] | None = None
    """A virtual core that may be taken away has this price; it is required where one is bought."""
    cache_node_hour: Annotated[Q, NotNegative, at_most(1e6)]
    """A node of the cache has this price, in the currency of the book."""
    storage_gb_month: Annotated[Q, NotNegative, at_most(1e6)]
    """A stored gigabyte has this price, in the currency of the book."""
    egress_gb: Annotated[Q, NotNegative, at_most(1e6)]
    """A gigabyte of traffic to the internet has this price, in the currency of the book."""
    egress_tiers: Annotated[tuple[VolumePrice[Q], ...], Field(strict=False, max_length=64)] = ()
    """Traffic to the internet has these prices above some volumes, which ascend and begin above 0."""
    cdn_tiers: Annotated[tuple[VolumePrice[Q], ...], Field(strict=False, max_length=64)] = ()
    """Traffic of the content network has these prices by volume, which ascend and begin at 0."""
    load_balancer_month: Annotated[Q, NotNegative, at_most(1e9)]
    """The load balancer has this price, in the currency of the book."""
    database_zones_factor: Annotated[Q, Positive, within(1e-3, 1e3)]
    """A database node costs this many times one in a single zone; it is 1 where no node has a standby."""
    database_sizes: Annotated[dict[str, DatabaseSize[Q]], Field(max_length=1_000)]
    """The database can be bought in these sizes, by name."""
    memory_gb_hour: Annotated[Q, NotNegative, at_most(1e6)] | None = None
    """A gigabyte of ``service.memory`` has this price.

    Left out, memory is part of ``bill.other_eur_month``.
    """


class BillLine(Part, Generic[Q]):
    """A line of the bill that no load explains grows with the users at a pace of its own."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    """The line is called so in the ledger."""
    eur_month: Annotated[Q, NotNegative, at_most(1e12)]
    """The line costs this much today."""
    users_elasticity: Annotated[Q, NotNegative, at_most(3)] = 0.0  # type: ignore[assignment]
    """The line has this elasticity to the users: at 0 it stays, at 1 it grows in proportion."""


class Bill(Part, Generic[Q]):
    """The infrastructure costs more than replicas, database nodes and cache."""

    storage_gb_per_user: Annotated[Q, NotNegative, at_most(1e6)]
    """A user's data are billed at this volume, all copies and stores together.

    ``database.storage.gb_per_user`` is the part of it in one copy of the database, and fills disks.
    """
    response_kb: Annotated[Q, NotNegative, at_most(1e9)]
    """A response has this mean size as it leaves the data centre."""
    other_eur_month: Annotated[Q, NotNegative, at_most(1e12)]
    """Environments, support and whatever else the load does not explain cost this much today."""
    observability_eur_month: Annotated[Q, NotNegative, at_most(1e12)] = 0.0  # type: ignore[assignment]
    """Logs, metrics and traces cost this much today; they grow as the rest of the bill does."""
    cdn_share: Annotated[Q, Share] = 0.0  # type: ignore[assignment]
    """The content network delivers this share of the traffic that leaves."""
    other_elasticity: Annotated[Q, Share]
    """The other costs have this elasticity to the users: at 0 they stay, at 1 they grow in proportion."""
    lines: Annotated[tuple[BillLine[Q], ...], Field(strict=False, max_length=200)] = ()
    """These lines of the bill come on top, each with a pace of its own; left out, there are none."""


class Purchasing(Part, Generic[Q]):
    """The cores of the service are bought on demand, except for what these keys say."""

    committed_vcpus: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    """This many virtual cores are paid in every hour at the committed price, in use or not."""
    committed_years: Literal[1, 3] = 1
    """The commitment lasts this many years, which decides its price."""
    spot_share: Annotated[Q, Share] = 0.0  # type: ignore[assignment]
    """This share of the hours beyond the commitment is bought at the spot price."""


class Revenue(Part, Generic[Q]):
    """The users bring in revenue in proportion to their number."""

    revenue_eur_month: Annotated[Q, Positive, within(0.01, 1e12)]
    """Today's users bring in this much."""
    bought_later_share: Annotated[Q, Share] = 0.0  # type: ignore[assignment]
    """This share of the revenue of requests that fail for good is bought later.

    0.3 to 0.5 is a guess that nobody measured; 0 loses all of it.
    """
    latency_lost_share_per_100_ms: Annotated[Q, Share] = 0.0  # type: ignore[assignment]
    """Every 100 ms of a week's mean latency above the reference lose this share of the revenue."""
    latency_reference_ms: Annotated[Q, NotNegative, at_most(HOUR_MS)] = 0.0  # type: ignore[assignment]
    """No revenue is lost up to this mean latency."""


BudgetShares = Annotated[tuple[Annotated[Number, Field(ge=0, le=1)], ...], Field(strict=False, max_length=40)]


class Budget(Part):
    """A budget was set aside for the horizon, over the cost of standing still."""

    infrastructure_eur: Annotated[Number, Field(ge=0)]
    """The infrastructure may cost this much more than standing still, over the whole horizon."""
    team_eur: Annotated[Number, Field(ge=0)]
    """The team may cost this much more than standing still, over the whole horizon."""
    quarter_shares: BudgetShares | None = None
    """Each three months of the horizon have this share of both budgets; left out, that of their weeks."""
    fiscal_year_first_month: Annotated[int, Field(ge=1, le=12)] = 1
    """Fiscal years, and their quarters, begin with this month, of a scenario that says when it starts."""


class Workplace(Part, Generic[Q]):
    """A developer costs more than the salary."""

    office_eur_month: Annotated[Q, NotNegative, at_most(1e9)]
    """The place of a developer costs this much."""
    tools_eur_month: Annotated[Q, NotNegative, at_most(1e9)]
    """The tools of a developer cost this much."""


def day_as_text(value: Any) -> Any:
    """Write a day as text, whether it was given as one or as a date of TOML.

    >>> day_as_text(date(2024, 7, 1)), day_as_text("2024-07-01")
    ('2024-07-01', '2024-07-01')
    """
    text = value.isoformat() if type(value) is date else value
    try:
        found = date.fromisoformat(text) if isinstance(text, str) and len(text) == len("2024-07-01") else None
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        required = f"must be a day from {FIRST_YEAR} to {LAST_YEAR}, as 2024-07-01"
        raise ValueError(f"{required}, got {str(value)[:40]!r}")
    return text


class Finance(Part):
    """Money has a price over time, and the company has some of it."""

    discount_rate_year: Annotated[Number, Field(ge=0, le=10)] = 0.0
    """Present values discount by this rate for a year."""
    cash_eur: Annotated[Number, Field(ge=0)] = 0.0
    """The company has this balance on the first day, from which the runway is counted."""
    other_costs_eur_month: Annotated[Number, Field(ge=0)] = 0.0
    """The rest of the company, whose work is not simulated, costs this much; it is in no budget."""
