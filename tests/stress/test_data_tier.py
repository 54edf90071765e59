"""What a load test says of plans for the data tier: replicas, hot keys, requests of several shards."""

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy.special import stdtrit

from simulator.engines.windows import SERVE_WINDOWS
from simulator.queueing.laws import mmc
from simulator.scenario.topology_file import LoadTest
from simulator.serving.window.work import work_of
from simulator.stress.at_rate import AtRate
from simulator.stress.bench import Bench
from simulator.stress.knee import Knee, knee_of
from tests.stress.bench import loaded, topology

RUNS = 8
SERVICE = '[service]\nworkers = 2\ndemand_ms = 0.01\ndistribution = "deterministic"\n'
"""In no request's way."""
DATABASE = f"{SERVICE}[database]\nread_ms = 10.0\n"
SLO = "[slo]\nlatency_p95_ms = 100\n"


def capacity_per_s(test: LoadTest) -> float:
    return Bench.of(test, seed=1, runs=range(RUNS)).capacity_median_per_s()


def knee(test: LoadTest, *, requests: int = 1_500) -> Knee:
    """Between a fifth and nine tenths of the capacity."""
    rates = [share * capacity_per_s(test) for share in (0.2, 0.5, 0.9)]
    points = loaded(test, rates, runs=RUNS, requests=requests)
    bench = Bench.of(test, seed=1, runs=range(RUNS))
    found = knee_of(bench, SERVE_WINDOWS["lanes"], points, requests=requests)
    assert isinstance(found, Knee), found
    return found


# --- nodes and replicas ----------------------------------------------------------------------------------


@pytest.mark.parametrize("cores", [1, 4])
def test_a_node_of_several_cores_is_an_m_m_c(tmp_path, cores):
    test = topology(tmp_path, f"{DATABASE}cores = {cores}\n")
    assert capacity_per_s(test) == pytest.approx(100 * cores)
    (at,) = loaded(test, [80.0 * cores])
    law = mmc.wait_mean(arrival_rate=80.0 * cores, service_mean=0.01, n_servers=cores) * 1_000
    assert at.tiers["primary"].wait_ms.mean == pytest.approx(law, abs=4 * at.latency_ms.se_mean)


EVERY = pytest.mark.parametrize(
    ("replicas", "requests"),
    [((0, 2, 4), 1_500), pytest.param((0, 1, 2, 3, 4), 8_000, marks=pytest.mark.slow)],
)


def knees(tmp_path, write_share: float, replicas: tuple[int, ...], requests: int) -> dict[int, Knee]:
    """By the number of read replicas; chance splits the reads, so that every node is an M/M/1."""
    text = (
        f"{DATABASE}write_share = {write_share}\nread_replicas = {{}}\n"
        f'[database.reads]\npolicy = "random"\n{SLO}'
    )
    return {n: knee(topology(tmp_path, text.format(n)), requests=requests) for n in replicas}


@EVERY
def test_every_read_replica_moves_the_knee_of_a_load_that_reads(tmp_path, replicas, requests):
    """At 5 % writes n replicas carry (1 + n) / (0.95 + 0.05 (1 + n)) times what the primary alone does."""
    found = knees(tmp_path, 0.05, replicas, requests)
    for fewer, more in pairwise(found.values()):
        assert more.low > fewer.high
    for n, of in found.items():
        gain = (1 + n) / (0.95 + 0.05 * (1 + n))
        assert of.low <= gain * found[0].high
        assert of.high >= gain * found[0].low


@EVERY
def test_no_read_replica_moves_the_knee_of_a_load_that_writes(tmp_path, replicas, requests):
    """At 95 % writes every node does 95 % of the work whatever is added: the last 5 % are all there is."""
    found = knees(tmp_path, 0.95, replicas, requests)
    assert max(of.rate_per_s for of in found.values()) < found[0].high / 0.95
    if requests < 8_000:  # more of them tell these 5 % apart
        assert max(of.low for of in found.values()) <= found[0].high


# --- shards ----------------------------------------------------------------------------------------------


def offered_of_shards(test: LoadTest, rate: float) -> np.ndarray:
    """(shards, runs)"""
    return Bench.of(test, seed=1, runs=range(RUNS)).offered(np.array([rate]))[0].shard


