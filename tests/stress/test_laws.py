"""Load tests against queueing theory: means within their own standard errors."""

import numpy as np
import pytest
from scipy.optimize import brentq

from simulator.draws.shapes import squared_cv
from simulator.queueing.laws import mg1, mmc
from tests.stress.bench import loaded, topology

MM4 = "[service]\nworkers = 4\ndemand_ms = 100.0\n"
SURE = 4
"""Standard errors: a right mean is farther off once in ten thousand tests."""


def one_server(demand_ms: float, distribution: str = '"exponential"', process: str = '"poisson"') -> str:
    return (
        f"[service]\nworkers = 1\ndemand_ms = {demand_ms}\ndistribution = {distribution}\n"
        f"[arrivals]\nprocess = {process}\n"
    )


def mm4_latency_ms(rate: float) -> float:
    return (mmc.wait_mean(arrival_rate=rate, service_mean=0.1, n_servers=4) + 0.1) * 1000


def covered(tmp_path, engine: str, *, seeds: int, **sizes: int) -> int:
    """Of so many seeds, those whose interval covers Erlang C at 90 % load."""
    test, law = topology(tmp_path, MM4), mm4_latency_ms(36.0)
    found = [loaded(test, [36.0], seed=seed, engine=engine, **sizes)[0].latency_ms for seed in range(seeds)]
    return sum(abs(latency.mean - law) <= latency.mean_half for latency in found)


def test_erlang_c_is_covered_by_the_interval(tmp_path):
    """A right interval of 95 % misses four times in ten once in a thousand."""
    assert covered(tmp_path, "lanes", seeds=10) >= 7


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "sizes"), [("lanes", {}), ("events", {"runs": 16, "requests": 2_000})])
def test_erlang_c_is_covered_by_the_interval_of_forty_seeds(tmp_path, engine, sizes):
    assert covered(tmp_path, engine, seeds=40, **sizes) >= 34


@pytest.mark.parametrize("rate", [20.0, 30.0])
def test_waits_are_as_long_as_the_tail_of_erlang_c_says(tmp_path, rate):
    """And the interval of P95 holds the quantile of the law, four times as wide."""
    (at,) = loaded(topology(tmp_path, MM4), [rate])
    figures = {"arrival_rate": rate, "service_mean": 0.1, "n_servers": 4}
    for ms, share in at.tiers["service"].wait_ms.above.items():
        assert share == pytest.approx(mmc.wait_tail(int(ms) / 1000, **figures), abs=0.01)
    p95 = brentq(lambda ms: mmc.response_tail(ms / 1000, **figures) - 0.05, 1.0, 5_000.0)
    assert 0 < at.latency_ms.p95_half < 0.1 * p95
    assert at.latency_ms.p95 == pytest.approx(p95, abs=2 * at.latency_ms.p95_half)
    student = at.latency_ms.mean_half / at.latency_ms.se_mean
    assert student == pytest.approx(2.0395, abs=1e-3)  # of 32 runs


@pytest.mark.parametrize("rate", [10.0, 20.0, 30.0])
def test_an_mm4_waits_as_erlang_c_says_and_holds_littles_law(tmp_path, rate):
    (at,) = loaded(topology(tmp_path, MM4), [rate])
    error, service = at.latency_ms.se_mean, at.tiers["service"]
    assert at.latency_ms.mean == pytest.approx(mm4_latency_ms(rate), abs=SURE * error)
    wait = mmc.wait_mean(arrival_rate=rate, service_mean=0.1, n_servers=4) * 1000
    assert service.wait_ms.mean == pytest.approx(wait, abs=SURE * error)
    assert service.utilization_share == pytest.approx(rate / 40, rel=0.02)
    spent = at.throughput_per_s * at.latency_ms.mean / 1000
    assert service.in_system_mean == pytest.approx(spent, rel=0.02)


@pytest.mark.parametrize(
    "distribution",
    [
        *('"deterministic"', '"exponential"', '"erlang2"', '"lognormal"', '"hyperexponential"'),
        '{ shape = "erlang", k = 4 }',
        '{ shape = "gamma", cv = 0.5 }',
        '{ shape = "gamma", cv = 1.5 }',
        '{ shape = "lognormal", cv = 0.5 }',
        '{ shape = "hyperexponential", cv = 1.5 }',
        '{ shape = "empirical", values = [1.0, 1.0, 4.0] }',
    ],
)
def test_one_server_waits_as_pollaczek_and_khinchine_say(tmp_path, distribution):
    test = topology(tmp_path, one_server(10.0, distribution))
    (at,) = loaded(test, [70.0])
    scv = squared_cv(test.scenario.service.distribution)
    law = mg1.wait_mean(arrival_rate=70.0, service_mean=0.01, service_scv=scv) * 1000
    assert at.tiers["service"].wait_ms.mean == pytest.approx(law, abs=SURE * at.latency_ms.se_mean)


