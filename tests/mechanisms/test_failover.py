"""Primaries that fail: how long they are gone, what fails meanwhile and what is lost, against the laws."""

from typing import Any

import numpy as np
import pytest

from simulator.company import Setting, first_state, open_week
from simulator.draws.streams import Streams
from simulator.mechanisms.failover.law import needing_primary
from simulator.queueing.laws import mg1
from simulator.serving.calls.rows import HIT, WRITE
from simulator.units import HOURS_PER_WEEK, S_PER_WEEK, WEEKS_PER_YEAR
from tests.simulated import block_of, company, weeks_of
from tests.windows import windows

QUIET: dict[str, Any] = {
    "demand.growth_share_month_sd": 0.0,
    "attrition.leavers_share_year": 0.0,
    "scenario.horizon_months": 1,
    "database.shard_key": "function",
    "database.sharding": {"domain_shares": {"orders": 0.5, "search": 0.5}},
    "database.storage": {"installed_gb": 1_000.0, "gb_per_user": 0.001},
    "database.recovery": {"restore_mb_per_s": 125.0, "backup_interval_hours": 24.0, "promotion_s": 90.0},
}
"""750 GB and all the load in halves on two shards, each with a read replica."""
ONCE: dict[str, Any] = QUIET | {"database.failover": {"planned": [{"week": 2, "shard": 1}]}}
OFTEN: dict[str, Any] = QUIET | {
    "scenario.horizon_months": 3,
    "database.failover": {"failures_per_node_year": 40.0},
}
ALONE = {"database.read_replicas": 0}
RESTORED_S = 375_000 / 125
"""Half of the data."""


def weeks(given, *, runs=1, requests=64):
    return weeks_of(company(given), runs=runs, requests=requests)


def requests_week(given) -> float:
    setting = Setting.of(company(given), Streams(1, range(1)))
    return float(open_week(setting, first_state(setting), 2).traffic.requests_week[0])


# --- downtime ------------------------------------------------------------------------------------


def test_until_a_replica_is_promoted_the_writes_of_its_shard_fail():
    """A tenth of the requests are writes, half of them on the shard: each fails that comes in the 90 s."""
    found = weeks(ONCE)
    np.testing.assert_array_equal(found["failovers"][:, 0], [0, 0, 1, 0])
    np.testing.assert_array_equal(found["failover_downtime_s"][:, 0], [0, 0, 90, 0])
    law = requests_week(ONCE) / S_PER_WEEK * 0.1 / 2 * 90
    np.testing.assert_allclose(found["failover_writes_failed"][2], law, rtol=1e-9)
    np.testing.assert_allclose(found["failover_requests_failed"][2], law, rtol=1e-9)
    np.testing.assert_allclose(found["failover_failed_share"][2], 0.1 / 2 * 90 / S_PER_WEEK, rtol=1e-9)
    np.testing.assert_allclose(found["primary_available_share"][2], 1 - 90 / S_PER_WEEK / 2, rtol=1e-12)


def test_a_promotion_takes_one_to_two_minutes_unless_told():
    """What Amazon RDS states for a database over several zones."""
    unstated = {"restore_mb_per_s": 125.0, "backup_interval_hours": 24.0}
    down = weeks(ONCE | {"database.recovery": unstated}, runs=64)["failover_downtime_s"][2]
    assert down.min() >= 60
    assert down.max() <= 120
    assert down.max() - down.min() > 20
    assert abs(down.mean() - 90) < 4 * down.std(ddof=1) / 8


@pytest.mark.parametrize("standby", [False, True])
def test_without_a_read_replica_the_reads_fail_as_well(standby):
    """A standby serves nobody until it is promoted; without one the backup is restored. Reads: 36 %."""
    recovery = QUIET["database.recovery"] | {"standby": standby}
    found = weeks(ONCE | ALONE | {"database.recovery": recovery})
    down = 90 if standby else RESTORED_S
    np.testing.assert_allclose(found["failover_downtime_s"][2], down, rtol=1e-9)
    share = (0.1 + 0.9 * 0.4) / 2 * down / S_PER_WEEK
    np.testing.assert_allclose(found["failover_failed_share"][2], share, rtol=1e-9)


