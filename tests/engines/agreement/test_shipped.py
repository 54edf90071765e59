"""The engines are one model: every value of every shipped scenario the same to the last bit."""

import pytest

from simulator.engines.agreement import compare_engines
from simulator.scenario.reading.load import load_scenario
from simulator.units import weeks_of
from tests.engines.agreement.hours import hours_told_once
from tests.simulated import SCENARIOS

SHIPPED = sorted(
    file
    for file in SCENARIOS.rglob("*.toml")
    if "[scenario]" in file.read_text(encoding="utf-8").splitlines()
)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: str(file.relative_to(SCENARIOS)))
def test_the_engines_agree_on_every_shipped_scenario(file):
    """Whole horizons in short windows; one run of the projections, which use no other mechanisms."""
    runs = range(1, 2) if file.parent.name == "projections" else range(1, 3)
    scenario, requests = load_scenario(file), 32
    steps: list[tuple[int, int]] = []
    with hours_told_once():
        found = compare_engines(
            scenario, seed=7, runs=runs, requests=requests, progress=lambda *step: steps.append(step)
        )
    assert found.difference is None, str(found.difference)
    weeks = weeks_of(scenario.scenario.horizon_months)
    # Six values of each request in two windows, and the weekly columns, with those of standing still.
    columns = 40
    assert found.values > weeks * len(runs) * (6 * 2 * requests + 2 * columns)
    assert steps == [(done, 2 * weeks) for done in range(1, 2 * weeks + 1)]
