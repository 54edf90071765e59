"""Topology files: what they may leave out, and one clear message for what is wrong."""

import pytest

from simulator.scenario.keys.shapes import MOST_VALUES
from simulator.scenario.reading.faults import ScenarioError
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.reading.samples import grouped
from simulator.scenario.topology_file import check_file, load_test_of
from tests.simulated import SCENARIOS

SERVICE = "[service]\ndemand_ms = 100\n"
DATABASE = SERVICE + "[database]\nread_ms = 5\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SERVICE + "[team]\ndevelopers = 3\n", "must be a topology"),
        (SERVICE + "[budget]\n", "budget: is not a table of a topology (service, cache"),
        (SERVICE + "[demand]\nusers = 3\npeak_factor = 2\n", "demand.peak_factor: is not a key"),
        (SERVICE + "[cache]\nhit_share = 0.5\n", "cache: must stand beside a [database]"),
        (SERVICE + "[slo]\nlatency_ms = 3\n", "slo.latency_ms: is not a known key"),
        (SERVICE + "[slo]\nerror_share = 3\n", "slo.error_share: must be at most 1, got 3"),
        ("[service]\nworkers = 4\n", "service: demand_ms or observed is required, never both, got neither"),
        (SERVICE + "worker = 4\n", "service.worker: is not a known key (did you mean workers?), got 4"),
        (SERVICE + "workers = 0\n", "service.workers: must be at least 1, got 0"),
        (SERVICE + 'distribution = "gama"\n', "service.distribution: must be one of 'deterministic'"),
        (SERVICE + 'distribution = "gama"\n', "(did you mean 'gamma'?)"),
        (SERVICE + 'distribution = "gamma"\n', "must say how much it varies"),
        (SERVICE + "distribution = 3\n", "service.distribution: must be one of 'deterministic'"),
        (SERVICE + 'distribution = { shape = "weibull" }\n', "the shape of a table must be one"),
        (SERVICE + "distribution = { cv = 1 }\n", "the shape of a table must be one"),
        (SERVICE + 'distribution = { shape = "gamma" }\n', "distribution.cv: must be given"),
        (SERVICE + 'distribution = { shape = "gamma", cv = 0 }\n', "distribution.cv: must be above 0"),
        (SERVICE + 'distribution = { shape = "gamma", scv = 1 }\n', "distribution.scv: is not a known key"),
        (SERVICE + 'distribution = { shape = "erlang", k = 1.5 }\n', "distribution.k: must be a whole"),
        (SERVICE + 'distribution = { shape = "empirical", values = [] }\n', "must have at least 1"),
        (SERVICE + 'distribution = { shape = "empirical", values = [0] }\n', "must have a value above 0"),
        (SERVICE + 'distribution = { shape = "empirical", file = "no.csv" }\n', "file: must name"),
        (SERVICE + 'distribution = { shape = "empirical", file = "bad.csv" }\n', "else in line 2 (bad.csv)"),
        (SERVICE + '[arrivals]\nprocess = "bursty"\n', "arrivals.process: must be one of 'poisson'"),
        (SERVICE + '[arrivals]\nprocess = { shape = "counts", values = [1] }\n', "interval_s: must be"),
        (DATABASE + "cores = 0\n", "database.cores: must be a whole number from 1 to 128, got 0"),
        (DATABASE + 'cores = 1\nsize = "db.m5.large"\n', "database: cores or size is required, never both"),
        (DATABASE + 'size = "huge"\n', "database.size: must be a size of the price book"),
    ],
)  # fmt: skip
def test_a_bad_topology_is_one_clear_message(tmp_path, text, words):
    (tmp_path / "bad.csv").write_text("1\n2 ms\n")
    file = tmp_path / "bad.toml"
    file.write_text(text)
    with pytest.raises(ScenarioError) as caught:
        load_test_of(file)
    assert str(caught.value).startswith(f"{file}: ")
    assert words in str(caught.value)
    assert caught.value.faults


def test_what_is_left_out_does_not_limit(tmp_path):
    file = tmp_path / "small.toml"
    file.write_text(SERVICE)
    assert check_file(file) == "topology"
    test = load_test_of(file)
    assert test.tiers == ("service",)
    assert not test.service_is_limited
    assert test.scenario.cache.hit_share == 1.0
    assert test.slo.latency_p95_ms is None
    file.write_text(DATABASE + "read_replicas = 1\n" + 'size = "db.m5.xlarge"\n')
    test = load_test_of(file)
    assert test.tiers == ("service", "primary", "replica")
    assert test.scenario.prices.database_sizes[test.scenario.database.size].cores == 4


def test_a_scenario_may_say_how_variable_its_work_is(tmp_path):
    """A shape replaces that of the base whole, and what a file measured is kept in the scenario."""
    (tmp_path / "times.csv").write_text("3\n1\n")
    base = f"extends = '{SCENARIOS / 'conservative.toml'}'\n"
    (tmp_path / "base.toml").write_text(base + "[service]\ndistribution = { shape = 'gamma', cv = 2.0 }\n")
    file = tmp_path / "own.toml"
    times = '[database]\ndistribution = { shape = "empirical", file = "times.csv" }\n'
    file.write_text("extends = 'base.toml'\n[service]\ndistribution = { shape = 'erlang', k = 3 }\n" + times)
    scenario = load_scenario(file)
    assert scenario.service.distribution.k == 3
    assert scenario.database.distribution.values == (3.0, 1.0)


def test_more_values_than_are_kept_become_means_of_groups():
    values = [float(value % 977) ** 2 for value in range(3 * MOST_VALUES + 5)]
    kept = grouped(values)
    assert len(kept) == MOST_VALUES
    assert sum(kept) / len(kept) == pytest.approx(sum(values) / len(values))
    assert kept == sorted(kept)
    assert grouped([2.0, 1.0]) == [2.0, 1.0]
