"""P95 with a saturated database: callers have gone at the deadline, however long windows are."""

from typing import Any

import pytest

from tests.simulated import company, weeks_of

ONE_MONTH: dict[str, Any] = {
    "scenario.horizon_months": 1,
    "demand.growth_share_month_sd": 0.0,
    "response.deadline_ms": 4_000.0,
    "database.reads": {"policy": "primary"},
}


@pytest.mark.parametrize("requests", [64, 2_048])
def test_where_a_twentieth_is_late_it_is_the_deadline(requests):
    weeks = weeks_of(company(ONE_MONTH | {"database.read_ms": 70.0}), runs=2, requests=requests)
    assert (weeks["offered_primary_share"] > 1).all()
    assert weeks["latency_at_deadline"].all()
    assert (weeks["latency_p95_ms"] == 4_000).all()
    assert (weeks["error_share"] > 0.1).all()  # the shortfall


@pytest.mark.parametrize("requests", [64, 2_048])
def test_where_fewer_are_it_is_what_the_others_meet(requests):
    """Primaries overloaded by a few requests of a hundred: the cache answers the others."""
    few = {
        "database.read_ms": 2.0,
        "database.write_share": 0.03,
        "database.write_cost_ratio": 200.0,
        "cache.hit_share": 0.985,
    }
    weeks = weeks_of(company(ONE_MONTH | few), runs=2, requests=requests)
    assert (weeks["offered_primary_share"] > 1).all()
    assert not weeks["latency_at_deadline"].any()
    assert (weeks["latency_p95_ms"] < 4_000).all()
    assert (weeks["latency_p99_ms"] <= 4_000).all()


def test_a_tier_that_refuses_bounds_its_waits_itself():
    """64 places before four workers are 1.6 s; work is exponential, of 100 ms."""
    given = {"demand.peak_factor": 9.0, "database.read_ms": 1.0}
    weeks = weeks_of(company(ONE_MONTH | given), runs=2, requests=8_192)
    assert (weeks["offered_service_share"] > 1.1).all()
    assert (weeks["offered_primary_share"] < 0.9).all()
    assert not weeks["latency_at_deadline"].any()
    waited_ms = weeks["latency_p95_ms"] - company().response.fixed_ms
    assert waited_ms.min() > 1_600
    assert waited_ms.max() < 1_600 + 6 * 100


def test_all_connections_are_in_use_and_no_more():
    """Calls that wait for minutes are many times as many as a node's connections; they are told as calls."""
    weeks = weeks_of(company(ONE_MONTH | {"database.read_ms": 70.0}), runs=2)
    assert (weeks["database_connections_share"] == 1).all()
    assert (weeks["database_calls"] > 5 * company().database.connections_max).all()
