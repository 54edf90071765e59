"""The Universal Scalability Law where it is applied: on the work of a request at the size of its tier."""

import numpy as np
import pytest

from simulator.company import Setting
from simulator.draws.streams import Streams
from simulator.engines.calendar import simulate_weeks
from simulator.engines.drive import ENGINES
from simulator.queueing.laws import scalability
from simulator.serving.capacity.topology import topology_today, topology_with
from tests.simulated import company, weeks_of

SIZES = (1, 2, 4, 8, 16, 32)
ALPHA, BETA = 0.05, 0.002
LAW = {"alpha": ALPHA, "beta": BETA}
REQUESTS = {"lanes": 4_096, "events": 1_024}
CERTAIN = {"demand.growth_share_month_sd": 0.0, "attrition.leavers_share_year": 0.0}
RESIZED = {
    "scenario.horizon_months": 1,
    "plan": [
        {
            "action": "resize_database",
            "size": "db.m5.2xlarge",
            "month": 1,
            "lead_weeks": 2,
            "person_days": 0,
            "cost_eur": 0,
        }
    ],
}


def topologies(overrides):
    """Today, and with the whole plan in place."""
    setting = Setting.of(company(overrides), Streams(1, range(1)))
    today = topology_today(setting.inputs)
    return today, topology_with(today, setting.inputs, np.ones((len(setting.inputs.plan), 1), dtype=np.bool_))


def saturated_throughput(workers: int, engine: str) -> float:
    """Requests that one replica finishes in a second at a load that always leaves some waiting."""
    scenario = company(
        CERTAIN
        | {
            "scenario.horizon_months": 1,
            "demand.requests_per_active_user_day": 2_000.0,  # some 13,000 requests a second
            "service.demand_ms": 10.0,
            "service.workers": workers,
            "service.queue_room": 100_000,
            "service.patience_ms": 1e7,
            "service.scalability": LAW,
            "service.autoscaling.replicas_min": 1,
            "service.autoscaling.replicas_max": 1,
        }
    )
    setting = Setting.of(scenario, Streams(1, range(1)))
    week = next(iter(simulate_weeks(setting, ENGINES[engine](setting), requests=REQUESTS[engine])))
    assert week.told.served is not None
    end = np.sort(week.told.served.service_end[0])
    finished = end[: REQUESTS[engine] - workers]  # until the last has begun, every worker is busy
    return len(finished) / (finished[-1] / 1e6)


@pytest.mark.parametrize("engine", ["lanes", "events"])
def test_a_saturated_tier_follows_the_law(engine):
    """X(c) = γc / (1 + α(c − 1) + βc(c − 1)) with γ = 1 / 10 ms, to four standard errors."""
    found = [saturated_throughput(workers, engine) for workers in SIZES]
    law = scalability.throughput(SIZES, alpha=ALPHA, beta=BETA, gamma=100.0)
    np.testing.assert_allclose(found, law, rtol=4 / np.sqrt(REQUESTS[engine]))
    assert max(found) > found[-1]  # past the peak at √((1 − α)/β) = 21.8 it falls


def test_the_fit_finds_the_law_in_what_was_simulated():
    found = scalability.fit(SIZES, [saturated_throughput(workers, "lanes") for workers in SIZES])
    assert found.alpha == pytest.approx(ALPHA, abs=0.02)
    assert found.beta == pytest.approx(BETA, abs=0.0005)
    assert found.gamma == pytest.approx(100.0, rel=0.05)


def test_what_was_observed_was_observed_with_its_penalty():
    """The observed utilisation comes out again: the work alone is that much less."""
    plain, slowed = topologies({}), topologies({"service.scalability": LAW, "database.scalability": LAW})
    for name in ("service_ticks", "read_ticks", "write_ticks", "apply_ticks"):
        np.testing.assert_array_equal(getattr(plain[0], name), getattr(slowed[0], name))
    given = CERTAIN | {"service.scalability": LAW, "database.scalability": LAW}
    weeks = weeks_of(company(given), runs=2)
    np.testing.assert_allclose(weeks["offered_service_share"], 0.75, rtol=0.002)
    shares = weeks["offered_primary_share"] + weeks["offered_replica_share"]
    np.testing.assert_array_equal(
        shares, sum(weeks_of(company(CERTAIN), runs=2)[f"offered_{t}_share"] for t in ("primary", "replica"))
    )


def test_work_that_is_given_is_that_of_a_request_alone():
    """Four workers: 1 + 0.05 x 3 + 0.002 x 12 = 1.174; two cores: 1.054."""
    today, _ = topologies(
        {
            "service.demand_ms": 100.0,
            "database.read_ms": 20.0,
            "service.scalability": LAW,
            "database.scalability": LAW,
        }
    )
    assert today.service_ticks[0] == pytest.approx(117_400)
    assert today.read_ticks[0] == pytest.approx(21_080)


def test_a_larger_size_is_slowed_down_as_such():
    """From two cores to eight: (1 + 0.05 x 7 + 0.002 x 56) / 1.054 = 1.387; four times as many carry 2.9."""
    given = CERTAIN | RESIZED | {"database.scalability": LAW}
    today, larger = topologies(given)
    for name in ("read_ticks", "write_ticks", "apply_ticks"):
        np.testing.assert_allclose(getattr(larger, name) / getattr(today, name), 1.462 / 1.054)
    weeks = weeks_of(company(given), runs=1)["offered_primary_share"][:, 0]
    assert weeks[0] / weeks[-1] == pytest.approx(4 * 1.054 / 1.462)
