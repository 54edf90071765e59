"""A FOCUS export becomes euros by service and month: what was billed, credits and refunds included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from simulator.arrays import Floats
from simulator.fit.people.columns import DAY_S, days_of, has, needed
from simulator.fit.tables import Table, numbers_of

COSTS = ("EffectiveCost", "BilledCost")
"""Commitments count in the months that use them, where the export says so."""
NEEDED = ("ServiceName", "ServiceCategory", "BillingCurrency", "ChargePeriodStart")


@dataclass(frozen=True, kw_only=True)
class Months:
    """Costs of whole months by service, in the currency of the bill."""

    currency: str
    months: tuple[date, ...]
    """First days, in a row without gaps."""
    costs: Mapping[tuple[str, str], Floats]
    """Costs by category and service, (m,) each."""
    notes: tuple[str, ...]


def is_focus(table: Table) -> bool:
    """Tell if a file has the columns of a FOCUS export that a bill is made of."""
    return has(table, *NEEDED) and any(name in table.columns for name in COSTS)


def months_of(table: Table) -> Months:
    """Sum a FOCUS export by month, category and service; months that it does not hold whole are left out.

    Raises ScenarioError with line and column of what is no cost, no date, or of another currency.
    """
    cost = next(name for name in COSTS if name in table.columns)
    euros = numbers_of(table, cost, least=-1e15)
    begins = needed(table, "ChargePeriodStart", days_of(table, "ChargePeriodStart"))
    ends = days_of(table, "ChargePeriodEnd") if has(table, "ChargePeriodEnd") else [None] * len(begins)
    currencies = table.column("BillingCurrency")
    for at, currency in enumerate(currencies):
        if currency != currencies[0]:
            table.wrong(at, "BillingCurrency", f"must be {currencies[0]}, as in the first line")
    of_row = [_day(day).replace(day=1) for day in begins]
    first, last = min(of_row), max(of_row)
    months = _row(first, last)
    whole, notes = _whole(months, begins, [end for end in ends if end is not None])
    costs: dict[tuple[str, str], Floats] = {}
    services = zip(table.column("ServiceCategory"), table.column("ServiceName"), strict=True)
    for named, month, eur in zip(services, of_row, euros, strict=True):
        costs.setdefault(named, np.zeros(len(months)))[months.index(month)] += eur
    kept = [at for at, month in enumerate(months) if month in whole]
    return Months(
        currency=currencies[0],
        months=tuple(months[at] for at in kept),
        costs={named: values[kept] for named, values in costs.items()},
        notes=tuple(notes),
    )


def _whole(
    months: Sequence[date], begins: Sequence[float], ends: Sequence[float]
) -> tuple[set[date], list[str]]:
    """Months from whose first day to whose last the export tells; where no day ends, all of them."""
    if not ends or len(months) == 1:
        return set(months), []
    told_from, told_to = _day(min(begins)), _day(max(ends))
    whole = {month for month in months if month >= told_from and _after(month) <= told_to}
    cut = [month for month in months if month not in whole]
    said = ", ".join(f"{month:%Y-%m}" for month in cut)
    return whole, [f"The export does not hold all of {said}, which is left out."] if cut else []


def _row(first: date, last: date) -> list[date]:
    months = [first]
    while months[-1] < last:
        months.append(_after(months[-1]))
    return months


def _after(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def _day(day: float) -> date:
    return datetime.fromtimestamp(day * DAY_S, UTC).date()