@pytest.mark.parametrize(
    ("reads", "fail"),
    [
        ({"policy": "primary"}, 1.0),
        ({"own_writes_window_ms": 1_000.0, "own_writes_per_s": 0.5}, 1 - np.exp(-0.5)),
        ({"policy": "random"}, 0.0),
    ],
)
def test_reads_fail_where_the_primary_alone_serves_them(reads, fail):
    found = weeks(ONCE | {"database.reads": reads})
    law = (0.1 + 0.9 * 0.4 * fail) / 2 * 90 / S_PER_WEEK
    np.testing.assert_allclose(found["failover_failed_share"][2], law, rtol=1e-9)


@pytest.mark.parametrize(("shard", "writes"), [(0, 0.0), (1, 0.1)])
def test_only_the_writes_of_the_shard_fail(shard, writes):
    """By date all writes are on the newest shard."""
    planned = {"planned": [{"week": 2, "shard": shard}]}
    found = weeks(ONCE | {"database.shard_key": "date", "database.failover": planned})
    np.testing.assert_allclose(found["failover_failed_share"][2], writes * 90 / S_PER_WEEK, rtol=1e-9)


def test_an_outage_is_at_most_its_week():
    slow = QUIET["database.recovery"] | {"restore_mb_per_s": 0.1}
    found = weeks(ONCE | ALONE | {"database.recovery": slow})
    np.testing.assert_array_equal(found["failover_downtime_s"][2], S_PER_WEEK)
    np.testing.assert_allclose(found["primary_available_share"][2], 0.5)


def test_a_shard_that_is_not_there_yet_does_not_fail():
    """The plan's work takes people longer than the horizon."""
    sharding = {
        "month": 1,
        "action": "shard",
        "shards": 4,
        "key": "user_hash",
        "lead_weeks": 0,
        "person_days": 10_000,
        "cost_eur": 0,
    }
    planned = {"planned": [{"week": 2, "shard": 3}]}
    assert not weeks(QUIET | {"plan": [sharding], "database.failover": planned})["failovers"].any()


# --- at a rate -----------------------------------------------------------------------------------


def test_availability_is_one_less_rate_times_downtime_over_the_year():
    """40 failures a year of each of two primaries, 90 s each: within four standard errors over 256 runs."""
    found = weeks(OFTEN, runs=256)
    failures = found["failovers"].sum(axis=0)
    mean = 40 * 2 * 13 / WEEKS_PER_YEAR
    assert abs(failures.mean() - mean) < 4 * np.sqrt(mean / 256)
    assert abs(failures.var(ddof=1) / mean - 1) < 4 * np.sqrt(2 / 255 + 1 / mean / 256)  # as of a Poisson
    unavailable = 1 - found["primary_available_share"].mean(axis=0)
    law = 40 * 90 / (WEEKS_PER_YEAR * S_PER_WEEK)
    error = unavailable.std(ddof=1) / np.sqrt(256)
    assert error < law / 10
    assert abs(unavailable.mean() - law) < 4 * error


def test_expected_failed_writes_are_the_shards_rate_times_the_downtime():
    found = weeks(OFTEN, runs=256)
    failed = found["failover_writes_failed"].sum(axis=0)
    law = 40 * 2 * 13 / WEEKS_PER_YEAR * 90 * requests_week(OFTEN) / S_PER_WEEK * 0.1 / 2
    assert abs(failed.mean() - law) < 4 * failed.std(ddof=1) / np.sqrt(256)


def test_every_primary_fails_as_often():
    """By date, only failures of the newest of two shards fail writes: half of all."""
    found = weeks(OFTEN | {"database.shard_key": "date"}, runs=256)
    hit = found["failover_writes_failed"] / (requests_week(OFTEN) / S_PER_WEEK * 0.1 * 90)
    failures = int(found["failovers"].sum())
    assert abs(hit.sum() / failures - 0.5) < 4 * 0.5 / np.sqrt(failures)


# --- what is lost --------------------------------------------------------------------------------


