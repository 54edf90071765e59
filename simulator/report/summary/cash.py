"""The cash plan and what is committed, as a part of the summary."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import polars as pl

from simulator.arrays import Array, Floats
from simulator.finance.cash import cumulated, monthly
from simulator.finance.commitment import best_level, expected
from simulator.report.summary.spread import QUANTILES, spread
from simulator.risk.estimates import mean, probability, quantile
from simulator.risk.money import SUFFIXES, flow_eur
from simulator.risk.weekly import ScenarioWeeks, by_week
from simulator.scenario.keys.quantity import central
from simulator.scenario.root import Scenario
from simulator.units import (
    HOURS_PER_WEEK,
    MONTHS_PER_WEEK,
    WEEKS_PER_YEAR,
    first_week_of_month,
)


def cash(scenario: Scenario[Any], rows: ScenarioWeeks, totals: pl.DataFrame) -> dict[str, Any]:
    """Give the cash plan by month, on each of the bases of ``risk.money``.

    A balance starts from the scenario's cash on the company's flow, from nothing on the others.
    """
    found: dict[str, Any] = {"cash_eur": scenario.finance.cash_eur}
    for basis, suffix in SUFFIXES.items():
        flows = monthly(flow_eur(rows, scenario, basis))
        found[basis] = {
            "flow_eur": [_month(flow) for flow in flows],
            "balance_eur": [
                _month(scenario.finance.cash_eur + balance if basis == "company" else balance)
                for balance in cumulated(flows)
            ],
            "peak_need_eur": spread(totals[f"peak_cash_need{suffix}_eur"].to_numpy()),
            "runway_months": _runway(totals[f"runway{suffix}_months"].to_numpy()),
        }
    return {"cash": found | {"irreversible": irreversible(scenario, rows)}}


def commitment(scenario: Scenario[Any], rows: ScenarioWeeks) -> dict[str, Any]:
    """Give the number of cores to commit to, by the use in all runs; null without a price for it.

    A term is held against its own weeks, or the horizon where that is shorter. Uncertain prices are taken at
    their middle.
    """
    prices = scenario.prices
    euros, demand = central(prices.eur_per_unit), central(prices.vcpu_hour)
    hours = (scenario.demand.peak_hours_week, HOURS_PER_WEEK - scenario.demand.peak_hours_week)
    use = [by_week(rows, f"replicas_{window}") * scenario.service.workers for window in ("peak", "mean")]
    return {
        "commitment": {
            "committed_vcpus": scenario.purchasing.committed_vcpus,
            **{
                f"{years}_years": None
                if price is None
                else _committed(use, hours, years, (demand * euros, central(price) * euros))
                for years, price in ((1, prices.vcpu_hour_committed_1y), (3, prices.vcpu_hour_committed_3y))
            },
        }
    }


def _committed(
    use: Sequence[Array], hours: tuple[int, int], years: int, prices: tuple[float, float]
) -> dict[str, Any]:
    weeks = min(years * WEEKS_PER_YEAR, len(use[0]))
    cores = np.stack([of[:weeks] for of in use])  # window, week, run
    weight = np.broadcast_to(np.array(hours, np.float64)[:, np.newaxis, np.newaxis], cores.shape)
    price = {"on_demand_eur": prices[0], "committed_eur": prices[1]}
    level = best_level(cores.ravel(), weight.ravel(), **price)
    saved = [
        expected(of, w, 0, **price).cost_eur_hour - expected(of, w, level, **price).cost_eur_hour
        for of, w in zip(np.moveaxis(cores, 2, 0), np.moveaxis(weight, 2, 0), strict=True)
    ]
    levels = sorted({0, level // 2, level, level + level // 2, int(cores.max())})
    return {
        "weeks": weeks,
        **price,
        "level": level,
        "saved_eur_month": mean(np.array(saved) * HOURS_PER_WEEK / MONTHS_PER_WEEK),
        "levels": [asdict(expected(cores.ravel(), weight.ravel(), at, **price)) for at in levels],
    }


def irreversible(scenario: Scenario[Any], rows: ScenarioWeeks) -> list[dict[str, Any]]:
    """List the costs that cannot be undone by the end of each month.

    One-off costs begun, offers accepted and paid for, and what is still owed for committed cores.
    """
    prices, years = scenario.prices, scenario.purchasing.committed_years
    price = prices.vcpu_hour_committed_3y if years == 3 else prices.vcpu_hour_committed_1y
    week_eur = 0.0
    if price is not None:
        hours = scenario.purchasing.committed_vcpus * HOURS_PER_WEEK
        week_eur = hours * central(price) * central(prices.eur_per_unit)
    plan, hiring = (cumulated(monthly(by_week(rows, f"cost_{line}_eur"))) for line in ("plan", "hiring"))
    hires = cumulated(monthly(by_week(rows, "hires").astype(np.float64)))
    return [
        {
            "month": month + 1,
            "week": first_week_of_month(month + 2) - 1,
            "one_off_eur": mean(plan[month]),
            "hires": mean(hires[month]),
            "hiring_eur": mean(hiring[month]),
            "commitment_owed_eur": week_eur * max(years * WEEKS_PER_YEAR - first_week_of_month(month + 2), 0),
        }
        for month in range(len(plan))
    ]


def _month(values: Floats) -> dict[str, Any]:
    """Give a month over the runs: mean with its interval, spread, quantiles."""
    found = mean(values)
    sd = found.se * np.sqrt(len(values))
    return {"mean": found.estimate, "se": found.se, "low": found.low, "high": found.high, "sd": sd} | {
        name: quantile(values, share) for name, share in QUANTILES.items()
    }


def _runway(months: Floats) -> dict[str, Any]:
    """Give the months until the balance is spent; infinite where it is not, within the horizon."""
    return {name: quantile(months, share) for name, share in QUANTILES.items()} | {
        "p_spent": probability(np.isfinite(months))
    }
