"""The ledger with the column names of FOCUS, the FinOps Foundation's specification of cost and usage."""

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from simulator.draws.streams import Sampling
from simulator.report.ledger.books import MeanLine, books_of, mean_lines
from simulator.report.words.calendar import date_of_week
from simulator.risk.weekly import weeks_of_scenario
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.units import DAYS_PER_WEEK

SERVICE_CATEGORIES = {
    "compute": "Compute",
    "database": "Databases",
    "cache": "Databases",
    "storage": "Storage",
    "network": "Networking",
    "other": "Management and Governance",
}
"""Categories of services as FOCUS names them; a service outside the cloud is Other."""
FORECAST = "growthsim forecast"
"""Name for the biller, seller and provider that FOCUS requires, as a forecast has none."""
COMMITTED = "Committed"
PURCHASED = ("plan", "hiring")
"""Categories that are bought once, and not used."""
NULLABLE = {
    **dict.fromkeys(
        ("BillingAccountName", "SubAccountId", "SubAccountName", "RegionId", "RegionName", "ResourceID",
         "ResourceName", "ResourceType", "ChargeClass", "ConsumedUnit"), pl.String),
    "ConsumedQuantity": pl.Float64,
}  # fmt: skip
"""Types of columns that may be null in every row."""
_OF_COMMITMENTS = (
    *("CommitmentDiscountId", "CommitmentDiscountName", "CommitmentDiscountCategory"),
    *("CommitmentDiscountType", "CommitmentDiscountStatus"),
)


FIRST_DAY = "2024-01-01"
"""Weeks are dated from this day where a scenario does not say when it starts, as FOCUS has no week."""


def focus_ledger(
    scenarios: Sequence[Scenario[Quantity]],
    *,
    seed: int,
    weeks: pl.DataFrame | pl.LazyFrame,
    actions: pl.DataFrame,
    sampling: Sampling = "random",
) -> pl.DataFrame:
    """Means over the runs of every line of every week that is not nothing, with FOCUS's column names.

    Commitments are paid week by week, so what is billed is what is effective; contracted prices are those
    that are paid but for commitments, which are discounts of the list. Weeks are dated from
    ``scenario.starts``, or from ``FIRST_DAY``, and each is a billing period of its own. What FOCUS has no
    column for begins with x_.

    The columns are those that version 1.0 requires. What a forecast cannot state is null, as resources and
    regions; where null is not allowed it says that it is one: nobody was billed, or issued an invoice.
    ``ChargeType`` is what version 0.5 called the charge category, by which focus-validator 1.0.0 still asks.
    """
    found: list[dict[str, Any]] = []
    for scenario in scenarios:
        rows = weeks_of_scenario(weeks, scenario.scenario.name)
        books = list(books_of(scenario, seed=seed, sampling=sampling, rows=rows, actions=actions))
        for week in range(rows.weeks):
            lines = mean_lines([part.lines(week) for part in books])
            found += [_focus(scenario, week, line) for line in lines if line.quantity and line.eur]
    return pl.DataFrame(
        found,
        infer_schema_length=None,
        schema_overrides={**NULLABLE, **dict.fromkeys(_OF_COMMITMENTS, pl.String)},
    )


def _commitment(line: MeanLine, years: int) -> dict[str, str | None]:
    """The commitment that a line is paid by, if any."""
    if line.pricing != COMMITTED:
        return dict.fromkeys(_OF_COMMITMENTS)
    status = line.service.rsplit(", ", 1)[1].capitalize()
    name = f"cores committed for {years} {'year' if years == 1 else 'years'}"
    said = (f"{sku_of(line)}-{years}y", name, "Usage", name, status)
    return dict(zip(_OF_COMMITMENTS, said, strict=True))


def sku_of(line: MeanLine) -> str:
    """Give an identifier of the purchased product, one for all parts of a commitment.

    >>> sku_of(MeanLine(category="network", service="egress, above 3,000 GB a month", unit="GB",
    ...     pricing="Standard", quantity=1.0, eur=1.0, list_eur=1.0))
    'network-egress-above-3-000-gb-a-month'
    """
    service = line.service.rsplit(", ", 1)[0] if line.pricing == COMMITTED else line.service
    return re.sub(r"[^a-z0-9]+", "-", f"{line.category} {service}".lower()).strip("-")


def _frequency(line: MeanLine) -> str:
    if line.category in PURCHASED:
        return "Recurring" if line.service.endswith("double running") else "One-Time"
    return "Recurring" if line.category not in SERVICE_CATEGORIES else "Usage-Based"


def _focus(scenario: Scenario[Quantity], week: int, line: MeanLine) -> dict[str, Any]:
    opens = date_of_week(date.fromisoformat(scenario.scenario.starts or FIRST_DAY), week)
    closes = opens + timedelta(days=DAYS_PER_WEEK)
    committed, unused = line.pricing == COMMITTED, line.service.endswith(", unused")
    usage = line.category not in PURCHASED
    charge = "Usage" if usage else "Purchase"
    consumed = usage and not (committed and unused)
    opens_at, closes_at = (f"{day.isoformat()}T00:00:00Z" for day in (opens, closes))
    list_price, paid_price = line.list_eur / line.quantity, line.eur / line.quantity
    return {
        "BillingAccountId": FORECAST,
        "BillingAccountName": None,
        "SubAccountId": None,
        "SubAccountName": None,
        "BillingPeriodStart": opens_at,
        "BillingPeriodEnd": closes_at,
        "InvoiceIssuer": FORECAST,
        "Provider": FORECAST,
        "Publisher": FORECAST,
        "RegionId": None,
        "RegionName": None,
        "ResourceID": None,
        "ResourceName": None,
        "ResourceType": None,
        "SkuId": sku_of(line),
        "SkuPriceId": f"{sku_of(line)}-{scenario.prices.as_of}",
        "Tags": json.dumps({"forecast": "true", "scenario": scenario.scenario.name}, ensure_ascii=False),
        "ChargePeriodStart": opens_at,
        "ChargePeriodEnd": closes_at,
        "BillingCurrency": "EUR",
        "BilledCost": line.eur,
        "EffectiveCost": line.eur,
        "ListCost": line.list_eur,
        "ContractedCost": line.list_eur if committed else line.eur,
        "ServiceCategory": SERVICE_CATEGORIES.get(line.category, "Other"),
        "ServiceName": line.service,
        "ChargeCategory": charge,
        "ChargeType": charge,
        "ChargeClass": None,
        "ChargeFrequency": _frequency(line),
        "ChargeDescription": f"forecast of {line.service}, week {week}",
        "PricingCategory": line.pricing,
        "PricingCurrency": scenario.prices.currency,
        "PricingQuantity": line.quantity,
        "PricingUnit": line.unit,
        "ConsumedQuantity": line.quantity if consumed else None,
        "ConsumedUnit": line.unit if consumed else None,
        "ListUnitPrice": list_price,
        "ContractedUnitPrice": list_price if committed else paid_price,
        **_commitment(line, scenario.purchasing.committed_years),
        "x_IsForecast": True,
        "x_Scenario": scenario.scenario.name,
        "x_Week": week,
        "x_Category": line.category,
    }
