"""A run's money by week: what flows, beside what would flow if the company did nothing, or stood still.

The flow is what reaches or leaves the account: revenue without what errors and incidents cost of it, less
infrastructure and team and what the scenario says of other departments. The pay of hours spent on incidents
is in the salaries already. The **increment** is the flow less that of doing nothing about the same growth
under the same luck: what the plan brings, and no growth that comes anyway. The **spending** is what is paid
beyond standing still, as budgets are: what is asked for if the growth brings in nothing.
"""

from typing import Any

from simulator.arrays import Floats
from simulator.finance.cash import monthly, peak_need_eur, runway_months
from simulator.finance.valuation import npv, unit_cost_eur
from simulator.risk.weekly import ScenarioWeeks, by_week, total
from simulator.scenario.root import Scenario
from simulator.units import MONTHS_PER_WEEK, MONTHS_PER_YEAR

SUFFIXES = {"company": "", "increment": "_increment", "spending": "_spending"}
"""The names of figures end in this, by the basis that they are on."""


def received_eur(rows: ScenarioWeeks) -> Floats:
    """Give the revenue that comes in, (w, l)."""
    lost = by_week(rows, "revenue_lost_eur") + by_week(rows, "incident_revenue_lost_eur")
    received: Floats = by_week(rows, "revenue_eur") - lost
    return received


def flow_eur(rows: ScenarioWeeks, scenario: Scenario[Any], basis: str) -> Floats:
    """Give the flow of each week on a basis, (w, l)."""
    spent = by_week(rows, "cost_infrastructure_eur") + by_week(rows, "cost_team_eur")
    if basis == "company":
        others = scenario.finance.other_costs_eur_month * MONTHS_PER_WEEK
        company: Floats = received_eur(rows) - spent - others
        return company
    yardstick = "standstill" if basis == "spending" else "nothing"
    held_against = by_week(rows, f"{yardstick}_infrastructure_eur") + by_week(rows, f"{yardstick}_team_eur")
    if basis == "spending":
        spending: Floats = held_against - spent
        return spending
    gained = received_eur(rows) - by_week(rows, "nothing_received_eur")
    increment: Floats = gained - (spent - held_against)
    return increment


def cash_columns(rows: ScenarioWeeks, scenario: Scenario[Any]) -> dict[str, Floats]:
    """Tell what a run's flows are worth, how deep they go and how long the balance lasts, (l,) each.

    Present values are of monthly flows, the first month's in full: CF_t / (1 + r)^(t / 12), t = 0, 1, ...
    """
    found: dict[str, Floats] = {}
    for basis, suffix in SUFFIXES.items():
        flows = monthly(flow_eur(rows, scenario, basis))
        rate = scenario.finance.discount_rate_year
        found[f"npv{suffix}_eur"] = npv(flows, rate=rate, periods_per_year=MONTHS_PER_YEAR)
        found[f"peak_cash_need{suffix}_eur"] = peak_need_eur(flows)
        found[f"runway{suffix}_months"] = runway_months(flows, scenario.finance.cash_eur)
    return found


def unit_columns(rows: ScenarioWeeks) -> dict[str, Floats]:
    """Unit figures of each run, those of standing still, and what doing nothing comes to, (l,)."""
    found: dict[str, Floats] = {}
    for prefix, own in (("", "cost"), ("standstill_", "standstill")):
        spent = [total(by_week(rows, f"{own}_{domain}_eur")) for domain in ("infrastructure", "team")]
        received = total(received_eur(rows) if not prefix else by_week(rows, f"{prefix}received_eur"))
        transactions = total(by_week(rows, f"{prefix}transactions_week"))
        user_months = total(by_week(rows, f"{prefix}users")) * MONTHS_PER_WEEK
        years = total(by_week(rows, f"{prefix}headcount")) * (MONTHS_PER_WEEK / MONTHS_PER_YEAR)
        found[f"{prefix}cost_per_user_eur"] = unit_cost_eur(spent[0] + spent[1], user_months)
        found[f"{prefix}cost_per_transaction_eur"] = unit_cost_eur(spent[0] + spent[1], transactions)
        found[f"{prefix}revenue_per_developer_eur"] = unit_cost_eur(received, years)
        found[f"{prefix}received_eur"] = received
        found[f"{prefix}users_end"] = by_week(rows, f"{prefix}users")[-1]
    found["nothing_infrastructure_eur"] = total(by_week(rows, "nothing_infrastructure_eur"))
    found["nothing_received_eur"] = total(by_week(rows, "nothing_received_eur"))
    found["nothing_users_end"] = by_week(rows, "nothing_users")[-1]
    return found
