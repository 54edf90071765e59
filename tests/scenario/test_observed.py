"""Work that was measured stays what it was when the company is built otherwise."""

from pathlib import Path

import numpy as np
import pytest

from simulator.draws.inputs import draw_inputs
from simulator.draws.streams import Streams
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.reading.read import read_tables
from simulator.scenario.resolve import canonical_json, scenario_of
from simulator.scenario.root import Scenario
from simulator.serving.capacity.topology import read_ticks, service_ticks

CONSERVATIVE = Path(__file__).parents[2] / "scenarios" / "conservative.toml"
BUILT_OTHERWISE = [
    {"service.replicas": 20},
    {"service.workers": 2},
    {"database.shards": 8},
    {"database.read_replicas": 0},
    {"database.read_replicas": 3, "database.size": "db.m5.xlarge"},
    {'prices.database_sizes."db.m5.large".cores': 8},
    {"cache.hit_share": 0.9},
    {"cache.hit_share": {"low": 0.1, "mode": 0.5, "high": 0.6}},
    {"database.write_share": 0.5},
]


def work(scenario: Scenario, runs: int = 8) -> np.ndarray:
    """Work of a request on the service and of a read, in each run."""
    inputs = draw_inputs(scenario, Streams(1, range(runs)))
    return np.stack([service_ticks(inputs), read_ticks(inputs)])


@pytest.mark.parametrize("overrides", BUILT_OTHERWISE, ids=" ".join)
def test_another_company_has_the_same_work(overrides):
    written, other = load_scenario(CONSERVATIVE), load_scenario(CONSERVATIVE, overrides)
    np.testing.assert_array_equal(work(other), work(written))


def test_another_measurement_is_other_work():
    """U c / X on the company as written: 0.75 x 52 / 195 is twice the 100 ms of 390 a second."""
    twice = {"service.observed.rate_per_s": 195, "database.observed.rate_per_s": 195, "database.shards": 8}
    assert work(load_scenario(CONSERVATIVE, twice)) == pytest.approx(2 * work(load_scenario(CONSERVATIVE)))


def test_a_file_may_say_what_was_measured(tmp_path):
    """A company that has grown to four shards since its database was measured on two."""
    file = tmp_path / "since.toml"
    file.write_text(f"extends = '{CONSERVATIVE}'\n[database]\nshards = 4\n[database.observed]\nshards = 2\n")
    np.testing.assert_array_equal(work(load_scenario(file)), work(load_scenario(CONSERVATIVE)))
    file.write_text(f"extends = '{CONSERVATIVE}'\n[database]\nshards = 4\n")
    assert work(load_scenario(file))[1] == pytest.approx(2 * work(load_scenario(CONSERVATIVE))[1])


def test_what_is_uncertain_keeps_its_draw():
    """The hit share then and today is one unknown, so that writing it out moves no run by a bit."""
    uncertain = {"low": 0.3, "mode": 0.6, "high": 0.7}
    table = read_tables(CONSERVATIVE).table
    table["cache"]["hit_share"] = table["database"]["write_share"] = uncertain
    plain = Scenario[Quantity].model_validate(table)
    observed = table["database"]["observed"]
    observed |= {
        "hit_share": uncertain,
        "write_share": uncertain,
        "shards": 2,
        "read_replicas": 1,
        "cores": 2,
    }
    written_out = Scenario[Quantity].model_validate(table)
    np.testing.assert_array_equal(work(written_out), work(plain))
    assert len(np.unique(work(plain)[1])) == 8


def test_the_resolved_scenario_says_what_was_measured():
    scenario = load_scenario(CONSERVATIVE, {"database.shards": 8})
    assert scenario.database.observed.shards == 2
    assert scenario.service.observed.replicas == 13
    assert scenario_of(canonical_json(scenario)) == scenario
