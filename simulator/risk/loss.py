"""Every run has its cost and its loss over the horizon.

A loss is a share of planned revenue over the horizon (base revenue x planned growth, no noise). What a
run loses is laid at the door of one of two domains. **Infrastructure**: its increment beyond its budget,
and the revenue lost and incident cost of weeks in which no due action waited for people. **Team**: its
increment beyond its budget, the revenue lost and incident cost of the weeks in which one did, and what
people would bring beyond their pay whom growth asks for and who are not there, whether they were planned or
not: planning nobody is not safer. The division is this model's own.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from simulator.arrays import Floats
from simulator.risk.money import cash_columns, unit_columns
from simulator.risk.weekly import ScenarioWeeks, by_week, total, weeks_of_scenario
from simulator.scenario.root import Scenario
from simulator.units import MONTHS_PER_WEEK

LINES = (
    *("compute", "database", "cache", "storage", "network", "other", "plan"),
    *("salaries", "hiring", "workplace"),
)
"""The ledger has these lines: the infrastructure's, then the team's."""
DOMAINS = ("infrastructure", "team")
COUNTS = ("applications", "hires", "joiners", "leavers", "withdrawals", "incidents")


def run_totals(weeks: pl.DataFrame | pl.LazyFrame, scenarios: Sequence[Scenario[Any]]) -> pl.DataFrame:
    """Return one row for each (scenario, run).

    ``total_*_eur`` is what was paid, ``standstill_*_eur`` what standing still would have cost,
    ``cost_*_eur`` the increment of one over the other, ``loss_*_eur`` what each domain lost; beside them what
    ``risk.money`` makes of the flows.
    """
    return pl.concat([_scenario_totals(weeks_of_scenario(weeks, s.scenario.name), s) for s in scenarios])


def _scenario_totals(rows: ScenarioWeeks, scenario: Scenario[Any]) -> pl.DataFrame:
    saturated = by_week(rows, "saturated")
    runs = rows.run
    columns: dict[str, Any] = {
        "scenario": [scenario.scenario.name] * len(runs),
        "run": runs,
        "users_end": by_week(rows, "users")[-1],
        "user_months": total(by_week(rows, "users")) * MONTHS_PER_WEEK,
        "transactions": total(by_week(rows, "transactions_week")),
        "transactions_failed": total(
            by_week(rows, "transactions_week") * by_week(rows, "failed_for_good_share_week")
        ),
        "headcount_end": by_week(rows, "headcount")[-1],
        **{count: by_week(rows, count).sum(axis=0) for count in COUNTS},
        "saturated_weeks": saturated.sum(axis=0, dtype=np.int64),
        "latency_p95_ms_worst": _worst_latency(rows),
        **_costs(rows),
        **{f"total_{line}_eur": total(by_week(rows, f"cost_{line}_eur")) for line in LINES},
        **{
            f"{money}_eur": total(by_week(rows, f"{money}_eur"))
            for money in ("revenue", "planned_revenue", "revenue_lost", "incident_cost")
        },
        "labour_plan_eur": total(by_week(rows, "labour_plan_eur")),
        "users_lost": total(by_week(rows, "users_lost")),
        "missing_person_days": total(by_week(rows, "missing_person_days")),
        "features_value_eur": total(by_week(rows, "features_value_eur"))
        - by_week(rows, "debt_interest_eur")[-1],
    }
    budgets = {"infrastructure": scenario.budget.infrastructure_eur, "team": scenario.budget.team_eur}
    return pl.DataFrame(
        {
            **columns,
            **_losses(rows, columns, budgets),
            **cash_columns(rows, scenario),
            **unit_columns(rows),
        }
    )


def _worst_latency(rows: ScenarioWeeks) -> pl.Series:
    """Give the P95 of the worst week of each run, in ms; null in those without requests."""
    served = rows.served
    if not served.runs:
        return pl.Series([None] * rows.runs, dtype=pl.Float64)
    found = pl.Series(by_week(served, "latency_p95_ms").max(axis=0))
    return found.extend(pl.Series([None] * (rows.runs - served.runs), dtype=pl.Float64))


def _costs(rows: ScenarioWeeks) -> dict[str, Floats]:
    found = {}
    for domain in DOMAINS:
        paid = by_week(rows, f"cost_{domain}_eur")
        still = by_week(rows, f"standstill_{domain}_eur")
        found[f"cost_{domain}_eur"] = total(paid - still)
        found[f"total_{domain}_eur"] = total(paid)
        found[f"standstill_{domain}_eur"] = total(still)
    for kind in ("cost", "total", "standstill"):
        name = f"{kind}_eur" if kind != "cost" else "cost_total_eur"
        found[name] = found[f"{kind}_infrastructure_eur"] + found[f"{kind}_team_eur"]
    return found


def _losses(rows: ScenarioWeeks, totals: dict[str, Any], budgets: dict[str, float]) -> dict[str, Floats]:
    harm = by_week(rows, "revenue_lost_eur") + by_week(rows, "incident_cost_eur")
    waited = by_week(rows, "actions_waiting_people") > 0
    over = {d: np.maximum(totals[f"cost_{d}_eur"] - budgets[d], 0) for d in DOMAINS}
    return {
        "loss_infrastructure_eur": over["infrastructure"] + total(np.where(waited, 0.0, harm)),
        "loss_team_eur": over["team"]
        + total(np.where(waited, harm, 0.0))
        + total(by_week(rows, "missing_value_eur")),
    }
