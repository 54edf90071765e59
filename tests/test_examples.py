"""Every file of ``scenarios/examples/`` is right, told by its README, and the same in both engines."""

from pathlib import Path

import pytest

from simulator.engines.agreement import compare_engines
from simulator.scenario.load import load_scenario
from simulator.scenario.resolve import canonical_json, scenario_of

EXAMPLES = Path(__file__).parents[1] / "scenarios" / "examples"
FILES = sorted(EXAMPLES.glob("*.toml"))


def test_the_readme_tells_every_example():
    told = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert FILES
    assert [file.name for file in FILES if told.count(f"| `{file.name}` |") != 1] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_example_is_the_same_in_both_engines(file):
    scenario = load_scenario(file)
    assert scenario_of(canonical_json(scenario)) == scenario
    found = compare_engines(scenario, seed=1, runs=range(1), requests=64)
    assert found.difference is None
    assert found.values > 1_000
