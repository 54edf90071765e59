"""What the tests of studies share: a short scenario, and what one process in one block finds."""

import pytest

from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario
from tests.simulated import SCENARIOS
from tests.study.short import RUNS, hashes, study


@pytest.fixture(scope="session")
def scenario() -> Scenario[Quantity]:
    """Two months of the conservative plan."""
    overrides = {"scenario.horizon_months": 2, "demand.growth_share_month": 0.1, "plan": []}
    return load_scenario(SCENARIOS / "conservative.toml", overrides)


@pytest.fixture(scope="session")
def reference(scenario: Scenario[Quantity]) -> tuple[str, ...]:
    """One process, one block."""
    return hashes(study(scenario, workers=1, block=RUNS))
