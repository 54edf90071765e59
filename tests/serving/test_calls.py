"""How requests call the database, each way beside its law.

Means are over independent runs; a tolerance is so many standard errors of them.
"""

from typing import Any

import numpy as np
import pytest

from simulator.queueing.laws import fanout, mmc, replication
from simulator.serving.calls.rows import READ, WRITE
from tests.sampling import SURE, assert_mean
from tests.windows import FOUR_SHARDS, ONE_NODE, Windows, windows

SECOND = 1_000_000


def run_means(found: Windows, values: np.ndarray, cell: np.ndarray) -> np.ndarray:
    """Mean of flat values of each run."""
    runs = len(found.work.arrive)
    count = np.bincount(cell, minlength=runs)
    return np.bincount(cell, values, minlength=runs) / count


# --- reads -----------------------------------------------------------------------------------------------


def nodes_read(given: dict[str, Any], **of: Any) -> np.ndarray:
    found = windows(ONE_NODE | given, rate_per_s=50, requests=4_000, runs=8, **of)
    reads = found.work.calls.branch == READ
    return np.bincount(found.served.calls.node[reads], minlength=4) / np.count_nonzero(reads)


def test_reads_by_turns_share_alike_and_the_primary_alone_takes_all():
    np.testing.assert_allclose(nodes_read({"database.read_replicas": 3}), 0.25, atol=1e-9)
    primary = nodes_read({"database.read_replicas": 3, "database.reads": {"policy": "primary"}})
    np.testing.assert_array_equal(primary, [1, 0, 0, 0])


def test_replicas_alone_read_by_turns_and_the_primary_where_there_is_none():
    alone = {"database.reads": {"policy": "replicas"}}
    np.testing.assert_allclose(nodes_read(alone | {"database.read_replicas": 3})[1:], 1 / 3, atol=1e-3)
    np.testing.assert_array_equal(nodes_read(alone | {"database.read_replicas": 0}), [1, 0, 0, 0])


def test_reads_at_random_share_as_coins_fall():
    share = nodes_read({"database.read_replicas": 3, "database.reads": {"policy": "random"}})
    np.testing.assert_allclose(share, 0.25, atol=SURE * np.sqrt(0.25 * 0.75 / 32_000))


def test_the_nearest_node_is_one_of_the_caller_s_zone_or_the_primary():
    """Three zones, three nodes: one each. With two nodes the third zone reads from the primary."""
    near = {
        "database.reads": {"policy": "nearest"},
        "zones": {"count": 3, "round_trip_ms": 5.0},
    }
    tolerance = SURE * np.sqrt(2 / 9 / 32_000)
    np.testing.assert_allclose(nodes_read(near | {"database.read_replicas": 2})[:3], 1 / 3, atol=tolerance)
    np.testing.assert_allclose(
        nodes_read(near | {"database.read_replicas": 1})[:2], [2 / 3, 1 / 3], atol=tolerance
    )


def test_only_calls_to_another_zone_take_the_round_trip():
    given = {"database.read_replicas": 2, "zones": {"count": 3, "round_trip_ms": 5.0}}
    found = windows(ONE_NODE | given, rate_per_s=50, requests=2_000, runs=2)
    far = found.served.calls.node % 3 != found.work.calls.routes.zone
    back = found.served.back.reshape(-1)[found.work.calls.routes.request]
    np.testing.assert_array_equal(back - found.served.calls.end, np.where(far, 5_000, 0))
    assert 0.5 < far.mean() < 0.8


def test_reads_soon_after_the_reader_s_own_write_go_to_the_primary():
    """1 - exp(-rate x window) of them, and half of the others by turns of two nodes."""
    own = {"policy": "round_robin", "own_writes_window_ms": 500.0, "own_writes_per_s": 1.0}
    bound = 1 - np.exp(-0.5)
    share = nodes_read({"database.read_replicas": 1, "database.reads": own})
    assert share[0] == pytest.approx(bound + (1 - bound) / 2, abs=SURE * 0.5 / np.sqrt(32_000))


