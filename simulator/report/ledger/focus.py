"""The ledger with the column names of FOCUS, the FinOps Foundation's specification of cost and usage."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from simulator.report.ledger.books import MeanLine, books_of, mean_lines
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


def focus_ledger(
    scenarios: Sequence[Scenario[Quantity]],
    *,
    seed: int,
    weeks: pl.DataFrame | pl.LazyFrame,
    actions: pl.DataFrame,
) -> pl.DataFrame:
    """Means over the runs of every line of every week that is not nothing, with FOCUS's column names.

    Commitments are paid week by week, so what is billed is what is effective; contracted prices are those
    that are paid but for commitments, which are discounts of the list. Weeks are dated from the scenario's
    ``finance.first_day``. What FOCUS has no column for begins with x_.
    """
    found: list[dict[str, Any]] = []
    for scenario in scenarios:
        rows = weeks_of_scenario(weeks, scenario.scenario.name)
        books = list(books_of(scenario, seed=seed, rows=rows, actions=actions))
        for week in range(rows.weeks):
            lines = mean_lines([part.lines(week) for part in books])
            found += [_focus(scenario, week, line) for line in lines if line.quantity and line.eur]
    return pl.DataFrame(found, infer_schema_length=None)


def _focus(scenario: Scenario[Quantity], week: int, line: MeanLine) -> dict[str, Any]:
    opens = date.fromisoformat(scenario.finance.first_day) + timedelta(days=week * DAYS_PER_WEEK)
    closes = opens + timedelta(days=DAYS_PER_WEEK)
    committed = line.pricing == "Committed"
    return {
        "ChargePeriodStart": f"{opens.isoformat()}T00:00:00Z",
        "ChargePeriodEnd": f"{closes.isoformat()}T00:00:00Z",
        "BillingCurrency": "EUR",
        "BilledCost": line.eur,
        "EffectiveCost": line.eur,
        "ListCost": line.list_eur,
        "ContractedCost": line.list_eur if committed else line.eur,
        "ServiceCategory": SERVICE_CATEGORIES.get(line.category, "Other"),
        "ServiceName": line.service,
        "ChargeCategory": "Purchase" if line.category in ("plan", "hiring") else "Usage",
        "ChargeDescription": f"{line.service}, week {week}",
        "PricingCategory": line.pricing,
        "PricingCurrency": scenario.prices.currency,
        "PricingQuantity": line.quantity,
        "PricingUnit": line.unit,
        "ListUnitPrice": line.list_eur / line.quantity,
        "ContractedUnitPrice": (line.list_eur if committed else line.eur) / line.quantity,
        "CommitmentDiscountStatus": line.service.rsplit(", ", 1)[1].capitalize() if committed else None,
        "x_Scenario": scenario.scenario.name,
        "x_Week": week,
        "x_Category": line.category,
    }