@pytest.mark.parametrize("cv", [0.0, 0.5, 1.5])
def test_one_server_waits_as_the_root_of_its_gaps_says(tmp_path, cv):
    """G/M/1: Wq = σ / (μ (1 − σ)), σ = A*(μ (1 − σ)) of the gaps' transform (Kendall, 1953)."""
    process = '"deterministic"' if cv == 0 else f'{{ shape = "gamma", cv = {cv} }}'
    (at,) = loaded(topology(tmp_path, one_server(10.0, process=process)), [80.0])

    def transform(sigma: float) -> float:
        spent = (1 - sigma) * 100.0 / 80.0
        return np.exp(-spent) if cv == 0 else (1 + spent * cv**2) ** (-1 / cv**2)

    sigma = brentq(lambda sigma: transform(sigma) - sigma, 1e-6, 1 - 1e-6)
    law = 10.0 * sigma / (1 - sigma)
    assert at.tiers["service"].wait_ms.mean == pytest.approx(law, abs=SURE * at.latency_ms.se_mean)


def test_the_queue_of_gunthers_first_example(tmp_path, known_case):
    case = known_case("queueing", "pdq_mm1")
    (at,) = loaded(topology(tmp_path, one_server(10.0)), [case["inputs"]["arrival_rate"]])
    law, error = case["expected"], SURE * at.latency_ms.se_mean
    assert at.latency_ms.mean == pytest.approx(law["response"] * 1000, abs=error)
    assert at.tiers["service"].utilization_share == pytest.approx(law["utilization"], rel=0.02)
    assert at.tiers["service"].in_system_mean == pytest.approx(law["queue_len"], abs=error / 1000 * 75 * 1.2)


def test_a_slow_deterministic_server(tmp_path, known_case):
    case = known_case("queueing", "md1_rho08")
    (at,) = loaded(topology(tmp_path, one_server(1000.0, '"deterministic"')), [0.8])
    error = SURE * at.latency_ms.se_mean / 1000
    assert at.tiers["service"].wait_ms.mean / 1000 == pytest.approx(case["expected"]["Wq"], abs=error)
    assert at.tiers["service"].in_system_mean == pytest.approx(case["expected"]["L"], abs=error)


def test_two_servers_and_one_place_to_wait(tmp_path, known_case):
    case = known_case("queueing", "simmer_mm23")
    text = "[service]\nworkers = 2\ndemand_ms = 250\nqueue_room = 1\n"
    (at,) = loaded(topology(tmp_path, text), [3.0])
    assert at.error_share == pytest.approx(case["expected"]["p_reject"], abs=2 * at.error_half)
    assert at.tiers["service"].in_system_mean == pytest.approx(case["expected"]["N"], rel=0.02)
    assert at.throughput_per_s == pytest.approx(3 * (1 - case["expected"]["p_reject"]), rel=0.02)


def test_no_place_to_wait_is_erlang_b(tmp_path, known_case):
    case = known_case("queueing", "erlangB_1pct_N10")
    text = "[service]\nworkers = 10\ndemand_ms = 100\nqueue_room = 0\n"
    (at,) = loaded(topology(tmp_path, text), [case["inputs"]["offered_erlangs"] * 10])
    assert at.error_share == pytest.approx(case["expected"]["blocking"], abs=2 * at.error_half)


def test_a_queue_with_an_end_has_a_mean_number_even_past_its_capacity(tmp_path):
    """M/M/1/2 at twice its capacity: the states 0, 1, 2 weigh 1, 2, 4."""
    text = "[service]\nworkers = 1\ndemand_ms = 100\nqueue_room = 1\n"
    (at,) = loaded(topology(tmp_path, text), [20.0])
    assert at.saturated
    assert at.error_share == pytest.approx(4 / 7, abs=2 * at.error_half)
    assert at.tiers["service"].in_system_mean == pytest.approx(10 / 7, rel=0.02)