def test_fewest_in_progress_waits_less_than_turns_and_turns_less_than_chance():
    """As of many dispatching policies: the more they look, the less is waited (Winston, 1977)."""

    def waits(policy: str) -> np.ndarray:
        given = {"database.read_replicas": 3, "database.reads": {"policy": policy}}
        found = windows(ONE_NODE | given, rate_per_s=600, requests=6_000, runs=12)
        calls = found.served.calls
        return run_means(found, (calls.start - calls.arrive) / SECOND, found.work.calls.cell)

    least, turns, chance = (waits(policy) for policy in ("least_outstanding", "round_robin", "random"))
    for better, worse in ((least, turns), (turns, chance)):
        gain = worse - better
        assert gain.mean() > SURE * gain.std(ddof=1) / np.sqrt(len(gain))
    # Chance splits a Poisson stream into Poisson streams: each node is an M/M/2.
    assert_mean(chance, mmc.wait_mean(arrival_rate=150, service_mean=0.01, n_servers=2))


# --- writes and their copies -----------------------------------------------------------------------------


@pytest.mark.parametrize(("replicas", "write_rate"), [(1, 20), (3, 20), (3, 120)])
def test_replicas_serve_no_more_reads_than_the_writes_leave_them(replicas, write_rate):
    """N (k - W ws) / r (Elnikety et al., 2009): below it hardly a read is left over, above it the excess."""
    law = replication.reads_rate_max(
        n_replicas=replicas, n_cores=2, write_rate=write_rate, apply_mean=0.005, read_mean=0.01
    )

    def left_over(load: float) -> float:
        reads = load * law * (1 + replicas) / replicas  # the primary reads as well
        given = {
            "database.read_replicas": replicas,
            "database.write_share": write_rate / (reads + write_rate),
        }
        given |= {"database.write_cost_ratio": 0.1, "database.apply_cost_ratio": 5.0}
        given |= {"database.reads": {"policy": "random"}}
        found = windows(ONE_NODE | given, rate_per_s=reads + write_rate, requests=20_000, runs=4)
        calls = found.served.calls
        of_replicas = (found.work.calls.branch == READ) & (calls.node > 0)
        late = calls.end > found.work.arrive[:, -1][found.work.calls.cell]
        return np.count_nonzero(of_replicas & late) / np.count_nonzero(of_replicas)

    assert left_over(0.9) < 0.02
    # Reads and copies queue together, so what is too much is left over of both alike.
    copying = write_rate * 0.005
    assert left_over(1.25) == pytest.approx(1 - 2 / (1.25 * (2 - copying) + copying), abs=0.03)


@pytest.mark.parametrize("appliers", [1, 3])
def test_lag_grows_without_bound_once_the_writes_fill_the_appliers(appliers):
    """W ws against the number of appliers: below it the lag is that of an M/M/k, above it grows with time."""

    def lag_s(load: float, requests: int) -> np.ndarray:
        found = windows(
            ONE_NODE
            | {
                "database.write_share": 1.0,
                "database.read_replicas": 1,
                "database.size": "db.m5.4xlarge",
                "database.write_cost_ratio": 0.01,
                "database.apply_cost_ratio": 100.0,
                "database.replication": {"appliers": appliers},
            },
            rate_per_s=load * appliers * 100,
            requests=requests,
            runs=16,
        )
        applies = found.served.applies
        later = applies.call >= requests // 2
        lag = (applies.apply_end - applies.queued)[later] / SECOND
        return run_means(found, lag, applies.cell[later])

    law = mmc.response_mean(arrival_rate=70 * appliers, service_mean=0.01, n_servers=appliers)
    assert_mean(lag_s(0.7, 8_000), law)
    short, long = lag_s(1.3, 2_000), lag_s(1.3, 8_000)
    assert long.mean() > 3 * short.mean()


