"""Companies that scenarios are held against are simulated once for all of a study that share them."""

from pathlib import Path

import numpy as np
import pytest

from simulator.engines.drive import BlockTask, run_block
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.resolve import canonical_json
from simulator.scenario.root import Scenario
from simulator.study import simulate_study
from simulator.study.yardsticks import Yardsticks

SCENARIOS = Path(__file__).parents[2] / "scenarios"
RUNS = 3


def plan(name: str, months: int, **more: object) -> Scenario[Quantity]:
    """A shipped plan, cut short."""
    file = SCENARIOS / f"{name}.toml"
    return load_scenario(file, {"scenario.horizon_months": months, "plan": [], **more})


@pytest.fixture(scope="module")
def scenarios() -> list[Scenario[Quantity]]:
    """Two plans of one company over different horizons, and one of a company that pays otherwise."""
    other = plan("hypergrowth", 2, **{"team.salary_eur_month": 6_000.0})
    return [plan("conservative", 2), plan("aggressive", 3), other]


def test_scenarios_that_differ_by_growth_plan_and_horizon_share_a_company(
    scenarios: list[Scenario[Quantity]],
) -> None:
    stills = Yardsticks(scenarios, "standstill")
    assert stills.of == [0, 0, 1]
    assert stills.longest == [1, 2]
    idle = Yardsticks(scenarios, "nothing")
    assert idle.of == [0, 1, 2]


def test_plans_for_one_demand_do_nothing_together() -> None:
    """Whatever they plan and hire, over whatever horizon: the growth of a month is the same."""
    growth = {"demand.users_growth_share": None, "demand.growth_share_month": 0.05}
    larger = plan("conservative", 4, **growth | {"hiring.headcount_added": 9})
    plans = [plan("conservative", 2, **growth), larger]
    idle = Yardsticks(plans, "nothing")
    assert idle.of == [0, 0]
    assert idle.longest == [1]


def test_shared_or_alone_the_weeks_are_the_same_to_the_bit(scenarios: list[Scenario[Quantity]]) -> None:
    weeks = simulate_study(scenarios, runs=RUNS, requests=64, seed=2, workers=1, served=0).weeks
    for scenario in scenarios:
        task = BlockTask(
            resolved=canonical_json(scenario), seed=2, runs=range(RUNS), requests=None, engine="lanes"
        )
        alone = run_block(task).columns
        found = weeks.lazy().collect().filter(scenario=scenario.scenario.name)
        names = [name for name in found.columns if name.startswith(("standstill_", "nothing_"))]
        assert len(names) == 10
        for name in names:
            np.testing.assert_array_equal(found[name].to_numpy().reshape(RUNS, -1).T, alone[name])
