"""Tables of the spreadsheet: the comparison in numbers, the ledger and cash by month, plans against demands.

A cell may be (value, name of its figure), from which its format follows.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from simulator.report.folder.reading import Results
from simulator.report.rows.comparison import Row, comparison
from simulator.report.rows.measured import Measured
from simulator.report.summary.crossed import PARTS
from simulator.report.words import Words
from simulator.risk.money import SUFFIXES
from simulator.units import month_of_week

CASH = ("mean", "se", "p05", "p50", "p95")
"""Of the flow and of the balance of a month."""


def comparison_header(results: Results, words: Words) -> list[str]:
    """Titles of the columns of ``comparison_rows``."""
    ends = [words("sheet.low"), words("sheet.high")]
    return ["", *(title for scenario in results.scenarios for title in (scenario.name, *ends))]


def comparison_rows(results: Results, words: Words) -> Iterator[list[Any]]:
    """The report's comparison, three columns a scenario: a number with its 95 % interval, or words."""
    for group in comparison(results.summary, words):
        yield [group.title.upper()]
        for row in group.rows:
            yield from _compared(row, results.summary["scenarios"], words)


def _compared(row: Row, scenarios: list[dict[str, Any]], words: Words) -> Iterator[list[Any]]:
    indent = "    " if row.under else ""
    if not row.measured:
        yield [indent + row.label, *(cell for text in row.cells for cell in (text, None, None))]
    for one in row.measured:
        part = words.messages.get(one.part, one.part)
        label = part if one.alone else ", ".join([row.label, *filter(None, [part])])
        yield [indent + label, *(cell for scenario in scenarios for cell in _numbers(one, scenario, words))]


def _numbers(one: Measured, scenario: dict[str, Any], words: Words) -> list[Any]:
    value, *interval = one.of(scenario)
    saturated = value is None and one.figure.startswith("latency")
    shown = words("axis.saturated") if saturated else value
    return [(number, one.figure) for number in (shown, *interval)]


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
        price = (eur / quantity, "_eur_per_")
        line = [words.term("cost", category), service, unit]
        yield [scenario, month, *line, (quantity, "quantity"), price, (eur, "_eur")]


def cash_header(words: Words) -> list[str]:
    """Titles of the columns of ``cash_rows``."""
    figures = [words("sheet.mean"), words("sheet.se"), "p5", "p50", "p95"]
    flows = [f"{words(f'sheet.{name}')}, {figure}" for name in ("flow", "balance") for figure in figures]
    spent = [words(f"sheet.{name}") for name in ("one_off", "hiring_spent", "owed")]
    return [words("advice.scenario"), words("sheet.basis"), words("sheet.month"), *flows, *spent]


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
                cells = [(amount, "_eur") for amount in amounts]
                yield [scenario.name, words(f"basis.{basis}"), spent["month"], *cells]


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
                (cross["weights"][path], "_share"),
                *((amount, "_eur") for amount in amounts),
                *((best[part], "_share") for part in ("estimate", "low", "high")),
            ]