def test_what_a_write_waits_for_depends_on_the_mode():
    """Nothing; one round trip; a round trip and the last copy."""

    def answered(mode: str) -> Windows:
        replicated = {"mode": mode, "acknowledge_ms": 2.0}
        given = {"database.read_replicas": 2, "database.write_share": 0.3, "database.replication": replicated}
        return windows(ONE_NODE | given, rate_per_s=100, requests=2_000, runs=2)

    def wait(found: Windows) -> np.ndarray:
        write = found.work.calls.branch == WRITE
        return found.served.back.reshape(-1)[write] - found.served.calls.end[write]

    plain = answered("asynchronous")
    np.testing.assert_array_equal(wait(plain), 0)
    np.testing.assert_array_equal(wait(answered("semi_synchronous")), 2_000)
    synchronous = answered("synchronous")
    applies = synchronous.served.applies
    applied = applies.apply_end[applies.replica == 1] - applies.queued[applies.replica == 1]
    assert sorted(wait(synchronous)) == sorted(applied + 2_000)


# --- several shards --------------------------------------------------------------------------------------


@pytest.mark.parametrize("shards", [2, 8])
def test_a_scattered_read_is_slow_when_any_part_is(shards):
    """1 - (1 - p)^k, on shards without queues (Dean and Barroso, 2013)."""
    scattered = {"database.scatter_gather": {"share": 1.0, "part_cost_ratio": 1.0}, "database.shards": shards}
    found = windows(ONE_NODE | scattered, rate_per_s=0.5, requests=2_000, runs=16)
    took = found.served.back - found.served.connected
    slow_ms = 20.0
    part = np.exp(-slow_ms / 10.0)
    law = fanout.slow_share(part_slow_share=part, n_parts=shards)
    assert_mean((took > slow_ms * 1_000).mean(axis=1), law)


def test_a_lookup_takes_two_trips_in_place_of_a_part_on_every_shard():
    given = FOUR_SHARDS | {"database.scatter_gather": {"share": 1.0, "part_cost_ratio": 1.0}}
    index = {"database.lookup_index": {"cost_ratio": 0.5, "write_share": 1.0}}
    found = windows(given | index, rate_per_s=0.5, requests=2_000, runs=16)
    took = (found.served.back - found.served.connected) / SECOND
    assert_mean(took.mean(axis=1), 0.010 + 0.005)
    assert len(found.work.calls.shard) == 2 * found.work.arrive.size
    writes = windows(given | index | {"database.write_share": 1.0}, rate_per_s=1, requests=500, runs=4)
    assert len(writes.work.calls.shard) == 2 * writes.work.arrive.size
    took = (writes.served.back - writes.served.connected) / SECOND
    assert_mean(took.mean(axis=1), 0.010 + 0.005)


def crossing(protocol: str, shards: int, **keys: Any) -> dict[str, Any]:
    written = {"protocol": protocol, "share": 1.0, "shards": shards} | keys
    return FOUR_SHARDS | {"database.write_share": 1.0, "database.cross_shard_writes": written}


def test_a_two_phase_commit_costs_its_prepares_and_its_commits():
    """Against a write of a single shard: k (p + c) of the work; the time of the slowest of k, twice."""
    given = crossing("two_phase_commit", 3, prepare_cost_ratio=1.0, commit_cost_ratio=0.5)
    found = windows(given, rate_per_s=0.5, requests=2_000, runs=16)
    work = run_means(found, found.work.calls.ticks / SECOND, found.work.calls.cell) * 6
    assert_mean(work, 3 * 1.5 * 0.010)
    took = (found.served.back - found.served.connected) / SECOND
    slowest_of_three = 1 + 1 / 2 + 1 / 3  # of exponentials of mean 1 (Rényi, 1953)
    # Prepare and commit of a part share their draw, so the slowest part is the slowest twice.
    assert_mean(took.mean(axis=1), 0.015 * slowest_of_three)


