"""Finance takes these figures to a board: exposure, value, unit figures and cash."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from simulator.arrays import Floats
from simulator.draws.inputs import uncertain_values
from simulator.draws.streams import Sampling, Streams
from simulator.finance.valuation import unit_cost_eur
from simulator.report.summary.spread import MONEY_QUANTILES, spread
from simulator.risk.drivers import Driver, tornado
from simulator.risk.estimates import cvar, mean, paired_difference, probability
from simulator.risk.exposure import CONTINGENCY_SHARES, contingency
from simulator.risk.tail import conditional_value_at_risk, value_at_risk
from simulator.scenario.root import Scenario
from simulator.units import (
    MONTHS_PER_YEAR,
)

KINDS = ("infrastructure", "team", "total")
PAIRED = {
    "cost_infrastructure_eur_month": "cost_infrastructure_eur",
    "cost_team_eur_month": "cost_team_eur",
    "cost_total_eur_month": "cost_total_eur",
    "npv_increment_eur_month": "npv_increment_eur",
    "labour_plan_eur_month": "labour_plan_eur",
    "revenue_lost_eur_month": "revenue_lost_eur",
    "users_lost_month": "users_lost",
}
"""Figures that scenarios are compared by, a month as horizons differ, and the totals they come from."""


def exposure(scenario: Scenario[Any], totals: pl.DataFrame) -> dict[str, Any]:
    """CVaR and contingency by domain; a contingency is the cost's quantile less the budget."""
    budget = {"infrastructure": scenario.budget.infrastructure_eur, "team": scenario.budget.team_eur}
    budget["total"] = budget["infrastructure"] + budget["team"]
    costs = {kind: totals[f"cost_{kind}_eur"].to_numpy() for kind in KINDS}
    return {
        "cvar95": {kind: cvar(costs[kind], 0.95) for kind in KINDS},
        "contingency_eur": {
            kind: {
                name: contingency(costs[kind], budget[kind], share)
                for name, share in CONTINGENCY_SHARES.items()
            }
            for kind in KINDS
        },
    }


def value(scenario: Scenario[Any], totals: pl.DataFrame) -> dict[str, Any]:
    """Present values, and totals brought to a month and to a user more.

    Costs are held against standing still, and so are the users they are for; a value against doing nothing
    about the same growth, and the users that the plan keeps.
    """
    months = scenario.scenario.horizon_months
    added = (totals["users_end"] - totals["standstill_users_end"]).to_numpy()
    kept = (totals["users_end"] - totals["nothing_users_end"]).to_numpy()
    figures = {f"cost_{kind}_eur": totals[f"cost_{kind}_eur"].to_numpy() for kind in KINDS}
    figures["npv_increment_eur"] = totals["npv_increment_eur"].to_numpy()
    return {
        "npv_eur": spread(totals["npv_eur"].to_numpy(), MONEY_QUANTILES),
        "npv_increment_eur": spread(figures["npv_increment_eur"], MONEY_QUANTILES),
        "npv_at_risk_eur": {
            basis: {"var05": value_at_risk(npv), "cvar05": conditional_value_at_risk(npv)}
            for basis, npv in (
                ("company", totals["npv_eur"].to_numpy()),
                ("increment", figures["npv_increment_eur"]),
            )
        },
        "discount_rate_annual": scenario.finance.discount_rate_year,
        "users_added": spread(added),
        "per_month": {name: mean(values / months) for name, values in figures.items()},
        "users_kept": spread(kept),
        "per_added_user": {
            name: mean(_per(values, kept if name.startswith("npv") else added))
            for name, values in figures.items()
        },
    }


def unit_economics(scenario: Scenario[Any], totals: pl.DataFrame) -> dict[str, Any]:
    """Unit figures, each with its threshold and how likely it is met.

    Costs for a unit must fall with scale, and revenue a developer rise, against standing still; the
    infrastructure's share of revenue has its limit; what is invested in it, beyond what doing nothing about
    the same growth costs, must bring in as much again and the discount rate on it.
    """
    own = {name: totals[name].to_numpy() for name in totals.columns if name != "scenario"}
    invested = own["total_infrastructure_eur"] - own["nothing_infrastructure_eur"]
    gained = own["received_eur"] - own["nothing_received_eur"]
    years = scenario.scenario.horizon_months / MONTHS_PER_YEAR
    wanted = (1 + scenario.finance.discount_rate_year) ** years - 1
    limit = scenario.thresholds.infrastructure_revenue_share.attention
    share = unit_cost_eur(own["total_infrastructure_eur"], own["revenue_eur"])
    found = {
        name: _unit(own[name], own[f"standstill_{name}"], most=most)
        for name, most in (
            ("cost_per_user_eur", True),
            ("cost_per_transaction_eur", True),
            ("revenue_per_developer_eur", False),
        )
    }
    found["infrastructure_revenue_share"] = _unit(share, np.full(len(share), limit), most=True)
    returned = np.where(invested > 0, unit_cost_eur(gained - invested, invested), np.nan)
    found["infrastructure_return_share"] = _unit(returned, np.full(len(share), wanted), most=False)
    return {"cost_per_user_eur": found["cost_per_user_eur"]["figure"], "unit_economics": found}


def _unit(values: Floats, threshold: Floats, *, most: bool) -> dict[str, Any]:
    """A figure beside a threshold that it must stay below (``most``) or be above."""
    known = np.isfinite(values)
    met = (values < threshold) if most else (values > threshold)
    return {
        "figure": spread(values[known]) if known.any() else None,
        "threshold": mean(threshold).estimate,
        "must_be": "below" if most else "above",
        "p_met": probability(met[known]) if known.any() else None,
    }


def drivers(
    scenario: Scenario[Any], totals: pl.DataFrame, seed: int | None, sampling: Sampling = "random"
) -> list[Driver] | None:
    """Rank the uncertain inputs by how far each moves the cost in its runs; None where they are not known."""
    if seed is None:
        return None
    runs = range(int(totals["run"][0]), int(totals["run"][-1]) + 1)
    inputs = uncertain_values(scenario, Streams(seed, runs, sampling))
    return tornado(inputs, totals["cost_total_eur"].to_numpy())


def differences(scenarios: Sequence[Scenario[Any]], totals: pl.DataFrame) -> list[dict[str, Any]]:
    """Mean differences of each pair of scenarios, run by run: run i has the same luck in both."""
    names = [s.scenario.name for s in scenarios]
    months = {s.scenario.name: s.scenario.horizon_months for s in scenarios}
    own = {name: totals.filter(pl.col("scenario") == name).sort("run") for name in names}
    return [
        {
            "first": first,
            "second": second,
            "second_less_first": {
                figure: paired_difference(
                    own[first][total].to_numpy() / months[first],
                    own[second][total].to_numpy() / months[second],
                )
                for figure, total in PAIRED.items()
            },
        }
        for place, first in enumerate(names)
        for second in names[place + 1 :]
    ]


def _per(values: Floats, units: Floats) -> Floats:
    return np.where(units > 0, values / np.where(units > 0, units, 1.0), np.inf)
