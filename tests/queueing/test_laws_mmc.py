"""M/M/c and M/M/c/K: textbook answers, one-server reductions, the chain's own stationary state."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from simulator.queueing.laws import erlang, mmc, mmck

servers = st.integers(1, 100)
utilizations = st.floats(0.01, 0.99)
services = st.floats(1e-3, 1e3)


def load_of(utilization: float, service_mean: float, n_servers: int) -> dict[str, float]:
    rate = utilization * n_servers / service_mean
    return {"arrival_rate": rate, "service_mean": service_mean, "n_servers": n_servers}


@pytest.mark.parametrize(("n_servers", "wait_minutes"), [(4, 1.135), (3, 9.570)])
def test_bookstore(n_servers, wait_minutes):
    """Gross and Harris: 40 customers an hour, 4 minutes each."""
    wait = mmc.wait_mean(arrival_rate=40, service_mean=4 / 60, n_servers=n_servers)
    assert 60 * wait == pytest.approx(wait_minutes, abs=0.0005)


def test_one_server_case(known_case):
    case = known_case("queueing", "pdq_mm1")
    load = {
        "arrival_rate": case["inputs"]["arrival_rate"],
        "service_mean": 1 / case["inputs"]["service_rate"],
        "n_servers": 1,
    }
    assert mmc.response_mean(**load) == pytest.approx(case["expected"]["response"], rel=1e-6)
    assert mmc.number_mean(**load) == pytest.approx(case["expected"]["queue_len"], rel=1e-6)


def test_three_server_case(known_case):
    case = known_case("queueing", "pdq_mmm3")
    load = {
        "arrival_rate": case["inputs"]["arrival_rate"],
        "service_mean": case["inputs"]["service_time"],
        "n_servers": case["inputs"]["servers"],
    }
    assert mmc.wait_share(**load) == pytest.approx(case["expected"]["p_wait"], rel=1e-6)
    assert mmc.response_mean(**load) == pytest.approx(case["expected"]["response"], rel=1e-6)
    assert mmc.number_mean(**load) == pytest.approx(case["expected"]["number_in_system"], rel=1e-6)


@given(utilization=utilizations, service_mean=services)
def test_one_server_reduces_to_mm1(utilization, service_mean):
    """One server: W = S/(1 − ρ), L = ρ/(1 − ρ), P(T > t) = e^(−t/W)."""
    load = load_of(utilization, service_mean, 1)
    response = service_mean / (1 - utilization)
    assert mmc.response_mean(**load) == pytest.approx(response)
    assert mmc.number_mean(**load) == pytest.approx(utilization / (1 - utilization))
    assert mmc.response_tail(2 * response, **load) == pytest.approx(math.exp(-2))


@given(utilization=utilizations, service_mean=services, n_servers=servers, share=st.floats(0, 0.9999))
def test_a_percentile_is_where_the_tail_is(utilization, service_mean, n_servers, share):
    load = load_of(utilization, service_mean, n_servers)
    wait = mmc.wait_percentile(share, **load)
    if wait > 0:
        assert mmc.wait_tail(wait, **load) == pytest.approx(1 - share)
    else:
        assert mmc.wait_share(**load) <= 1 - share


@pytest.mark.parametrize(("n_servers", "utilization"), [(1, 0.5), (2, 0.5), (2, 0.9), (8, 0.7), (8, 0.875)])
def test_a_mean_is_the_area_under_its_tail(n_servers, utilization):
    """Among these the queue empties faster than, slower than and exactly as fast as one serves."""
    load = load_of(utilization, 1.0, n_servers)
    area = quad(lambda t: mmc.wait_tail(t, **load), 0, np.inf)[0]
    assert area == pytest.approx(mmc.wait_mean(**load), rel=1e-6)
    area = quad(lambda t: mmc.response_tail(t, **load), 0, np.inf)[0]
    assert area == pytest.approx(mmc.response_mean(**load), rel=1e-6)


@given(utilization=utilizations, n_servers=servers, response=st.floats(0, 1e6))
def test_a_response_outlasts_its_service_and_its_wait(utilization, n_servers, response):
    load = load_of(utilization, 1.0, n_servers)
    tail = mmc.response_tail(response, **load)
    assert tail >= max(math.exp(-response), mmc.wait_tail(response, **load)) * (1 - 1e-12)
    assert tail <= 1 + 1e-12


@given(lower=utilizations, higher=utilizations, n_servers=servers)
def test_waits_rise_with_load_and_fall_with_servers(lower, higher, n_servers):
    lower, higher = sorted((lower, higher))
    light, heavy = load_of(lower, 1.0, n_servers), load_of(higher, 1.0, n_servers)
    assert mmc.wait_mean(**light) <= mmc.wait_mean(**heavy) * (1 + 1e-9)
    assert mmc.wait_mean(**heavy | {"n_servers": n_servers + 1}) <= mmc.wait_mean(**heavy)
    assert mmc.relaxation_time(**light) <= mmc.relaxation_time(**heavy) * (1 + 1e-9)


@pytest.mark.parametrize(
    ("n_servers", "utilization"), [(1, 0.5), (1, 0.8), (3, 0.15), (5, 0.3), (20, 0.6), (50, 0.8)]
)
def test_relaxation_time_is_the_inverse_of_the_spectral_gap(n_servers, utilization):
    """Against the second eigenvalue of the chain, made symmetric by its stationary state.

    Cut at 400 waiting, the chain forgets up to 0.5 % sooner.
    """
    load = load_of(utilization, 1.0, n_servers)
    room = n_servers + 400
    up = np.full(room, load["arrival_rate"])
    down = np.minimum(np.arange(1, room + 1), n_servers).astype(float)
    rates_out = np.concatenate((up, [0])) + np.concatenate(([0], down))
    beside = np.sqrt(up * down)
    gaps = np.linalg.eigvalsh(np.diag(rates_out) - np.diag(beside, 1) - np.diag(beside, -1))
    assert gaps[0] == pytest.approx(0, abs=1e-9)
    assert mmc.relaxation_time(**load) == pytest.approx(1 / gaps[1], rel=0.005 if n_servers == 1 else 0.1)


def test_relaxation_time_of_a_database_server():
    """One server of 5 ms remembers for 0.8 s at 85 % load and for 8 s at 95 %."""
    assert mmc.relaxation_time(arrival_rate=170, service_mean=0.005, n_servers=1) == pytest.approx(
        0.82, abs=0.01
    )
    assert mmc.relaxation_time(arrival_rate=190, service_mean=0.005, n_servers=1) == pytest.approx(
        7.8, abs=0.05
    )


def test_finite_room_case(known_case):
    case = known_case("queueing", "simmer_mm23")
    load = {
        "arrival_rate": case["inputs"]["arrival_rate"],
        "service_mean": 1 / case["inputs"]["service_rate"],
        "n_servers": case["inputs"]["servers"],
        "room": case["inputs"]["capacity"],
    }
    assert mmck.blocking_share(**load) == pytest.approx(case["expected"]["p_reject"], rel=1e-6)
    assert mmck.number_mean(**load) == pytest.approx(case["expected"]["N"], rel=1e-6)


@given(offered=st.floats(0.01, 50), n_servers=st.integers(1, 30), queue=st.integers(0, 30))
def test_finite_room_keeps_littles_law_and_balance(offered, n_servers, queue):
    """L = λ(1 − p_K)(W + S), and no flow between two states is one-sided."""
    load = {"arrival_rate": offered, "service_mean": 1.0, "n_servers": n_servers, "room": n_servers + queue}
    shares = mmck.number_shares(**load)
    assert shares.sum() == pytest.approx(1)
    busy = np.minimum(np.arange(1, n_servers + queue + 1), n_servers)
    np.testing.assert_allclose(offered * shares[:-1], busy * shares[1:], rtol=1e-9)
    admitted = offered * (1 - mmck.blocking_share(**load))
    assert mmck.number_mean(**load) == pytest.approx(admitted * (mmck.wait_mean(**load) + 1))
    assert mmck.utilization(**load) == pytest.approx(admitted / n_servers)


@given(offered=st.floats(0.01, 200), n_servers=servers)
def test_without_a_waiting_room_it_is_erlang_b(offered, n_servers):
    blocking = mmck.blocking_share(arrival_rate=offered, service_mean=1, n_servers=n_servers, room=n_servers)
    assert blocking == pytest.approx(
        erlang.blocking_share(offered_load=offered, n_servers=n_servers), rel=1e-9
    )


@given(utilization=st.floats(0.05, 0.9), n_servers=st.integers(1, 30))
def test_with_ever_more_room_it_is_mmc(utilization, n_servers):
    load = load_of(utilization, 1.0, n_servers)
    rooms = [n_servers, n_servers + 5, n_servers + 50, n_servers + 1000]
    blocking = [mmck.blocking_share(**load, room=room) for room in rooms]
    assert blocking == sorted(blocking, reverse=True)
    assert mmck.wait_mean(**load, room=rooms[-1]) == pytest.approx(mmc.wait_mean(**load), rel=1e-9)


def test_overload_with_finite_room_serves_what_it_can():
    load = {"arrival_rate": 300.0, "service_mean": 0.1, "n_servers": 10, "room": 40}
    assert mmck.utilization(**load) == pytest.approx(1, abs=1e-6)
    assert mmck.blocking_share(**load) == pytest.approx(2 / 3, abs=1e-6)


def test_inputs_are_checked():
    with pytest.raises(ValueError, match="n_servers must be at least 1, got 0"):
        mmc.wait_mean(arrival_rate=1, service_mean=1, n_servers=0)
    with pytest.raises(ValueError, match=r"offered load must be below n_servers = 2, got 2\.5"):
        mmc.wait_mean(arrival_rate=2.5, service_mean=1, n_servers=2)
    with pytest.raises(ValueError, match="service_mean must be above 0, got 0"):
        mmc.relaxation_time(arrival_rate=2.5, service_mean=0, n_servers=2)
    with pytest.raises(ValueError, match="share must be at least 0 and below 1, got 1"):
        mmc.wait_percentile(1, arrival_rate=1, service_mean=1, n_servers=2)
    with pytest.raises(ValueError, match="wait must be at least 0, got -1"):
        mmc.wait_tail(-1, arrival_rate=1, service_mean=1, n_servers=2)
    with pytest.raises(ValueError, match="room must be at least n_servers = 4, got 3"):
        mmck.blocking_share(arrival_rate=1, service_mean=1, n_servers=4, room=3)