def test_a_locked_row_is_held_from_the_prepare_to_the_commit():
    """No write of the row starts between; with one row the locks are a single server's queue."""
    given = crossing("two_phase_commit", 4, prepare_cost_ratio=1.0, commit_cost_ratio=0.5, locks=1)
    found = windows(given, rate_per_s=15, requests=200, runs=2)
    calls, routes = found.served.calls, found.work.calls.routes
    for cell in range(2):
        for shard in range(4):
            here = (found.work.calls.cell == cell) & (found.work.calls.shard == shard)
            prepares, commits = (np.flatnonzero(here & (routes.trip == trip)) for trip in (0, 1))
            granted, released = calls.arrive[prepares], calls.end[commits]
            order = np.argsort(granted)
            assert (granted[order][1:] >= released[order][:-1]).all()
    waited = calls.arrive[routes.trip == 0] > np.repeat(found.served.connected.reshape(-1), 4)
    assert 0.1 < waited.mean() < 0.9


def test_a_saga_undoes_the_steps_before_the_one_that_failed():
    """Steps fail with q each: 1 - (1 - q)^k are compensated; failing at step j takes 2j - 1 local writes."""
    fails, steps = 0.2, 3
    found = windows(
        crossing("saga", steps, step_failure_share=fails), rate_per_s=0.5, requests=2_000, runs=16
    )
    calls = np.bincount(found.work.calls.routes.request).reshape(found.work.arrive.shape)
    shares = [(1 - fails) ** (j - 1) * fails for j in (1, 2, 3)]
    # 2 j - 1 calls of a failure at step j, and k of a success: three calls say either of two things.
    assert_mean((calls == 1).mean(axis=1), shares[0])
    assert_mean((calls == 5).mean(axis=1), shares[2])
    assert_mean((calls == 3).mean(axis=1), shares[1] + (1 - fails) ** steps)
    took = (found.served.back - found.served.connected) / SECOND
    assert_mean(took.mean(axis=1), 0.010 * calls.mean())


# --- connections -----------------------------------------------------------------------------------------


def test_waiting_for_a_connection_is_an_m_m_c_of_the_pool_s_size():
    """A database with cores for everybody: calls are held as long as they are served."""
    pool = {"service.database_connections": 4, "database.size": "db.m5.4xlarge"}
    found = windows(ONE_NODE | pool, rate_per_s=320, requests=12_000, runs=24)
    wait = (found.served.connected - found.served.service_end)[:, 2_000:] / SECOND
    assert_mean(wait.mean(axis=1), mmc.wait_mean(arrival_rate=320, service_mean=0.01, n_servers=4))


def test_a_small_pool_caps_the_calls_in_the_database():
    pool = {"service.database_connections": 3, "service.replicas": 2, "service.autoscaling.replicas_max": 2}
    pool |= {"service.autoscaling.replicas_min": 2}
    found = windows(ONE_NODE | pool, rate_per_s=400, requests=2_000, runs=2)
    for connected, back in zip(found.served.connected, found.served.back, strict=True):
        for replica in (0, 1):
            moments = np.concatenate([connected[replica::2], back[replica::2]])
            change = np.repeat([1, -1], len(moments) // 2)
            order = np.lexsort((change, moments))  # who leaves at a tick makes room at it
            assert np.cumsum(change[order]).max() == 3


def test_a_node_works_on_no_more_calls_than_it_has_connections():
    few = {"database.connections_max": 1, "database.size": "db.m5.xlarge"}
    found = windows(ONE_NODE | few, rate_per_s=50, requests=8_000, runs=16)
    calls = found.served.calls
    wait = run_means(found, (calls.start - calls.arrive) / SECOND, found.work.calls.cell)
    assert_mean(wait, mmc.wait_mean(arrival_rate=50, service_mean=0.01, n_servers=1))
