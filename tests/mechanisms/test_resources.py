"""Memory, bandwidth and storage against their laws, with numbers by hand."""

import numpy as np
import pytest

from simulator.mechanisms.resources.law import (
    bandwidth_mbit_per_s,
    fullest_shard_gb,
    memory_gb,
    open_connections,
)
from tests.simulated import company, weeks_of

QUIET = {
    "demand.growth_share_month_sd": 0.0,
    "attrition.leavers_share_year": 0.0,
    "scenario.horizon_months": 1,
}
OWN = {"service_memory_share", "database_memory_share", "memory_share", "bandwidth_share", "storage_share"}


def one(value: float) -> np.ndarray:
    return np.array([float(value)])


def test_connections_follow_littles_law():
    """400 a second that take 1.5 s on 12 replicas: 50 each; in an overload nobody waits past the deadline."""
    given = {"deadline_ms": one(10_000), "replicas": np.array([12])}
    assert open_connections(one(400), latency_mean_ms=one(1_500), **given) == pytest.approx(50)
    assert open_connections(one(400), latency_mean_ms=one(np.inf), **given) == pytest.approx(400 * 10 / 12)


def test_memory_is_base_cache_connections_and_sessions():
    """0.5 + 1 + 50 x 2 MB + 4,000 x 0.05 MB = 1.8 GB."""
    found = memory_gb(
        one(0.5), one(1), connections=one(50), mb_per_connection=one(2), sessions=one(4_000),
        mb_per_session=one(0.05),
    )  # fmt: skip
    assert found == pytest.approx(1.8)


def test_the_fullest_shard_has_its_users_and_its_share_of_the_writes():
    assert fullest_shard_gb(
        one(750), one(100), shards=np.array([2]), hottest_share=one(0.6)
    ) == pytest.approx(435)


@pytest.mark.parametrize("cv", [0.0, 0.5, 1.0, 2.0])
def test_a_seconds_traffic_is_a_compound_poisson_process(cv):
    """Against 20,000 seconds of Poisson arrivals with lognormal sizes, 40 KB in the mean."""
    generator = np.random.default_rng(1)
    rate, size_kb, seconds = 400, 40.0, 20_000
    arrivals = generator.poisson(rate, seconds)
    sigma = np.sqrt(np.log1p(cv**2))
    sizes = generator.lognormal(np.log(size_kb) - sigma**2 / 2, sigma, arrivals.sum())
    second = np.repeat(np.arange(seconds), arrivals)
    traffic = np.bincount(second, sizes, minlength=seconds) * 8 / 1000
    mean, p95 = bandwidth_mbit_per_s(one(rate), response_kb=one(size_kb), response_kb_cv=one(cv))
    assert mean == 128.0
    error = traffic.std() / np.sqrt(seconds)
    assert traffic.mean() == pytest.approx(mean[0], abs=4 * error)
    # the normal law leaves out the skewness of the sizes: at twice their mean, 0.9 % of the percentile
    assert np.quantile(traffic, 0.95) == pytest.approx(p95[0], rel=0.01)


def test_no_column_is_invented():
    assert not OWN & weeks_of(company(QUIET), runs=1, requests=64).keys()


def test_the_service_fills_its_memory_by_users_and_requests():
    """750 K users, a quarter of them active, a fifth of these with a session, on the replicas of the peak."""
    memory = {"installed_gb": 4.0, "base_gb": 0.4, "mb_per_session": 0.1, "sessions_share": 0.2}
    weeks = weeks_of(company(QUIET | {"service.memory": memory}), runs=1, requests=64)
    sessions = 750_000 * 0.25 * 0.2 / weeks["replicas_peak"]
    np.testing.assert_allclose(weeks["service_memory_share"], (0.4 + sessions * 0.1 / 1000) / 4.0)
    np.testing.assert_array_equal(weeks["memory_share"], weeks["service_memory_share"])
    in_progress = memory | {"mb_per_session": 0.0, "mb_per_connection": 8.0}
    weeks = weeks_of(company(QUIET | {"service.memory": in_progress}), runs=1, requests=64)
    connections = weeks["rate_peak_per_s"] * weeks["latency_law_mean_ms"] / 1000 / weeks["replicas_peak"]
    np.testing.assert_allclose(weeks["service_memory_share"], (0.4 + connections * 8 / 1000) / 4.0)


def test_a_larger_size_brings_its_memory():
    """6 GB of buffers and base: three quarters of 8 GB, and of 16 GB from the day of the resize."""
    plan = [
        {
            "action": "resize_database",
            "size": "db.m5.xlarge",
            "month": 1,
            "lead_weeks": 2,
            "person_days": 0,
            "cost_eur": 0,
        }
    ]
    memory = {"database.memory": {"base_gb": 1.0, "cache_gb": 5.0}, "plan": plan}
    weeks = weeks_of(company(QUIET | memory), runs=1, requests=64)
    assert weeks["database_memory_share"][:, 0].tolist() == [0.75, 0.75, 0.375, 0.375]
    assert weeks["signal_memory_share"].max() == 0


def test_stored_data_grow_with_users_and_writes_and_writes_are_paid_for():
    """A week of 78.75 M requests, a tenth of them writes of 10 KB: 78.75 GB, on a primary and a replica."""
    storage = {"installed_gb": 1_000.0, "gb_per_user": 0.001, "kb_per_write": 10.0}
    given = QUIET | {"database.storage": storage, "database.popularity_exponent": 0.0}
    weeks = weeks_of(company(given), runs=1)
    kept = 78.75 * np.arange(1, 5)
    np.testing.assert_allclose(weeks["stored_gb"][:, 0], 750 + kept)
    np.testing.assert_allclose(weeks["stored_shard_gb"][:, 0], (750 + kept) / 2, rtol=0.02)
    np.testing.assert_allclose(weeks["storage_share"], weeks["stored_shard_gb"] / 1_000)
    extra = weeks["cost_storage_eur"] - weeks_of(company(QUIET), runs=1)["cost_storage_eur"]
    np.testing.assert_allclose(extra[:, 0], kept * 2 * 0.04 * 0.934 * 12 / 52)


def test_the_memory_that_is_installed_is_paid_for_by_the_hour():
    installed = {"service.memory": {"installed_gb": 16.0, "base_gb": 1.0}}
    priced = installed | {"prices.memory_gb_hour": 0.004}
    free, paid = (weeks_of(company(QUIET | given), runs=1) for given in (installed, priced))
    hours = free["replicas_peak"] * 7 + free["replicas_mean"] * 161
    extra = paid["cost_compute_eur"] - free["cost_compute_eur"]
    np.testing.assert_allclose(extra, hours * 16 * 0.004 * 0.934)


def test_the_link_is_held_against_its_limits():
    """390 a second of 40 KB, all alike: 124.8 Mbit/s, and 1.645 x 0.32 x sqrt(390) = 10.4 more at the P95."""
    network = {"bandwidth_mbit_per_s": 150.0, "response_kb_cv": 0.0}
    weeks = weeks_of(company(QUIET | {"network": network}), runs=1)
    assert weeks["bandwidth_p95_mbit_per_s"][0, 0] == pytest.approx(
        124.98 + 1.6449 * 0.32 * np.sqrt(390.6), abs=0.05
    )
    assert (weeks["signal_bandwidth_share"] == 2).all()  # 90 % of the link, past its critical limit
