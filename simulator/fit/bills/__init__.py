"""Bills that were paid, or that Infracost foresees, become lines of the bill, each at its own pace."""

from datetime import date
from pathlib import Path

import numpy as np

from simulator.arrays import Floats
from simulator.fit.bills.focus import NEEDED, Months, is_focus, months_of
from simulator.fit.bills.infracost import Estimated, estimated_in
from simulator.fit.bills.lines import category_of, entries_of, lines_of, sizes_of
from simulator.fit.bills.parts import Parts, parts_of
from simulator.fit.fragment import Entry
from simulator.fit.people.columns import days_of, needed
from simulator.fit.people.survival import Estimate
from simulator.fit.record import Fitted, Found
from simulator.fit.tables import numbers_of, table_in
from simulator.report.figures.chart import Axis, Chart, Figure, Line
from simulator.scenario.keys.quantity import Quantity, central
from simulator.scenario.reading.faults import Fault, ScenarioError
from simulator.scenario.root import Scenario

__all__ = ["fit_bills"]


def fit_bills(
    file: Path, *, users: Path | None = None, scenario: Scenario[Quantity] | None = None,
    eur_per_unit: float | None = None,
) -> Fitted:  # fmt: skip
    r"""Fit the fixed and the growing part of each service to its months, or take what Infracost foresees.

    Categories that the load explains are written less what a scenario's own price book bills for them, so
    that nothing is paid twice; without a scenario they are told and not written.

    Args:
        file: a FOCUS export (CSV), or Infracost's JSON.
        users: a CSV of dates and users; without it nobody knows what grows with them.
        scenario: whose prices explain a part of the bill.
        eur_per_unit: euros of a unit of the bill's currency; None for 1 in EUR, or that of the price book.

    Raises ScenarioError with line and column of what cannot be.

    >>> import tempfile
    >>> header = "BilledCost,BillingCurrency,ChargePeriodStart,ServiceCategory,ServiceName"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "bill.csv"
    ...     _ = file.write_text(f"{header}\n420,EUR,2025-01-01,Security,Keys\n")
    ...     fitted = fit_bills(file)
    >>> fitted.entries[0].value
    [{'name': 'Keys, fixed', 'eur_month': 420.0, 'users_elasticity': 0.0}]
    """
    if file.suffix.lower() == ".json":
        found = estimated_in(file)
        return _of_infracost(file, found, _rate(file, found.currency, scenario, eur_per_unit), scenario)
    table = table_in(file)
    if not is_focus(table):
        required = f"must be Infracost's JSON, or a FOCUS export with {', '.join(NEEDED)} and BilledCost"
        raise ScenarioError(file, [Fault(key="", required=required, got=", ".join(table.columns)[:200])])
    months = months_of(table)
    rate = _rate(file, months.currency, scenario, eur_per_unit)
    return _of_focus(file, months, _users(users, months), rate, scenario)


def _of_focus(
    file: Path, months: Months, counted: Floats, rate: float, scenario: Scenario[Quantity] | None
) -> Fitted:
    users, today = counted[:-1], counted[-1]
    fits = {named: parts_of(eur * rate, users, today) for named, eur in months.costs.items()}
    whole = np.add.reduce(list(months.costs.values())) * rate
    total = parts_of(whole, users, today)
    dates = f"{months.months[0]:%Y-%m} to {months.months[-1]:%Y-%m}"
    lines, notes = lines_of(fits, scenario)
    if np.ptp(users) == 0:
        notes.append("Without the users of these months nobody knows what grows with them: all is fixed.")
    found = [_found("bill, fixed", total.fixed), _found("bill, growing with the users", total.growing)]
    for (_, service), part in sorted(fits.items(), key=lambda one: -one[1].eur_month):
        found += [_found(f"{service}, fixed", part.fixed), _found(f"{service}, growing", part.growing)]
    law = total.fixed.value + total.growing.value * users / today
    return Fitted(
        title="Bills",
        source=file.name,
        dates=dates,
        found=tuple(one for one in found if one.high > 0),
        entries=entries_of(lines, file.name, dates, "least squares over the months, fixed + growing x users"),
        notes=(*months.notes, *notes),
        figure=_figure(whole, law),
    )


