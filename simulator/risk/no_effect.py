"""A plan is not rated of which much goes into actions without effect in the model."""

from typing import Any

import numpy as np
import polars as pl

from simulator.scenario.keys.quantity import central
from simulator.scenario.root import Scenario

MOST_SHARE = 0.10
"""A plan of which more has no effect is not rated, as what that would change is not known."""
NOT_RATED = "not rated"


def no_effect_share(scenario: Scenario[Any], totals: pl.DataFrame) -> float:
    """Share of the expected cost, cash over standing still and work at what it gives up, without effect.

    An action gives no capacity where it relieves no tier: its cash is its one-off cost and its double running
    over the lead time, its work the part of the plan's that its person-days are of all.

    Args:
        scenario: whose plan it is.
        totals: of its runs, as ``run_totals`` has them.
    """
    idle = [action for action in scenario.plan if action.relieves is None]
    if not idle:
        return 0.0
    days = sum(central(action.person_days) for action in scenario.plan)
    work = float(np.mean(totals["labour_plan_eur"].to_numpy()))
    idle_work = work * sum(central(action.person_days) for action in idle) / days if days > 0 else 0.0
    idle_cash = sum(
        central(action.cost_eur) + central(action.double_running_eur_week) * central(action.lead_weeks)
        for action in idle
    )
    whole = float(np.mean(totals["cost_total_eur"].to_numpy())) + work
    spent = idle_cash + idle_work
    return 0.0 if spent <= 0.0 else min(spent / max(whole, spent), 1.0)
