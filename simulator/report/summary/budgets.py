"""Budgets by quarter and by fiscal year: planned, expected, p80 and variance, over standing still."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np

from simulator.arrays import Floats
from simulator.report.summary.spread import spread
from simulator.report.words.calendar import date_of_week
from simulator.risk.weekly import ScenarioWeeks, by_week, total
from simulator.scenario.root import Scenario
from simulator.units import MONTHS_PER_YEAR, month_of_week

QUARTER_MONTHS = 3
DOMAINS = ("infrastructure", "team")
SHOWN = {"p50": 0.50, "p80": 0.80, "p95": 0.95}


def budgets(scenario: Scenario[Any], rows: ScenarioWeeks) -> dict[str, Any]:
    """The budgets of each quarter and of each fiscal year, a week in the one in which it begins."""
    planned = {domain: planned_week_eur(scenario, domain, rows.weeks) for domain in DOMAINS}
    spent = {
        domain: by_week(rows, f"cost_{domain}_eur") - by_week(rows, f"standstill_{domain}_eur")
        for domain in DOMAINS
    }
    return {
        "budgets": {
            period: [_period(weeks, planned, spent, starts) for weeks, starts in _weeks_in(named, rows.weeks)]
            for period, named in namers(scenario).items()
        }
    }


def calendar(scenario: Scenario[Any], weeks: int) -> dict[str, Any]:
    """The day on which each week begins, where the scenario says when it starts."""
    starts = scenario.scenario.starts
    if starts is None:
        return {}
    first = date.fromisoformat(starts)
    return {
        "starts": starts,
        "dates_of_weeks": [date_of_week(first, week).isoformat() for week in range(weeks)],
    }


def planned_week_eur(scenario: Scenario[Any], domain: str, weeks: int) -> Floats:
    """The budget of a domain by week, (w,): even, or by the shares of each three months, even in them."""
    budget: float = getattr(scenario.budget, f"{domain}_eur")
    shares = scenario.budget.quarter_shares
    quarter = np.array([(month_of_week(week) - 1) // QUARTER_MONTHS for week in range(weeks)])
    counts = np.bincount(quarter)
    of_quarter = counts / weeks if shares is None else np.array(shares)
    found: Floats = budget * of_quarter[quarter] / counts[quarter]
    return found


def namers(scenario: Scenario[Any]) -> dict[str, Callable[[int], str]]:
    """The name of the quarter, and of the fiscal year, in which a week begins."""
    starts = scenario.scenario.starts
    if starts is None:
        return {
            "quarter": lambda week: f"quarter {(month_of_week(week) - 1) // QUARTER_MONTHS + 1}",
            "fiscal_year": lambda week: f"year {(month_of_week(week) - 1) // MONTHS_PER_YEAR + 1}",
        }
    first_day, first = date.fromisoformat(starts), scenario.budget.fiscal_year_first_month

    def of(week: int) -> tuple[str, int]:
        return fiscal(date_of_week(first_day, week), first)

    return {"quarter": lambda week: "{} Q{}".format(*of(week)), "fiscal_year": lambda week: of(week)[0]}


def fiscal(day: date, first_month: int) -> tuple[str, int]:
    """The fiscal year and the quarter of a day, by the month in which years begin.

    >>> fiscal(date(2024, 7, 1), 1), fiscal(date(2024, 7, 1), 4), fiscal(date(2025, 2, 1), 4)
    (('2024', 3), ('2024/25', 2), ('2024/25', 4))
    """
    year = day.year - (day.month < first_month)
    name = f"{year}" if first_month == 1 else f"{year}/{(year + 1) % 100:02d}"
    return name, (day.month - first_month) % MONTHS_PER_YEAR // QUARTER_MONTHS + 1


def _weeks_in(named: Callable[[int], str], weeks: int) -> list[tuple[list[int], str]]:
    found: dict[str, list[int]] = {}
    for week in range(weeks):
        found.setdefault(named(week), []).append(week)
    return [(own, name) for name, own in found.items()]


def _period(
    weeks: list[int], planned: dict[str, Floats], spent: dict[str, Floats], name: str
) -> dict[str, Any]:
    amounts = {domain: total(of[weeks]) for domain, of in spent.items()}
    budget = {domain: float(of[weeks].sum()) for domain, of in planned.items()}
    amounts["total"] = amounts["infrastructure"] + amounts["team"]
    budget["total"] = budget["infrastructure"] + budget["team"]
    return {
        "period": name,
        "first_week": weeks[0],
        "weeks": len(weeks),
        **{domain: _domain(budget[domain], values) for domain, values in amounts.items()},
    }


def _domain(planned_eur: float, values: Floats) -> dict[str, Any]:
    expected = spread(values, SHOWN)
    return {
        "planned_eur": planned_eur,
        "expected_eur": expected,
        "variance_eur": expected["mean"] - planned_eur,
    }
