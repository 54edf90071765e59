"""What people of the trade met: pools, locked rows and time-outs that are full before the cores."""

import math
from pathlib import Path

import pytest

from simulator.engines.windows import SERVE_WINDOWS
from simulator.queueing.laws import mmc
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.topology_file import LoadTest, load_test_of
from simulator.stress.at_rate import AtRate
from simulator.stress.bench import Bench
from simulator.stress.knee import Knee, knee_of
from tests.simulated import summary_of, weeks_of
from tests.stress.bench import loaded

PUBLIC = Path(__file__).parents[1] / "data" / "public"
RUNS = 8


def case(name: str) -> LoadTest:
    return load_test_of(PUBLIC / f"{name}.toml")


def at_rate(name: str, rate: float, *, requests: int = 4_000) -> AtRate:
    (point,) = loaded(case(name), [rate], runs=RUNS, requests=requests)
    return point


def test_a_room_bounds_the_mean_past_capacity():
    """M/M/4/12 at 44 a second for 40: W = L / X = 207.3 ms, and full."""
    point = at_rate("room", 44.0, requests=20_000)
    load, places = 44 * 0.1, 12
    weight = [load**n / math.factorial(n) for n in range(5)]
    weight += [weight[4] * (load / 4) ** (n - 4) for n in range(5, places + 1)]
    present = sum(n * w for n, w in enumerate(weight)) / sum(weight)
    answered_per_s = 44.0 * (1 - weight[-1] / sum(weight))
    law_ms = present / answered_per_s * 1_000
    assert law_ms == pytest.approx(207.3, abs=0.05)
    assert point.saturated
    assert not point.endless
    assert point.latency_ms.mean == pytest.approx(law_ms, abs=4 * point.latency_ms.se_mean)


def test_nine_of_ten_fail_where_ten_times_too_many_come():
    """10 / 0.5 s serve 20 of 209.9 a second: .9047 fail. 90.47 % were reported of such a pool."""
    point = at_rate("overload", 209.9, requests=40_000)
    assert point.error_share == pytest.approx(1 - 20 / 209.9, abs=0.001)
    assert point.error_share == pytest.approx(0.9047, abs=0.001)
    assert point.saturated
    # those who are served have waited nearly three seconds
    assert point.latency_ms.mean == pytest.approx(3_500, rel=0.02)


def test_pools_are_full_before_the_cores():
    """41 replicas × 20 connections, each held for 116 ms, carry 7,069 requests a second and no more."""
    below, above = loaded(case("app"), [5_000.0, 8_000.0], runs=4, requests=2_000)
    assert not below.saturated
    assert below.offered_share["connections"] == pytest.approx(5_000 * 0.115 / (41 * 20), rel=0.02)
    assert above.saturated
    assert above.endless
    assert above.bottleneck == "connections"
    test = case("app")
    bench = Bench.of(test, seed=1, runs=range(4))
    assert bench.capacity_median_per_s() <= 7_130 * 1.001  # 820 / 0.115
    knee = knee_of(bench, SERVE_WINDOWS["lanes"], [below, above], requests=2_000)
    assert isinstance(knee, Knee)
    assert knee.rate_per_s <= 7_130


@pytest.mark.parametrize(
    ("name", "rate", "tier", "most"),
    [("small", 25.0, "connections", 20.0), ("locks", 250.0, "locks", 114.0)],
    ids=["two connections of 100 ms", "one row that every write wants"],
)
def test_what_is_held_is_full_before_what_serves(name, rate, tier, most):
    """Two connections of 100 ms are 20 a second; a row for each shard carries 114, held over both phases."""
    point = at_rate(name, rate, requests=500)
    assert point.saturated
    assert point.endless
    assert point.bottleneck == tier
    assert math.isnan(point.latency_ms.mean)
    assert rate / point.offered_share[tier] <= most * 1.01
    served = max(point.offered_share[other] for other in ("service", "primary"))
    assert served < 0.6


def test_an_hour_without_a_wait_is_an_m_m_c():
    """Half of what two connections can do: the wait of M/M/2."""
    point = at_rate("small", 10.0, requests=8_000)
    assert not point.saturated
    wait_s = mmc.wait_mean(arrival_rate=10.0, service_mean=0.1, n_servers=2)
    assert point.latency_ms.mean == pytest.approx((0.101 + wait_s) * 1_000, abs=5 * point.latency_ms.se_mean)


def test_a_company_with_one_connection_a_replica():
    """8.8 are needed where there are 6: full, and the first constraint that binds, whatever is simulated."""
    company = load_scenario(PUBLIC / "weekly.toml")
    weeks = weeks_of(company, runs=2)
    assert weeks["offered_connections_share"][-1].min() > 1
    assert weeks["saturated"][-1].all()
    assert weeks["offered_primary_share"].max() < 1
    (told,) = summary_of(company, runs=2)["scenarios"]
    assert (told["binding"]["tier"], told["binding"]["week"]) == ("connections", 0)


def test_a_copy_that_never_ends_is_told_from_its_first_day():
    """39 writes a second of 400 KB at the peak, for 1 MB/s of each of four sources."""
    weeks = weeks_of(load_scenario(PUBLIC / "slow.toml"), runs=2)
    copying = weeks["resharding_hours"] > 0
    assert copying.any(axis=0).all()
    first = copying.argmax(axis=0)
    falls_behind = weeks["resharding_falls_behind"]
    assert falls_behind[first, [0, 1]].all()
    assert falls_behind[-1].all()


def test_a_code_host_s_primary_is_there_for_writes():
    """950 queries a second, 50 of them writes of 10 ms on 2 cores: a quarter, where turns made it 82 %."""
    point = at_rate("replicas_only", 950.0)
    assert point.offered_share["primary"] == pytest.approx(950 * 0.05263 * 0.01 / 2, rel=1e-3)
    reads, applied = 900 * 0.01 / 7 / 2, 50 * 0.005 / 2
    assert point.offered_share["replica"] == pytest.approx(reads + applied, rel=1e-3)
    assert point.bottleneck != "primary"