def _of_infracost(
    file: Path, estimated: Estimated, rate: float, scenario: Scenario[Quantity] | None
) -> Fitted:
    fits: dict[tuple[str, str], list[float]] = {}
    for one in estimated.components:
        fixed_growing = fits.setdefault((category_of(one), one.resource), [0.0, 0.0])
        fixed_growing[one.by_usage] += (one.eur_month or 0.0) * rate
    parts = {
        named: Parts(fixed=_certain(fixed), growing=_certain(growing), strays=0.0)
        for named, (fixed, growing) in fits.items()
    }
    lines, notes = lines_of(parts, scenario)
    unknown = sorted({f"{one.resource}: {one.name}" for one in estimated.components if one.eur_month is None})
    if unknown:
        notes.append(f"Infracost was told no usage of {', '.join(unknown)[:300]}: these count as nothing.")
    entries = entries_of(lines, file.name, estimated.made, "as Infracost foresees; what follows usage grows")
    sizes, told = sizes_of(estimated, scenario)
    if sizes:
        entries = (
            *entries,
            Entry(key="prices.database_sizes", value=sizes, source=file.name, date=estimated.made,
                  why="an hour of an instance, in the currency of the price book"),
        )  # fmt: skip
    found = [
        _found(f"{resource}, {way}", of)
        for (_, resource), part in parts.items()
        for way, of in (("fixed", part.fixed), ("by usage", part.growing))
    ]
    return Fitted(
        title="Bills",
        source=file.name,
        dates=estimated.made,
        found=(*(one for one in found if one.value > 0), *told),
        entries=entries,
        notes=tuple(notes),
    )


def _users(file: Path | None, months: Months) -> Floats:
    """Mean users of each month, and at the end those of the last date, (m + 1,).

    Raises ScenarioError for a month without any.
    """
    if file is None:
        return np.ones(len(months.months) + 1)
    table = table_in(file)
    when, counted = table.columns if len(table.columns) == 2 else ("date", "users")
    days = needed(table, when, days_of(table, when))
    counts = np.array(numbers_of(table, counted, above=True))
    of = np.array([date.fromordinal(int(day) + _EPOCH).replace(day=1) for day in days])
    found = []
    for month in months.months:
        here = counts[of == month]
        if not len(here):
            required = f"must tell the users of every month of the bill, as {month:%Y-%m}"
            raise ScenarioError(file, [Fault(key="", required=required, got="none")])
        found.append(float(here.mean()))
    return np.array([*found, counts[int(np.argmax(days))]])


_EPOCH = date(1970, 1, 1).toordinal()


def _rate(
    file: Path, currency: str, scenario: Scenario[Quantity] | None, eur_per_unit: float | None
) -> float:
    """Euros of a unit of the bill's currency."""
    if eur_per_unit is not None:
        return eur_per_unit
    if currency == "EUR":
        return 1.0
    if scenario is not None and scenario.prices.currency == currency:
        return float(central(scenario.prices.eur_per_unit))
    required = "must be in EUR, or in the currency of --scenario's price book, or given with --eur-per-unit"
    raise ScenarioError(file, [Fault(key="", required=required, got=currency[:10])])


def _certain(value: float) -> Estimate:
    return Estimate(value=value, low=value, high=value)


def _found(name: str, of: Estimate) -> Found:
    return Found(name=name, value=of.value, low=of.low, high=of.high, unit="EUR a month")


def _figure(eur: Floats, law: Floats) -> Figure:
    months, most = np.arange(len(eur), dtype=np.float64), float(max(eur.max(), law.max(), 1.0)) * 1.05
    numbers = tuple((month, f"{month + 1:.0f}") for month in months)
    ticks = tuple((most * i / 4, f"{most * i / 4:,.0f}") for i in range(5))
    words = "The bill of each month in euros, and fixed and growing parts together."
    chart = Chart(
        title="EUR a month",
        words=words,
        x=Axis(low=0.0, high=max(float(months[-1]), 1.0), ticks=numbers, label="month"),
        y=Axis(low=0.0, high=most, ticks=ticks),
        layers=(
            Line(x=months, y=eur, weight="inner", label=""),
            Line(x=months, y=law, weight="median", label=""),
        ),
        left=70,
    )  # fmt: skip
    return Figure(name="bills", title="Bills: months and what grows", caption=words, charts=(chart,))
