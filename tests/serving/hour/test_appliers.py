"""How far replicas are behind: a queue at their appliers like any other, whatever windows are simulated."""

from typing import Any

import numpy as np
import pytest

from simulator.serving.hour.calm import wait_at
from simulator.serving.hour.lag import lag_s, not_waited, stale_share
from tests.serving.hour.queues import Queue, Row, paths_of, stations
from tests.simulated import company, weeks_of

WRITING: dict[str, Any] = {
    "scenario.horizon_months": 1,
    "demand.growth_share_month_sd": 0.0,
    "database.read_ms": 10.0,
    "database.size": "db.m5.2xlarge",
    "database.write_share": 0.5,
    "database.replication": {"appliers": 1},
}
"""One applier before eight cores: replicas that fall behind while their primaries are idle."""


@pytest.mark.parametrize("load", [0.1, 0.5, 0.8])
def test_one_applier_by_hand(load):
    """M/M/1: a lag of s / (1 - ρ) in the mean; a read finds a write under way with P = ρ."""
    applier = stations(1, Queue(servers=1, work_s=0.02))
    rate = np.array([load / 0.02])
    wait = wait_at(applier, rate)
    assert lag_s(applier, wait.mean_s)[0, 0] == pytest.approx(0.02 / (1 - load), rel=1e-9)
    unwaited = not_waited(wait.term, rate * applier.visits)
    paths = paths_of(Row(service=Queue(servers=1, work_s=0.01)), 1)
    assert stale_share(applier, rate, unwaited, paths)[0] == pytest.approx(load, rel=1e-9)


@pytest.mark.parametrize("factor", [3.0, 4.5], ids=["below", "above"])
def test_lag_and_saturation_do_not_depend_on_the_requests_of_a_window(factor):
    given = company(WRITING | {"demand.peak_factor": factor, "database.write_share": 0.3})
    without, few, many = (weeks_of(given, runs=2, requests=count) for count in (None, 64, 2_048))
    for column in ("offered_applier_share", "saturated", "replication_lag_s", "stale_read_share"):
        np.testing.assert_array_equal(without[column], few[column])
        np.testing.assert_array_equal(without[column], many[column])


def falling_behind(peak_factor: float, write_share: float, read_ms: float = 10.0) -> dict[str, np.ndarray]:
    given = {"demand.peak_factor": peak_factor, "database.write_share": write_share}
    given |= {"database.read_ms": read_ms}
    return weeks_of(company(WRITING | given), runs=4)


def test_replicas_that_fall_behind_in_the_peak_hour_catch_up():
    """Loaded ρ > 1 for an hour: behind by (ρ - 1) H at its end, by half of it in the mean."""
    weeks = falling_behind(3.0, 0.35)
    load = weeks["offered_applier_share"][0]
    assert (load > 1.1).all()
    assert weeks["offered_primary_share"].max() < 0.85
    assert weeks["saturated"].all()
    np.testing.assert_allclose(weeks["replication_lag_s"][0], (load - 1) * 1_800, rtol=0.1)
    assert (weeks["stale_read_share"] > 0.9).all()
    # nobody waits for appliers: it is the reads of replicas that are old, and no error
    assert weeks["error_share"].max() < 0.01


def test_replicas_that_are_overloaded_all_week_fall_behind_to_its_end():
    """At an even rate: the peak hours stand at 12, 36, …, 156, where it is (ρ - 1) times the time so far."""
    weeks = falling_behind(1.0, 0.9, read_ms=12.0)
    load = weeks["offered_applier_share"][0]
    assert (load > 1.02).all()
    so_far_s = np.mean([(24 * day + 12.5) * 3_600 for day in range(7)])
    np.testing.assert_allclose(weeks["replication_lag_s"][0], (load - 1) * so_far_s, rtol=0.1)
