"""Load tests near capacity: theory in the interval, or no more said than at least."""

import json

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner
from scipy.stats import t as student

from simulator.api.loads import stress
from simulator.cli import main
from simulator.queueing.laws import mg1, mmc
from simulator.stress.bench import Bench
from simulator.stress.intervals import half_width, quantile_ends
from simulator.stress.window_size import window_sizes
from tests.stress.bench import loaded, topology

SERVERS = pytest.mark.parametrize("servers", [1, 4])
LOADS = pytest.mark.parametrize("load", [0.95, 0.98, 0.99, 0.995, 0.999])
SKEWED = '[service]\ndemand_ms = 10.0\ndistribution = { shape = "lognormal", cv = 4.0 }\n'


def of_servers(servers: int, further: str = "") -> str:
    return f"[service]\nworkers = {servers}\ndemand_ms = 100.0\n{further}"


def inside_or_at_least(tmp_path, servers: int, load: float, seeds: int, **sizes: int) -> int:
    """Of so many seeds, those whose interval holds Erlang's mean, or at least a bound below it."""
    test, rate = topology(tmp_path, of_servers(servers)), load * servers * 10
    law = mmc.response_mean(arrival_rate=rate, service_mean=0.1, n_servers=servers) * 1000
    right = 0
    for seed in range(seeds):
        (at,) = loaded(test, [rate], seed=seed, **sizes)
        if at.at_least is None:
            right += abs(at.latency_ms.mean - law) <= at.latency_ms.mean_half
        else:
            right += at.at_least.latency_ms.mean <= law
    return right


@SERVERS
@LOADS
def test_a_window_settles_or_says_why_not(tmp_path, servers, load):
    """(1 − √.95)² asks for 29,640 requests, fewer than the limit; (1 − √.98)² for 194,036."""
    bench = Bench.of(topology(tmp_path, of_servers(servers)), seed=1, runs=range(2))
    (size,) = window_sizes(bench, np.array([load * servers * 10]), None)
    assert (size.shortfall is None) == (load < 0.98)
    if size.shortfall is not None:
        assert "windows.requests_limit is 32,768" in size.shortfall
    assert inside_or_at_least(tmp_path, servers, load, 4, runs=16, requests=1_024) >= 3


@pytest.mark.slow
@SERVERS
@LOADS
def test_theory_is_inside_or_the_bound_holds_in_forty_seeds(tmp_path, servers, load):
    assert inside_or_at_least(tmp_path, servers, load, 40) >= 34


def test_a_higher_limit_is_enough_nearer_to_the_capacity(tmp_path):
    bench = Bench.of(topology(tmp_path, of_servers(4)), seed=1, runs=range(2))
    assert window_sizes(bench, np.array([39.2]), 100_000)[0].shortfall.endswith(
        "requests is 100,000 and windows.requests_limit is 32,768"
    )
    higher = of_servers(4, "[windows]\nrequests_limit = 262_144\n")
    bench = Bench.of(topology(tmp_path, higher), seed=1, runs=range(2))
    (size,) = window_sizes(bench, np.array([39.2]), None)
    assert size.shortfall is None
    assert size.measured >= 194_036
    assert size.warmup >= 48_509


def test_table_json_and_api_say_at_least_and_why(tmp_path):
    file = tmp_path / "topology.toml"
    topology(tmp_path, of_servers(4))
    words = ("stress", str(file), "--rate", "20,39.2", "--requests", "1024", "--runs", "16")
    printed = " ".join(CliRunner().invoke(main, words).output.split())
    assert "At 39.2 a second errors, latency and waits are at least these" in printed
    assert "At 20 a second errors" not in printed
    below, near = json.loads(CliRunner().invoke(main, [*words, "--json"]).stdout)["rates"]
    assert (below["lower_bound"], below["why"]) == (False, None)
    assert near["lower_bound"] is True
    assert near["why"].endswith("and requests is 1,024 and windows.requests_limit is 32,768")
    assert near["latency_ms"]["mean_half"] is None
    (at,) = loaded(topology(tmp_path, of_servers(4)), [39.2], runs=16, requests=1024)
    lower = at.at_least.latency_ms.mean
    assert near["latency_ms"]["mean"] == pytest.approx(lower, rel=1e-5)
    assert 0 < lower < at.latency_ms.mean
    assert f"≥ {lower:.4g}" in printed
    frame = stress(file, [20.0, 39.2], runs=16, requests=1024).rates
    assert frame["lower_bound"].to_list() == [False, True]
    assert frame["why"].to_list() == [None, near["why"]]
    assert frame["warning"].dtype == pl.String


def test_a_knee_that_rests_on_bounds_is_at_most_there(tmp_path):
    file = tmp_path / "topology.toml"
    topology(tmp_path, of_servers(4, "[slo]\nlatency_p95_ms = 800\n"))
    found = stress(file, [36.0, 39.6], runs=4, requests=256)
    assert found.knee_is_at_most
    low, _ = found.knee_interval_per_s
    assert low < 36.0
    words = ("stress", str(file), "--rate", "36,39.6", "--runs", "4", "--requests", "256")
    assert "Knee: up to at most" in " ".join(CliRunner().invoke(main, words).output.split())


# --- intervals -------------------------------------------------------------------------------------------


def skewed_covered(tmp_path, seeds: int) -> int:
    test = topology(tmp_path, SKEWED)
    law = mg1.response_mean(arrival_rate=60.0, service_mean=0.01, service_scv=16.0) * 1000
    found = [loaded(test, [60.0], seed=seed)[0] for seed in range(seeds)]
    assert all(at.at_least is None for at in found)
    return sum(abs(at.latency_ms.mean - law) <= at.latency_ms.mean_half for at in found)


def test_skewed_work_is_covered_by_the_interval(tmp_path):
    assert skewed_covered(tmp_path, 12) >= 10


@pytest.mark.slow
def test_skewed_work_is_covered_by_the_interval_of_forty_seeds(tmp_path):
    assert skewed_covered(tmp_path, 40) >= 34


def test_the_interval_of_a_skewed_mean_covers_where_students_does_not():
    """Of means of 32 lognormals of cv 1.5 Student's interval holds some 89 %, Hall's some 93."""
    rng = np.random.Generator(np.random.PCG64(1))
    variance = np.log(1 + 1.5**2)
    samples = np.exp(rng.normal(-variance / 2, np.sqrt(variance), (2_000, 32)))
    off = np.abs(samples.mean(axis=1) - 1)
    students = samples.std(axis=1, ddof=1) / np.sqrt(32) * student.ppf(0.975, 31)
    halls = np.array([half_width(sample) for sample in samples])
    assert (off <= students).mean() < 0.90
    assert (off <= halls).mean() > 0.92
    assert (halls >= students * (1 - 1e-12)).all()


def test_runs_that_are_not_skewed_have_students_interval():
    values = np.array([1.0, 2.0, 4.0, 5.0])
    spread = values.std(ddof=1) / 2
    assert half_width(values) == pytest.approx(spread * student.ppf(0.975, 3))
    assert np.isnan(half_width(values[:1]))


def test_the_interval_of_a_quantile_is_of_all_runs_together():
    """Runs that each see another part of a whole: none has its P50, and all together do."""
    values = np.arange(4_000, dtype=np.int64).reshape(4, 1_000)
    low, high = quantile_ends(values, 0.5)
    assert low < 2_000 < high
    assert np.isnan(quantile_ends(values[:1], 0.5)).all()
