"""``growthsim stress``: the curve, the knee, saturation, and both engines alike."""

import json

import numpy as np
import pytest
from click.testing import CliRunner, Result
from scipy.optimize import brentq

from simulator.cli import main
from simulator.engines.windows import SERVE_WINDOWS
from simulator.queueing.laws import mmc
from simulator.scenario.topology_file import load_test_of
from simulator.serving.window.replay import Replay
from simulator.stress.bench import Bench
from simulator.stress.knee import Knee, NoKnee, knee_of
from simulator.stress.measure import NONE, order_statistics
from tests.simulated import SCENARIOS
from tests.stress.bench import loaded, topology

MM4 = str(SCENARIOS / "examples" / "stress_mm4.toml")
FULL = str(SCENARIOS / "examples" / "stress_full.toml")


def stress(*words: str) -> Result:
    return CliRunner().invoke(main, ["stress", *words])


def told(*words: str) -> dict:
    result = stress(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_json_has_exactly_these_keys():
    found = told(MM4, "--rate", "20,40", "--requests", "512", "--runs", "4")
    assert found.keys() == {"rates", "knee", "no_knee", "notes"}
    below, full = found["rates"]
    for rate in (below, full):
        assert list(rate) == [
            *("rate_per_s", "throughput_per_s", "error_share", "error_share_half", "saturated"),
            *("lower_bound", "why", "warning", "offered_share", "bottleneck"),
            *("latency_ms", "tiers", "window"),
        ]
        assert list(rate["latency_ms"]) == [
            *("mean", "p50", "p95", "p99", "se_mean", "mean_half", "p95_half")
        ]
        assert list(rate["tiers"]) == ["service"]
        assert list(rate["tiers"]["service"]) == ["utilization_share", "wait_ms", "in_system_mean"]
        assert list(rate["tiers"]["service"]["wait_ms"]) == ["mean", "p95", "above"]
        assert list(rate["window"]) == ["warmup", "measured"]
    assert list(found["knee"]) == ["rate_per_s", "low", "high", "at_most"]
    assert below["saturated"] is False
    assert full["saturated"] is True
    assert set(full["latency_ms"].values()) == {None}
    assert full["tiers"]["service"]["wait_ms"] == {
        "mean": None,
        "p95": None,
        "above": dict.fromkeys(("0", "10", "100", "1000")),
    }
    assert full["tiers"]["service"]["utilization_share"] > 0.9


@pytest.mark.parametrize("file", [FULL, str(SCENARIOS / "conservative.toml")])
def test_both_engines_print_the_same_bytes(file):
    words = (file, "--rate", "100,250", "--requests", "64", "--runs", "2", "--json")
    lanes, events = (stress(*words, "--engine", engine) for engine in ("lanes", "events"))
    assert lanes.exit_code == 0, lanes.output
    assert lanes.stdout == events.stdout
    assert list(json.loads(lanes.stdout)["rates"][0]["tiers"]) == ["service", "primary", "replica"]


def test_a_run_is_the_same_whatever_is_asked_beside_it():
    alone = told(MM4, "--rate", "30", "--requests", "256", "--runs", "3")["rates"][0]
    beside = told(MM4, "--rate", "10,30", "--requests", "256", "--runs", "3")["rates"][1]
    assert alone == beside


@pytest.mark.parametrize(
    ("words", "rates"),
    [
        (["--rate", "5"], [5]),
        (["--rate", "5,20", "--rate", "7"], [5, 20, 7]),
        (["--rate", "10:30:5"], [10, 15, 20, 25, 30]),
        ([], [4, 8, 12, 16, 20, 24, 28, 32, 36, 40]),
    ],
)
def test_one_rate_or_several_or_a_range(words, rates):
    found = told(MM4, *words, "--requests", "64", "--runs", "2")
    assert [rate["rate_per_s"] for rate in found["rates"]] == pytest.approx(rates)


def test_the_knee_is_where_the_tail_of_an_mm4_passes_its_limit(tmp_path):
    """The exact knee lies in the interval; 95 % intervals of five seeds miss twice once in fifty."""
    test = topology(tmp_path, "[service]\nworkers = 4\ndemand_ms = 100.0\n[slo]\nlatency_p95_ms = 400\n")

    def late_share(rate: float) -> float:
        return mmc.response_tail(0.4, arrival_rate=rate, service_mean=0.1, n_servers=4)

    exact = brentq(lambda rate: late_share(rate) - 0.05, 20.0, 29.9)
    inside = 0
    for seed in range(5):
        bench = Bench.of(test, seed=seed, runs=range(16))
        points = loaded(test, [20.0, 34.0], seed=seed, runs=16)
        found = knee_of(bench, SERVE_WINDOWS["lanes"], points, requests=None)
        assert isinstance(found, Knee)
        assert found.low < found.rate_per_s < found.high
        inside += found.low <= exact <= found.high
    assert inside >= 3


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ("", "no limit is given"),
        ("latency_p95_ms = 1e6", "every tested rate"),
        ("latency_p95_ms = 1", "no tested rate"),
    ],
)
def test_without_a_knee_the_reason_is_given(tmp_path, limits, reason):
    test = topology(tmp_path, f"[service]\nworkers = 4\ndemand_ms = 100.0\n[slo]\n{limits}\n")
    points = loaded(test, [10.0, 20.0], runs=2, requests=128)
    bench = Bench.of(test, seed=1, runs=range(2))
    found = knee_of(bench, SERVE_WINDOWS["lanes"], points, requests=128)
    assert isinstance(found, NoKnee)
    assert reason in found.reason