def test_asynchronous_replication_loses_the_writes_of_its_lag():
    """Applied in 20 ms each, an M/D/1 queue at the rate of each hour: λW, with or without a window."""
    given = ONCE | {
        "database.read_ms": 0.2,
        "database.write_cost_ratio": 1.0,
        "database.apply_cost_ratio": 100.0,
        "database.distribution": "deterministic",
        "database.size": "db.m5.4xlarge",
        "database.popularity_exponent": 0.0,
        "database.replication": {"appliers": 1},
    }
    lost = weeks(given, runs=4)["failover_writes_lost"]
    assert not lost[[0, 1, 3]].any()
    setting = Setting.of(company(given), Streams(1, range(1)))
    traffic = open_week(setting, first_state(setting), 2).traffic
    law = 0.0
    for rate, hours in zip(traffic.rate_per_s[:, 0] * 0.1 / 2, traffic.hours, strict=True):
        wait = mg1.wait_mean(arrival_rate=rate, service_mean=0.02, service_scv=0.0)
        law += hours / HOURS_PER_WEEK * rate * (wait + 0.02)
    np.testing.assert_allclose(lost[2], law, rtol=0.02)  # two shards of users are not quite alike


@pytest.mark.parametrize(
    "safe",
    [
        {"database.replication": {"mode": "semi_synchronous", "acknowledge_ms": 1.0}},
        {"database.replication": {"mode": "synchronous", "acknowledge_ms": 1.0}},
        {"database.recovery": QUIET["database.recovery"] | {"standby": True}},
    ],
    ids=["semi_synchronous", "synchronous", "standby"],
)
def test_nothing_is_lost_where_a_copy_has_every_write(safe):
    found = weeks(ONCE | safe)
    assert found["failovers"].sum() == 1
    assert not found["failover_writes_lost"].any()


def test_without_a_copy_all_since_the_last_backup_is_lost():
    """Half a day of a shard's writes, on average."""
    law = requests_week(ONCE) * 0.1 / 2 / 14
    np.testing.assert_allclose(weeks(ONCE | ALONE)["failover_writes_lost"][2], law, rtol=1e-9)


# --- requests of several shards --------------------------------------------------------------------

SEVERAL = {
    "plain": {},
    "scatter": {"database.scatter_gather": {"share": 0.5, "part_cost_ratio": 0.5}},
    "lookup": {
        "database.scatter_gather": {"share": 0.5, "part_cost_ratio": 0.5},
        "database.lookup_index": {"cost_ratio": 0.5, "write_share": 0.4},
    },
    "two_phase_commit": {
        "database.cross_shard_writes": {
            "protocol": "two_phase_commit",
            "share": 0.6,
            "shards": 3,
            "prepare_cost_ratio": 1.0,
            "commit_cost_ratio": 0.5,
        }
    },
    "saga": {
        "database.cross_shard_writes": {
            "protocol": "saga",
            "share": 0.6,
            "shards": 3,
            "step_failure_share": 0.3,
        }
    },
}


@pytest.mark.parametrize("calling", SEVERAL.values(), ids=SEVERAL.keys())
@pytest.mark.parametrize("shards", [1, 2, 4])
def test_what_needs_a_primary_is_what_calls_its_shard(calling, shards):
    """The law against the calls that the engines are given, shard by shard: within 4.5 standard errors."""
    given = {
        "database.shards": shards,
        "database.read_replicas": 0,
        "database.write_share": 0.4,
        "database.read_ms": 1.0,
        "database.popularity_exponent": 1.0,
        "cache.hit_share": 0.25,
        "database.shard_key": "user_hash",
        "database.sharding": {},
        **calling,
    }
    runs, requests = 4, 8_000
    found = windows(given, rate_per_s=1.0, requests=requests, runs=runs)
    setting = Setting.of(company(QUIET | given), Streams(1, range(runs)))
    opened = open_week(setting, first_state(setting), 0)
    calls, n = found.work.calls, runs * requests
    asked = np.flatnonzero(calls.branch != HIT) if calls.routes is None else np.arange(len(calls.shard))
    request = asked if calls.routes is None else calls.routes.request[asked]
    needing = needing_primary(setting.inputs, opened.topology, opened.shares)
    for write, law in ((True, needing.writes), (False, needing.reads)):
        for shard in range(shards):
            on = (calls.shard[asked] == shard) & ((calls.branch[asked] == WRITE) == write)
            share = len(np.unique(request[on])) / n
            expected = law[shard].mean()
            assert abs(share - expected) < 4.5 * np.sqrt(expected * (1 - expected) / n), (write, shard)


