"""What windows measure is beside the arithmetic of the hours: no other column depends on their length."""

from functools import cache

import numpy as np
import pytest

from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario
from simulator.units import MS_PER_S, S_PER_HOUR
from tests.simulated import SCENARIOS, Columns, company, summary_of, weeks_of

RUNS = 2
OF_DATABASE = ("add_read_replicas", "shard", "resize_database", "improve_cache")
MEASURED = {
    *("latency_mean_ms", "latency_mean_week_ms", "latency_p50_ms", "latency_p95_ms", "latency_p99_ms"),
    *("cpu_utilization_share", "database_utilization_share", "hottest_shard_utilization_share"),
    *("error_share_window", "stale_read_share_window", "replication_lag_p95_ms", "window_short"),
    *("signal_latency_p95_ms", "signal_cpu_utilization_share", "signal_database_utilization_share"),
}
"""Everything that a run without requests does not have."""


@cache
def overloaded(name: str, months: int | None) -> Scenario[Quantity]:
    """A company that outgrows what serves it."""
    shorter = {} if months is None else {"scenario.horizon_months": months}
    if name == "doubling":
        growth = {"demand.growth_share_month": None, "demand.users_growth_share": 1.0}
        return company({"scenario.horizon_months": 12} | shorter | growth)
    whole = load_scenario(SCENARIOS / f"{name}.toml")
    if name == "hypergrowth":
        plan: tuple = ()
    else:
        plan = tuple(action for action in whole.plan if action.action not in OF_DATABASE)
    left = [action.model_dump(exclude_none=True) for action in plan]
    left = [action for action in left if months is None or action["month"] <= months]
    return load_scenario(SCENARIOS / f"{name}.toml", shorter | {"plan": left})


NAMES = ("hypergrowth", "aggressive", "doubling")
EVERY = [
    *(pytest.param(name, 9, (512, 4_096), id=f"{name}, nine months") for name in NAMES),
    *(pytest.param(name, None, (512, 4_096, 16_384), id=name, marks=pytest.mark.slow) for name in NAMES),
]


@pytest.mark.parametrize(("name", "months", "requests"), EVERY)
def test_every_column_that_is_not_measured_is_the_same(name, months, requests):
    """Users, money, errors, incidents, ratings' inputs and saturation: to the bit."""
    without = weeks_of(overloaded(name, months), runs=RUNS)
    assert (without["offered_primary_share"] > 1).any()
    assert without.keys().isdisjoint(MEASURED)
    for count in requests:
        found = weeks_of(overloaded(name, months), runs=RUNS, requests=count)
        assert found.keys() - without.keys() == MEASURED
        for column, values in without.items():
            np.testing.assert_array_equal(found[column], values, err_msg=f"{column} with {count} requests")


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_ratings_are_the_same(name):
    """Impact, probability and level of both domains, and what share of months misses a limit of errors."""
    without, short, long = (
        summary_of(overloaded(name, 9), runs=RUNS, requests=requests)["scenarios"][0]
        for requests in (None, 512, 4_096)
    )
    for found in (short, long):
        assert found["risk"] == without["risk"]
        assert found["overload"] == without["overload"]


@pytest.mark.parametrize("name", NAMES)
def test_errors_are_those_of_a_whole_hour(name):
    """Of λH requests at most C(H + b) are answered in time, b the longest wait: 1 - 1/ρ - b/(ρH) fail.

    That is (1 - 1/ρ)(1 - b/((ρ - 1)H)). At the service b is the smaller of patience and room; at a primary,
    which lets everybody wait, it is the deadline, and who does not come there does not fail.
    """
    weeks = weeks_of(overloaded(name, 9), runs=RUNS)
    least = np.maximum(least_by_service(weeks), least_by_primary(weeks))
    assert least.max() > 0.04
    assert (weeks["error_share"] >= least - 0.002).all()


def failing(load: np.ndarray, wait_s: float) -> np.ndarray:
    over = np.maximum(load, 1.0)
    return np.maximum(1 - 1 / over - wait_s / (over * S_PER_HOUR), 0.0)


def least_by_service(weeks: Columns) -> np.ndarray:
    """64 places before four workers of 100 ms are 1.6 s, less than the patience of 5."""
    return failing(weeks["offered_service_share"], 64 * 0.1 / 4)


def least_by_primary(weeks: Columns) -> np.ndarray:
    """An even share of the reads that miss and of the writes, at least, comes to the hottest primary.

    Where the service is full as well, it lets through only what it can do.
    """
    base = company()
    response, written = base.response, base.database.write_share
    deadline_s = (response.deadline_ms - response.fixed_ms) / MS_PER_S
    missed = (1 - written) * (1 - base.cache.hit_share)
    coming = (written + missed / (1 + weeks["read_replicas"])) / weeks["shards"]
    calm_in_front = weeks["offered_service_share"] < 0.9
    return np.where(calm_in_front, coming * failing(weeks["offered_primary_share"], deadline_s), 0.0)
