"""M/G/1, M/D/c and G/G/c: what is known when services are not exponential."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from simulator.queueing.laws import ggc, mdc, mg1, mmc, operational

utilizations = st.floats(0.01, 0.99)
servers = st.integers(1, 60)
scvs = st.floats(0, 20)


def constant_service_wait(arrival_rate: float, n_servers: int) -> float:
    """M/D/c with S = 1 by another route: L = Σₙ E[(Aₙ − nc)⁺]/n, Aₙ Poisson of mean nλ (Spitzer, 1956)."""
    queue = 0.0
    for n in range(1, 3000):
        rooms, mean = n * n_servers, n * arrival_rate
        term = mean * poisson.sf(rooms - 1, mean) - rooms * poisson.sf(rooms, mean)
        queue += term / n
        if term < 1e-15:
            break
    return queue / arrival_rate


def test_constant_service_case(known_case):
    case = known_case("queueing", "md1_rho08")
    rate, service = case["inputs"]["arrival_rate"], case["inputs"]["service"]
    wait = mg1.wait_mean(arrival_rate=rate, service_mean=service, service_scv=0)
    assert wait == pytest.approx(case["expected"]["Wq"], rel=1e-6)
    number = mg1.number_mean(arrival_rate=rate, service_mean=service, service_scv=0)
    assert number == pytest.approx(case["expected"]["L"], rel=1e-6)


@given(utilization=utilizations, service_mean=st.floats(1e-3, 1e3))
def test_exponential_and_constant_services_at_one_server(utilization, service_mean):
    """scv 1 is M/M/1, scv 0 is M/D/1: half its wait."""
    load = {"arrival_rate": utilization / service_mean, "service_mean": service_mean}
    exponential = mg1.wait_mean(**load, service_scv=1)
    assert exponential == pytest.approx(mmc.wait_mean(**load, n_servers=1))
    assert mg1.wait_mean(**load, service_scv=0) == pytest.approx(exponential / 2)
    assert mdc.wait_mean(**load, n_servers=1) == pytest.approx(exponential / 2)
    assert mdc.wait_share(**load, n_servers=1) == pytest.approx(utilization)


@given(utilization=st.floats(0.3, 0.9), n_servers=servers)
def test_constant_services_by_two_routes(utilization, n_servers):
    rate = utilization * n_servers
    wait = mdc.wait_mean(arrival_rate=rate, service_mean=1, n_servers=n_servers)
    assert wait == pytest.approx(constant_service_wait(rate, n_servers), rel=1e-9, abs=1e-13 * n_servers**2)


@given(utilization=utilizations, n_servers=servers)
def test_constant_services_wait_less_than_exponential_ones(utilization, n_servers):
    """Less, but no less than half: 1/2 is the limit at heavy load, nearly all of it at none."""
    load = {"arrival_rate": utilization * n_servers, "service_mean": 1.0, "n_servers": n_servers}
    rounding = 1e-13 * n_servers**2
    assert mmc.wait_mean(**load) / 2 - rounding <= mdc.wait_mean(**load) <= mmc.wait_mean(**load) + rounding
    assert 0 <= mdc.wait_share(**load) <= mmc.wait_share(**load) + rounding


@given(utilization=utilizations, n_servers=servers, lower=scvs, higher=scvs)
def test_variability_costs_time(utilization, n_servers, lower, higher):
    lower, higher = sorted((lower, higher))
    load = {"arrival_rate": utilization * n_servers, "service_mean": 1.0, "n_servers": n_servers}
    for law in (ggc.allen_cunneen_wait_mean, ggc.sakasegawa_wait_mean):
        calm = law(**load, arrival_scv=1, service_scv=lower)
        assert calm <= law(**load, arrival_scv=1, service_scv=higher)
        assert calm <= law(
            **load | {"arrival_rate": load["arrival_rate"] * 1.005}, arrival_scv=1, service_scv=lower
        )


@given(utilization=utilizations, service_scv=scvs)
def test_bands_close_on_what_is_exact(utilization, service_scv):
    """Poisson arrivals, one server: both approximations are Pollaczek-Khinchine, and the bound lies above."""
    load = {"arrival_rate": utilization, "service_mean": 1.0}
    exact = mg1.wait_mean(**load, service_scv=service_scv)
    scv = {"arrival_scv": 1.0, "service_scv": service_scv}
    assert ggc.allen_cunneen_wait_mean(**load, n_servers=1, **scv) == pytest.approx(exact)
    assert ggc.sakasegawa_wait_mean(**load, n_servers=1, **scv) == pytest.approx(exact)
    assert ggc.kingman_bound(**load, **scv) >= exact


def test_kingmans_bound_is_tight_at_heavy_load():
    load = {"arrival_rate": 0.999, "service_mean": 1.0}
    exact = mg1.wait_mean(**load, service_scv=4)
    assert ggc.kingman_bound(**load, arrival_scv=1, service_scv=4) == pytest.approx(exact, rel=0.001)


@pytest.mark.parametrize(
    ("n_servers", "utilization"), [(2, 0.5), (2, 0.7), (2, 0.9), (5, 0.7), (5, 0.9), (20, 0.9), (20, 0.95)]
)
def test_approximations_near_exact_answers(n_servers, utilization):
    """Where 30 % wait, Sakasegawa is within 10 % of M/M/c, and Allen and Cunneen within 15 % of M/D/c."""
    load = {"arrival_rate": utilization * n_servers, "service_mean": 1.0, "n_servers": n_servers}
    assert mmc.wait_share(**load) > 0.3
    sakasegawa = ggc.sakasegawa_wait_mean(**load, arrival_scv=1, service_scv=1)
    assert sakasegawa == pytest.approx(mmc.wait_mean(**load), rel=0.10)
    allen = ggc.allen_cunneen_wait_mean(**load, arrival_scv=1, service_scv=0)
    assert allen == pytest.approx(mdc.wait_mean(**load), rel=0.15)


def test_little_and_the_utilization_law():
    load = {"arrival_rate": 3.0, "service_mean": 0.25, "n_servers": 1}
    number = operational.little_number_mean(throughput=3.0, time_mean=mmc.response_mean(**load))
    assert number == pytest.approx(mmc.number_mean(**load))
    assert operational.little_time_mean(number_mean=number, throughput=3.0) == pytest.approx(
        mmc.response_mean(**load)
    )
    assert operational.service_demand(utilization=0.75, throughput=3.0, n_servers=1) == pytest.approx(0.25)


def test_inputs_are_checked():
    for law in (mdc.wait_mean, mdc.wait_share):
        with pytest.raises(ValueError, match="offered load must be below n_servers = 2, got 2"):
            law(arrival_rate=2, service_mean=1, n_servers=2)
    with pytest.raises(ValueError, match=r"offered load must be below n_servers = 1, got 1\.2"):
        mg1.wait_mean(arrival_rate=1.2, service_mean=1, service_scv=1)
    with pytest.raises(ValueError, match="service_scv must be at least 0, got -1"):
        mg1.wait_mean(arrival_rate=0.2, service_mean=1, service_scv=-1)
    with pytest.raises(ValueError, match="arrival_scv must be at least 0, got -1"):
        ggc.kingman_bound(arrival_rate=0.2, service_mean=1, arrival_scv=-1, service_scv=1)
    with pytest.raises(ValueError, match=r"utilization must be between 0 and 1, got 1\.1"):
        operational.service_demand(utilization=1.1, throughput=1, n_servers=1)
    with pytest.raises(ValueError, match="throughput must be above 0, got 0"):
        operational.little_time_mean(number_mean=1, throughput=0)
