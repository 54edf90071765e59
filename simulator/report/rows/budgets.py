"""Budgets by period as every output shows them: planned, expected, p80 and variance."""

from collections.abc import Mapping
from typing import Any

from simulator.report.words import Words
from simulator.report.words.calendar import with_date

DOMAINS = ("infrastructure", "team", "total")
FIGURES = ("planned", "expected", "p80", "variance")
"""Columns of amounts; a variance above nothing is overspent."""


def columns(words: Words) -> list[str]:
    """Titles of the columns."""
    return [words(f"budgets.{name}") for name in ("period", "domain", *FIGURES)]


def budget_amounts(scenario: Mapping[str, Any]) -> list[tuple[str, int, str, list[float]]]:
    """Name, first week, domain and amounts of each quarter, then year; none of results without them."""
    periods = scenario.get("budgets", {})
    return [
        (one["period"], one["first_week"], domain, _amounts(one[domain]))
        for kind in ("quarter", "fiscal_year")
        for one in periods.get(kind, ())
        for domain in DOMAINS
    ]


def budget_rows(scenario: Mapping[str, Any], words: Words) -> list[list[str]]:
    """A row of cells for each period and domain."""
    return [
        [with_date(period_text(name, words), week), words.term("cost", domain), *map(words.eur, amounts)]
        for name, week, domain, amounts in budget_amounts(scenario)
    ]


def period_text(name: str, words: Words) -> str:
    """A period in the reader's language: one of the horizon is counted, one of the calendar is a name.

    >>> from simulator.report.words import words_of
    >>> period_text("quarter 2", words_of("fr")), period_text("2024 Q3", words_of("fr"))
    ('trimestre 2', '2024 Q3')
    """
    kind, _, count = name.partition(" ")
    return words(f"budgets.{kind}", count=count) if kind in ("quarter", "year") else name


def _amounts(domain: Mapping[str, Any]) -> list[float]:
    expected = domain["expected_eur"]
    return [domain["planned_eur"], expected["mean"], expected["p80"], domain["variance_eur"]]
