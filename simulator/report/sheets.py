"""Tables of the spreadsheet that the report does not have: cash by month, and plans against demands."""

from collections.abc import Iterator
from typing import Any

from simulator.report.crossed import PARTS
from simulator.report.reading import Results
from simulator.report.words import Words
from simulator.risk.money import SUFFIXES

CASH = ("mean", "se", "p05", "p50", "p95")
"""Of the flow and of the balance of a month."""


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
