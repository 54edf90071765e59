"""People, projects and debt are felt: what is done to them comes back in dates, errors, users and money.

Two companies under one seed share their luck, so runs are compared in pairs: a difference counts when its
mean is on its side of zero at 99 % confidence (Student). What a company comes to is its cost, less the
revenue that it receives and the value of its features: what plans are compared by on one demand.
"""

from typing import Any

import numpy as np
import pytest

from simulator.arrays import Floats
from simulator.risk.estimates import Estimate, paired_difference
from simulator.risk.loss import run_totals
from simulator.risk.rating import LABELS, rate
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario
from simulator.study import simulate_study
from tests.simulated import SCENARIOS, Columns, company, weeks_of

CONFIDENCE = 0.99
RUNS = 48
FIVE_TIMES = "aggressive"
"""Five times the users in eighteen months, and the plan for them."""


def shipped(name: str = FIVE_TIMES, **changes: Any) -> Scenario[Quantity]:
    """A shipped scenario with values replaced at keys written ``table__key``."""
    return load_scenario(
        SCENARIOS / f"{name}.toml", {key.replace("__", "."): value for key, value in changes.items()}
    )


def weeks(scenario: Scenario[Quantity], runs: int = RUNS) -> Columns:
    return weeks_of(scenario, runs=runs)


def comes_to(found: Columns) -> Floats:
    """Cost of each run less what it receives and what its features are worth, (runs,)."""
    cost = found["cost_infrastructure_eur"] + found["cost_team_eur"]
    received = found["revenue_eur"] - found["revenue_lost_eur"] - found["incident_revenue_lost_eur"]
    of_weeks = (cost - received - found["features_value_eur"]).sum(axis=0)
    return of_weeks + found["debt_interest_eur"][-1]


def more(first: Floats, second: Floats) -> Estimate:
    """How much more the second is, run by run."""
    return paired_difference(first, second, CONFIDENCE)


# --- hiring -----------------------------------------------------------------------------------------------


def test_at_five_times_the_users_hiring_nobody_costs_more_than_hiring_twenty():
    nobody, twenty = (comes_to(weeks(shipped(hiring__headcount_added=n))) for n in (0, 20))
    assert more(twenty, nobody).low > 0


def test_at_constant_users_hiring_nobody_costs_less():
    """Control: where nothing grows, today's team is the right size."""
    still = {"demand__users_growth_share": 0.0, "plan": []}
    nobody, twenty = (comes_to(weeks(shipped(hiring__headcount_added=n, **still))) for n in (0, 20))
    assert more(twenty, nobody).high < 0


@pytest.mark.parametrize(("name", "planned"), [("conservative", 8), (FIVE_TIMES, 20)])
def test_planning_nobody_is_never_safer(name, planned):
    """Missing are those whom growth asks for, whether somebody planned for them or not."""
    losses, ratings = [], []
    for added in (planned, 0):
        scenario = shipped(name, hiring__headcount_added=added)
        found = simulate_study([scenario], runs=16, requests=None, served=0, seed=1, workers=1, outlook=False)
        totals = run_totals(found.weeks, [scenario])
        losses.append(totals["loss_team_eur"].to_numpy())
        shares = losses[-1] / totals["planned_revenue_eur"].to_numpy()
        rated = rate(shares, scenario.risk.impact_level_starts, scenario.scenario.horizon_months)
        ratings.append(LABELS.index(rated.rating))
    assert more(*losses).low > 0
    assert ratings[1] >= ratings[0]


def test_with_fewer_developers_actions_come_later_errors_are_more_and_users_fewer():
    many, few = (weeks(shipped(team__developers=n)) for n in (35, 25))
    in_place = [found["actions_in_place"].sum(axis=0).astype(np.float64) for found in (many, few)]
    assert more(*in_place).high < 0
    assert more(*(found["error_share_week"].mean(axis=0) for found in (many, few))).low > 0
    assert more(*(found["users"][-1] for found in (many, few))).high < 0


# --- projects ---------------------------------------------------------------------------------------------


def test_a_sharding_of_ten_times_the_work_is_later_dearer_and_riskier():
    at = next(place for place, action in enumerate(shipped().plan) if action.action == "shard")
    small, large = (weeks(shipped(**{f"plan[{at}]__person_days": days})) for days in (35, 350))
    two_shards = [(found["shards"] < 4).sum(axis=0).astype(np.float64) for found in (small, large)]
    assert more(*two_shards).low > 4  # weeks
    assert more(comes_to(small), comes_to(large)).low > 0
    for risk in ("error_share_week", "incident_cost_eur"):
        assert more(*(found[risk].sum(axis=0) for found in (small, large))).low > 0


# --- debt -------------------------------------------------------------------------------------------------


def test_the_best_share_for_debt_is_neither_none_nor_half_of_the_time():
    """Over two years, with what is left in the end charged."""
    two_years = {
        "demand.growth_share_month_sd": 0.0,
        "demand.growth_share_month_sd_run": 0.0,
        "scenario.horizon_months": 24,
    }
    none, best, half = (
        comes_to(weeks_of(company(two_years | {"work.debt_share": share}), runs=12))
        for share in (0.0, 0.27, 0.5)
    )
    assert more(best, none).low > 0
    assert more(best, half).low > 0
