"""The cost of a scenario beside its budget, its users and its revenue: a part of its summary."""

from typing import Any

import polars as pl

from simulator.arrays import Floats
from simulator.finance.valuation import revenue_share, unit_cost_eur
from simulator.report.summary.spread import MONEY_QUANTILES, spread
from simulator.risk.estimates import cvar, mean
from simulator.risk.exposure import exceedance
from simulator.scenario.root import Scenario


def spending(scenario: Scenario[Any], totals: pl.DataFrame) -> dict[str, Any]:
    """Increments over standing still against the budget, what is paid in all, and revenue; in euros."""
    budget = {"infrastructure": scenario.budget.infrastructure_eur, "team": scenario.budget.team_eur}
    budget["total"] = budget["infrastructure"] + budget["team"]
    increments = {kind: totals[f"cost_{kind}_eur"].to_numpy() for kind in budget}
    months = scenario.scenario.horizon_months
    paid = totals["total_infrastructure_eur"].to_numpy()
    return {
        **{f"cost_{kind}_eur": _cost(values) for kind, values in increments.items()},
        "budget_eur": budget,
        "p_over_budget": {kind: exceedance(values, budget[kind]) for kind, values in increments.items()},
        "cost_total_eur_month": mean(increments["total"] / months),
        **{
            f"{kind}{part}_eur": spread(totals[f"{kind}{part}_eur"].to_numpy())
            for kind in ("total", "standstill")
            for part in ("_infrastructure", "_team", "")
        },
        "infrastructure_eur_per_user_month": spread(
            unit_cost_eur(paid, totals["user_months"].to_numpy()),
        ),
        "infrastructure_eur_per_transaction": spread(
            unit_cost_eur(paid, totals["transactions"].to_numpy()),
        ),
        "transactions_failed": spread(totals["transactions_failed"].to_numpy()),
        "infrastructure_revenue_share": spread(revenue_share(paid, totals["revenue_eur"].to_numpy())),
        "planned_revenue_eur": spread(totals["planned_revenue_eur"].to_numpy()),
        "revenue_lost_eur": spread(totals["revenue_lost_eur"].to_numpy()),
        "incident_cost_eur": spread(totals["incident_cost_eur"].to_numpy()),
    }


def _cost(values: Floats) -> dict[str, Any]:
    return {**spread(values, MONEY_QUANTILES), "cvar95": cvar(values, 0.95)}