def test_the_bottleneck_is_the_tier_that_is_offered_most(tmp_path):
    """10 ms of 8 workers at the service, 6 ms of one core in the database: 1/800 and 1/167 of a second."""
    text = "[service]\nworkers = 8\ndemand_ms = 10\n[database]\nread_ms = 6\n"
    below, full = loaded(topology(tmp_path, text), [100.0, 200.0], runs=4, requests=512)
    assert below.bottleneck == "primary"
    assert below.offered_share == pytest.approx({"service": 0.125, "primary": 0.6})
    assert full.saturated
    assert np.isnan(full.tiers["primary"].wait_ms.mean)
    assert np.isnan(full.tiers["primary"].in_system_mean)
    assert full.tiers["service"].wait_ms.mean >= 0


def test_what_was_observed_gives_the_work(tmp_path):
    text = "[service]\nreplicas = 2\nworkers = 4\nobserved = { utilization_share = 0.5, rate_per_s = 40 }\n"
    bench = Bench.of(topology(tmp_path, text), seed=1, runs=range(1))
    assert bench.capacity_per_s() == pytest.approx(80.0)


def test_a_scenario_is_tested_as_it_stands_today():
    test = load_test_of(SCENARIOS / "aggressive.toml")
    assert test.tiers == ("service", "primary", "replica")
    assert test.slo.latency_p95_ms == test.scenario.thresholds.latency_p95_ms.attention
    bench = Bench.of(test, seed=1, runs=range(2))
    few, many = bench.replicas(np.array([50.0, 390.0]))
    scaling = test.scenario.service.autoscaling
    assert (few == scaling.replicas_min).all()
    assert (many == scaling.replicas_max).all()