@pytest.mark.parametrize("exponent", [0.0, 0.4, 0.8, 1.2])
def test_only_the_hottest_of_sixteen_shards_saturates(tmp_path, exponent):
    """At 40 % of what sixteen even shards carry; at 1.2 one user has a fifth of all requests."""
    text = f"{DATABASE}shards = 16\npopularity_exponent = {exponent}\n[demand]\nusers = 100_000\n"
    offered = offered_of_shards(topology(tmp_path, text), 640.0)
    np.testing.assert_allclose(offered.mean(axis=0), 0.4)
    saturated = np.count_nonzero(offered >= 1, axis=0)
    assert (saturated == (exponent > 1)).all()
    if exponent == 0:
        np.testing.assert_allclose(offered, 0.4, rtol=0.03)


def test_the_queue_of_the_hottest_shard_is_the_only_one_that_grows(tmp_path):
    text = f"{DATABASE}shards = 16\npopularity_exponent = 1.2\n[demand]\nusers = 100_000\n"
    bench = Bench.of(topology(tmp_path, text), seed=1, runs=range(RUNS))
    rates = np.array([640.0])
    load = bench.load(rates)
    work = work_of(bench.draws(slice(0, RUNS), 8_000, 1), load)
    calls = SERVE_WINDOWS["lanes"](work, load).calls
    cell, wait_s = work.calls.cell, (calls.start - calls.arrive) / 1e6
    late = np.arange(len(cell)) % 8_000 >= 6_000
    hottest = bench.offered(rates)[0].hottest_shard
    of_hottest = work.calls.shard == hottest[cell]
    # Past its capacity by a fifth and more, it is behind by a fifth of the ten seconds and more.
    assert wait_s[late & of_hottest].mean() > 1.0
    assert wait_s[late & ~of_hottest].mean() < 0.05


def test_scattered_reads_gain_nothing_from_more_shards(tmp_path):
    """Each shard has a part of each read: more shards are more parts, and later the last of them."""
    scatter = "[database.scatter_gather]\nshare = 1.0\npart_cost_ratio = 1.0\n"
    plans = {k: topology(tmp_path, f"{DATABASE}shards = {k}\n{scatter}{SLO}") for k in (2, 8)}
    assert [capacity_per_s(test) for test in plans.values()] == pytest.approx([100, 100])
    assert knee(plans[8]).high < knee(plans[2]).low
    alone = [capacity_per_s(topology(tmp_path, f"{DATABASE}shards = {k}\n")) for k in (2, 8)]
    assert alone == pytest.approx([200, 800], rel=0.01)


def test_a_two_phase_commit_costs_the_capacity_its_prepares_and_commits(tmp_path):
    """A write of one of four shards against two of them at (1.2 + 0.4) each: 3.2 times the work."""
    written = f"{DATABASE}shards = 4\nwrite_share = 1.0\n"
    commit = (
        '[database.cross_shard_writes]\nprotocol = "two_phase_commit"\nshare = 1.0\nshards = 2\n'
        "prepare_cost_ratio = 1.2\ncommit_cost_ratio = 0.4\n"
    )
    plain, crossing = topology(tmp_path, written), topology(tmp_path, written + commit)
    assert capacity_per_s(plain) / capacity_per_s(crossing) == pytest.approx(2 * (1.2 + 0.4), rel=0.01)
    one, both = (loaded(test, [75.0], requests=4_000)[0].tiers["primary"] for test in (plain, crossing))
    assert both.utilization_share / one.utilization_share == pytest.approx(3.2, rel=0.02)
    assert both.utilization_share == pytest.approx(0.6, rel=0.02)


# --- windows ---------------------------------------------------------------------------------------------


def se_p95_ms(at: AtRate, runs: int) -> float:
    return at.latency_ms.p95_half / float(stdtrit(runs - 1, 0.975))


@pytest.mark.parametrize("load", [0.5, 0.8])
def test_four_times_the_requests_do_not_move_an_unsaturated_p95(tmp_path, load):
    """The pooled P95 of M/M/2 nodes with a replica, by less than three combined standard errors."""
    test = topology(tmp_path, f"{DATABASE}cores = 2\nread_replicas = 1\nwrite_share = 0.1\n")
    rate = load * capacity_per_s(test)
    few, many = (loaded(test, [rate], runs=16, requests=requests)[0] for requests in (2_000, 8_000))
    combined = math.hypot(se_p95_ms(few, 16), se_p95_ms(many, 16))
    assert abs(many.latency_ms.p95 - few.latency_ms.p95) < 3 * combined
    assert combined < 0.1 * many.latency_ms.p95