# --- what follows from it -------------------------------------------------------------------------


def test_failed_requests_are_errors_of_the_week_and_cost_revenue():
    """A request that meets the outage fails whatever else would have become of it."""
    before, after = weeks(QUIET | ALONE), weeks(ONCE | ALONE)
    failed, usual = after["failover_failed_share"][2], before["error_share_week"][2]
    np.testing.assert_allclose(after["error_share_week"][2], failed + (1 - failed) * usual, rtol=1e-12)
    assert (after["revenue_lost_eur"][2] > before["revenue_lost_eur"][2]).all()
    np.testing.assert_array_equal(after["error_share"], before["error_share"])


def test_a_long_outage_drives_users_away_and_is_an_incident():
    """Half of the requests of half of the users fail for half a day and more: past 1 % of the week's."""
    harmed = {"demand.lost_of_exposed_share": 0.5, "incidents.overload_incidents_week": 50.0}
    harmed |= {"thresholds.error_share.critical": 0.012}
    harmed |= {"database.recovery": QUIET["database.recovery"] | {"restore_mb_per_s": 8.0}}
    before, after = (weeks(given | ALONE | harmed, runs=8) for given in (QUIET, ONCE))
    assert (after["failover_failed_share"][2] > 0.012).all()
    assert (after["users"][3] < before["users"][3]).all()
    np.testing.assert_array_equal(after["users"][:3], before["users"][:3])
    assert (after["incidents"][2] > before["incidents"][2] + 10).all()


def test_a_week_with_an_outage_is_held_against_the_error_limit_as_a_whole():
    """Thirteen hours without one of two shards: past 1 % of the week, whatever the peak hour was."""
    limit = {"thresholds.error_share": {"attention": 0.008, "critical": 0.012}}
    limit |= {"database.recovery": QUIET["database.recovery"] | {"restore_mb_per_s": 8.0}}
    found = weeks(ONCE | ALONE | limit)
    assert (found["error_share"] < 0.008).all()
    np.testing.assert_array_equal(found["signal_error_share"][:, 0], [0, 0, 2, 0])
    short = weeks(ONCE | limit)  # 90 s of the writes alone
    np.testing.assert_array_equal(short["signal_error_share"], 0)


def test_without_failures_everything_else_is_as_without_the_table():
    without = weeks(QUIET, runs=4)
    never = weeks(QUIET | {"database.failover": {}}, runs=4)
    asked = never.keys() - without.keys()
    assert {name for name in asked if not name.startswith("failover")} == {"primary_available_share"}
    assert not without.keys() - never.keys()
    for name, values in without.items():
        np.testing.assert_array_equal(never[name], values, err_msg=name)


def test_failures_shift_no_other_draw():
    """A failure, or more of them, leaves the luck of all else as it was; users who meet one may leave."""
    without, often = weeks(QUIET, runs=4), weeks(OFTEN | {"scenario.horizon_months": 1}, runs=4)
    assert often["failovers"].any()
    for name in ("latency_p95_ms", "applications", "hires", "replication_lag_p95_ms"):
        np.testing.assert_array_equal(often[name], without[name], err_msg=name)


@pytest.mark.parametrize("replicas", [0, 2])
def test_both_engines_tell_the_same(replicas):
    given = OFTEN | {"database.read_replicas": replicas, "database.shard_key": "user_hash"}
    scenario = company(given | {"scenario.horizon_months": 1})
    block = block_of(scenario, range(3), requests=64).columns
    assert block["failovers"].any()
    for run in range(3):
        alone = block_of(scenario, range(run, run + 1), requests=64, engine="events").columns
        for name, values in alone.items():
            np.testing.assert_array_equal(block[name][:, run : run + 1], values, err_msg=name)