def test_counts_are_replayed_in_proportion_to_the_rate(tmp_path):
    """Arrivals by interval over whole periods are as the counts, whatever the rate."""
    counts = [1.0, 0.0, 5.0, 2.0]
    process = f'{{ shape = "counts", values = {counts}, interval_s = 2 }}'
    text = f"[service]\ndemand_ms = 0.01\n[arrivals]\nprocess = {process}\n"
    bench = Bench.of(topology(tmp_path, text), seed=1, runs=range(8))
    rates = np.array([50.0, 200.0])
    draws = bench.draws(slice(0, 8), 20_000, 2)
    evenly = np.cumsum(draws.gap, axis=1) / np.tile(rates, 8)[:, np.newaxis] * 1e6
    came = bench.replay.ticks(evenly)
    assert (np.diff(came, axis=1) >= 0).all()
    interval = (came // 2e6).astype(int) % 4
    shares = np.array([(interval == place).mean() for place in range(4)])
    assert shares == pytest.approx(np.array(counts) / 8, abs=0.01)
    assert came[:, -1] == pytest.approx(evenly[:, -1], abs=8e6)


def test_even_counts_change_nothing():
    evenly = np.array([0.0, 1.0e6, 1.5e6, 7.25e6])
    assert Replay.of([3.0, 3.0], 1.0).ticks(evenly) == pytest.approx(evenly)


def test_measured_times_and_counts_are_read_from_files(tmp_path):
    (tmp_path / "times.csv").write_text("time_ms\n# a note\n10\n20\n60\n")
    (tmp_path / "counts.csv").write_text("minute;requests\n0;4\n1;0\n2;8\n")
    text = (
        '[service]\ndistribution = { shape = "empirical", file = "times.csv" }\n'
        "[arrivals]\n"
        'process = { shape = "counts", file = "counts.csv", column = "requests", interval_s = 60 }\n'
    )
    test = topology(tmp_path, text)
    assert test.scenario.service.demand_ms == 30.0
    assert test.scenario.service.distribution.values == (10.0, 20.0, 60.0)
    assert test.arrivals.process.values == (4.0, 0.0, 8.0)


def test_order_statistics_are_nearest_ranks():
    values = np.array([5, NONE, 1, 4, 2, 3], dtype=np.int64)
    assert order_statistics(values, (0.2, 0.5, 0.95)).tolist() == [1.0, 3.0, 5.0]
    assert np.isnan(order_statistics(values[1:2], (0.5,))).all()


def test_a_terminal_is_told_the_knee_and_the_bottleneck():
    result = stress(MM4, "--rate", "20,40", "--requests", "1024", "--runs", "4")
    assert result.exit_code == 0, result.output
    for words in ("service 50 %", "Knee: up to", "p95 <= 500 ms", "Saturated at 40 a second", "4 runs"):
        assert words in result.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nowhere.toml"], "must be an existing file"),
        ([MM4, "--rate", "0"], "rates above 0"),
        ([MM4, "--rate", "fast"], "rates above 0"),
        ([MM4, "--rate", "1:2"], "START:STOP:COUNT"),
        ([MM4, "--rate", "1:2:1"], "START:STOP:COUNT"),
        ([str(SCENARIOS / "base.toml")], "must be a topology"),
        ([str(SCENARIOS / "prices.toml")], "must be a topology"),
    ],
)
def test_wrong_input_is_a_message_and_exit_code_2(words, message):
    result = stress(*words)
    assert result.exit_code == 2
    assert message in result.output
    assert "Traceback" not in result.output


def test_verify_compares_every_request_of_a_topology():
    result = CliRunner().invoke(main, ["verify", MM4, FULL, "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["identical"] is True
    files = {file["file"]: file["values"] for file in found["files"]}
    runs, loads, requests, of_a_request = 2, 2, 128, 5 + 4  # and its place among the calls
    assert files[MM4] == runs * loads * requests * of_a_request
    assert files[FULL] > files[MM4]


def test_a_terminal_is_told_what_the_last_number_of_a_range_is():
    said = stress(MM4, "--rate", "10:30:3", "--requests", "64", "--runs", "2").output
    assert "--rate 10:30:3 is 3 rates, 10 apart." in said
    assert "the last number is no step" in " ".join(stress("--help").output.split())


def test_programs_are_told_the_windows_and_why_there_is_no_knee():
    found = told(MM4, "--rate", "10", "--requests", "512", "--runs", "4")
    assert found["knee"] is None
    assert found["no_knee"] == "every tested rate keeps the limits, 10 a second too"
    (rate,) = found["rates"]
    assert rate["window"]["measured"] == 512
    assert rate["latency_ms"]["p95_half"] > 0


@pytest.mark.parametrize("rate", ["1e-12", "1e-308", "5e-324", "0.0000001"])
def test_a_rate_at_which_nothing_comes_is_refused(rate):
    """Its arrivals were beyond an int64, and all of them errors."""
    done = CliRunner().invoke(
        main, ["stress", str(SCENARIOS / "examples" / "stress_mm4.toml"), "--rate", rate]
    )
    assert done.exit_code == 2
    assert "0.000001 at least" in done.stderr
