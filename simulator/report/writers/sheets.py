"""Tables of the spreadsheet: the comparison in numbers, the ledger and cash by month, plans against demands.

A cell may be (value, number format).
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from simulator.quantities.quantity import Quantity
from simulator.report.folder.reading import Results
from simulator.report.rows.budgets import budget_amounts, columns, period_text
from simulator.report.rows.found import Found
from simulator.report.rows.lines import Line, comparison, found_in
from simulator.report.rows.row import Part
from simulator.report.summary.crossed import PARTS
from simulator.report.words import Words
from simulator.report.words.calendar import date_text, with_date
from simulator.report.writers.number_formats import AMOUNT, EUR, PRICE, SHARE, number_format
from simulator.risk.money import SUFFIXES
from simulator.units import first_week_of_month, month_of_week

SECONDS = ("s", "ms")
CASH = ("mean", "se", "p05", "p50", "p95")
"""Statistics of the flow and of the balance of a month."""


def comparison_header(results: Results, words: Words) -> list[str]:
    """Titles of the columns of ``comparison_rows``."""
    ends = [words("sheet.low"), words("sheet.high")]
    return ["", *(title for scenario in results.scenarios for title in (scenario.name, *ends))]


def comparison_rows(results: Results, words: Words) -> Iterator[list[Any]]:
    """The report's comparison, three columns a scenario: a number with its 95 % interval, or words."""
    scenarios = found_in(results.summary)
    for group in comparison(results.summary, words):
        yield [group.title.upper()]
        for line in group.lines:
            yield from _compared(line, scenarios, words)


def _compared(line: Line, scenarios: list[Found], words: Words) -> Iterator[list[Any]]:
    indent = "    " if line.under else ""
    if not line.parts:
        yield [indent + line.label, *(cell for text in line.cells for cell in (text, None, None))]
    for part in line.parts:
        said = words.messages.get(part.said, part.said) or _unit_said(part.quantity)
        label = said if part.alone else ", ".join([line.label, *filter(None, [said])])
        yield [indent + label, *(cell for found in scenarios for cell in _numbers(part, found, words))]


def _unit_said(quantity: Quantity) -> str:
    """The unit that stands beside a label, as a number alone does not tell it."""
    return quantity.unit if quantity.unit in SECONDS else ""


def _numbers(part: Part, found: Found, words: Words) -> list[Any]:
    """A number and the ends of its interval, with their format."""
    value, low, high = part.numbers(found)
    quantity = part.quantity
    without_limit = value is None and quantity.threshold == "latency_p95_ms"
    shown = words("axis.saturated") if without_limit else value
    return [(number, number_format(quantity)) for number in (shown, low, high)]


def ledger_header(words: Words) -> list[str]:
    """Titles of the columns of ``ledger_rows``."""
    columns = ("month", "category", "service", "unit", "amount", "price", "eur")
    return [words("advice.scenario"), *(words(f"sheet.{column}") for column in columns)]


def ledger_rows(results: Results, words: Words) -> Iterator[list[Any]]:
    """A row a scenario, month and line of the ledger: means over the runs, the price being their ratio."""
    found: dict[tuple[Any, ...], list[tuple[float, float]]] = defaultdict(list)
    keys = ("x_Scenario", "x_Week", "x_Category", "ServiceName", "PricingUnit")
    ledger = results.frames["ledger"].lazy().select(*keys, "PricingQuantity", "BilledCost").collect()
    for scenario, week, *line, quantity, eur in ledger.iter_rows():
        found[scenario, month_of_week(week), *line].append((quantity, eur))
    for (scenario, month, category, service, unit), weeks in found.items():
        quantity, eur = (math.fsum(of) for of in zip(*weeks, strict=True))
        price = (eur / quantity, PRICE)
        line = [words.term("cost", category), service, unit]
        yield [scenario, month, *line, (quantity, AMOUNT), price, (eur, EUR)]


def cash_header(words: Words) -> list[str]:
    """Titles of the columns of ``cash_rows``."""
    figures = [words("sheet.mean"), words("sheet.se"), "p5", "p50", "p95"]
    flows = [f"{words(f'sheet.{name}')}, {figure}" for name in ("flow", "balance") for figure in figures]
    spent = [words(f"sheet.{name}") for name in ("one_off", "hiring_spent", "owed")]
    day = [words("sheet.date")] if date_text(0) else []
    return [words("advice.scenario"), words("sheet.basis"), words("sheet.month"), *day, *flows, *spent]


def cash_rows(results: Results, words: Words) -> Iterator[list[Any]]:
    """A row a scenario, basis and month: flow, balance, and what is irreversible by then."""
    for scenario in results.scenarios:
        cash = scenario.summary["cash"]
        for basis in SUFFIXES:
            months = zip(
                cash[basis]["flow_eur"], cash[basis]["balance_eur"], cash["irreversible"], strict=True
            )
            for flow, balance, spent in months:
                amounts = [month[figure] for month in (flow, balance) for figure in CASH]
                amounts += [spent[f"{name}_eur"]["estimate"] for name in ("one_off", "hiring")]
                amounts.append(spent["commitment_owed_eur"])
                cells = [(amount, EUR) for amount in amounts]
                day = filter(None, [date_text(first_week_of_month(spent["month"]))])
                yield [scenario.name, words(f"basis.{basis}"), spent["month"], *day, *cells]


def budget_header(words: Words) -> list[str]:
    """Titles of the columns of ``budget_amount_rows``."""
    return [words("advice.scenario"), *columns(words)]


def budget_amount_rows(results: Results, words: Words) -> Iterator[list[Any]]:
    """A row a scenario, period and domain, quarters before years: planned, expected, p80 and variance."""
    for scenario in results.scenarios:
        for name, week, domain, amounts in budget_amounts(scenario.summary):
            period = with_date(period_text(name, words), week)
            cells = [(amount, EUR) for amount in amounts]
            yield [scenario.name, period, words.term("cost", domain), *cells]


def cross_header(words: Words) -> list[str]:
    """Titles of the columns of ``cross_rows``."""
    figures = [
        f"{words(f'sheet.{figure}')}{part}" for figure in PARTS for part in ("", f", {words('sheet.se')}")
    ]
    chance = [words("choice.p_best"), words("sheet.low"), words("sheet.high")]
    return [words("choice.plan"), words("sheet.path"), words("sheet.weight"), *figures, *chance]


def cross_rows(results: Results, words: Words) -> Iterator[list[Any]]:
    """A row a plan and demand path: what it costs, loses and may be regretted for; none where not asked."""
    if results.summary["regret"] is None:
        return
    cross = results.summary["cross"]
    for row, plan in enumerate(cross["plans"]):
        best = results.summary["p_best"][plan]
        for column, path in enumerate(cross["paths"]):
            amounts = [cross[figure][row][column][part] for figure in PARTS for part in ("estimate", "se")]
            yield [
                words.plan(plan),
                words.plan(path),
                (cross["weights"][path], SHARE),
                *((amount, EUR) for amount in amounts),
                *((best[part], SHARE) for part in ("estimate", "low", "high")),
            ]
