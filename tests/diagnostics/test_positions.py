"""A plan's positions, by arithmetic and in the simulation."""

import numpy as np
import pytest
from scipy import stats

from simulator.diagnostics.plan import plan_findings
from simulator.people import recruiting
from simulator.scenario.reading.load import load_scenario
from tests.simulated import SCENARIOS, weeks_of


@pytest.mark.parametrize("name", ["conservative", "aggressive", "hypergrowth"])
@pytest.mark.parametrize("attrition", [{}, {"attrition.leavers_share_year": 0.0}])
def test_validate_and_the_simulation_say_the_same_of_a_plan(name, attrition):
    """To 6 points: the arithmetic knows nobody who waits for an interviewer, no week with nothing open."""
    scenario = load_scenario(SCENARIOS / f"{name}.toml", attrition)
    (found,) = [found for found in plan_findings(scenario) if found.name == "candidates for hires"]
    columns = weeks_of(scenario, runs=512)
    added = columns["hires"].sum(axis=0) - columns["leavers"].sum(axis=0)
    simulated = (added >= scenario.hiring.headcount_added).mean()
    error = np.sqrt(simulated * (1 - simulated) / 512)
    assert simulated - 2 * error - 0.01 < found.follows["filled_probability"] < simulated + 2 * error + 0.06


def test_positions_wait_for_finalists_as_jobs_for_a_server():
    """Against a draw of the same weeks; with everything open at once, against the tail of the Poisson law."""
    opened, leavers = [1, 0, 0, 2] * 10, [0.1] * 40
    generator = np.random.default_rng(1)
    waiting = np.zeros(100_000, dtype=np.int64)
    for week, more in enumerate(opened):
        come = 0.0 if week < 3 else 0.9
        waiting = np.maximum(
            waiting + more + generator.poisson(0.1, 100_000) - generator.poisson(come, 100_000), 0
        )
    figures = {"leavers_week": leavers, "hires_week": 0.9, "process_weeks": 3.0}
    assert recruiting.filled_probability(opened, **figures) == pytest.approx((waiting == 0).mean(), abs=0.005)
    once = recruiting.filled_probability(
        [8, *[0] * 51], leavers_week=[0.0] * 52, hires_week=0.2, process_weeks=2.0
    )
    assert once == pytest.approx(stats.poisson(10).sf(7), rel=1e-9)


def test_leavers_who_are_not_replaced_open_nothing():
    replaced, gone = (
        plan_findings(load_scenario(SCENARIOS / "aggressive.toml", {"hiring.backfill": backfill}))
        for backfill in (True, False)
    )
    leavers = [found.follows["leavers"] for finding in (replaced, gone) for found in finding[-1:]]
    assert leavers[0] > 5
    assert leavers[1] == 0
