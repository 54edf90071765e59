"""Shards, offered load and autoscaling are what the laws say, before anything waits."""

import numpy as np
import pytest

from simulator.company import Setting
from simulator.draws.streams import Streams
from simulator.queueing.laws import mg1
from simulator.serving.capacity.autoscaling import replicas_at_fixed_point
from simulator.serving.capacity.offered import offered_load
from simulator.serving.shards.placement import Placement
from simulator.serving.shards.popularity import zipf_popularity
from simulator.serving.shards.shares import Shares
from simulator.serving.shards.skew import draw_user_hashes, shard_shares
from simulator.sizing.months import sizing_table
from simulator.units import weeks_of as weeks_of_months
from tests.simulated import block_of, company, weeks_of

# --- shards ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exponent", "mean", "p5", "p95"),
    [(0.6, 1.03, 1.02, 1.05), (0.8, 1.21, 1.14, 1.31), (0.99, 1.99, 1.75, 2.38), (1.2, 3.91, 3.44, 4.93)],
)
def test_the_hottest_of_sixteen_shards_over_random_hashes(exponent, mean, p5, p95):
    """A million users of Zipf activity on 16 shards by hash: the hottest shard over the mean one."""
    lanes = 400
    shares = by_ranges(draw_user_hashes(Streams(1, range(lanes))), 16, exponent)
    assert shares.sum(axis=0) == pytest.approx(1)
    hottest = 16 * shares.max(axis=0)
    assert hottest.mean() == pytest.approx(mean, rel=0.02)
    assert np.quantile(hottest, [0.05, 0.95]) == pytest.approx([p5, p95], rel=0.04)


def test_uniform_users_are_spread_evenly_and_one_shard_holds_all():
    hashes = draw_user_hashes(Streams(1, range(20)))
    assert by_ranges(hashes, 16, 0.0) == pytest.approx(1 / 16, rel=0.02)
    assert by_ranges(hashes, 1, 1.0) == pytest.approx(1)


def test_a_user_stays_on_the_half_of_a_shard_that_is_split():
    """Twice as many shards by the same hash: shard s becomes 2 s and 2 s + 1."""
    hashes = draw_user_hashes(Streams(1, range(20)))
    two, four = (by_ranges(hashes, shards, 0.8) for shards in (2, 4))
    np.testing.assert_allclose(four[0::2] + four[1::2], two, rtol=1e-12)


def by_ranges(hashes, n_shards, exponent):
    """Shares of a million users of Zipf activity, each shard an equal range of their hashes."""
    lanes = len(hashes)
    activity = zipf_popularity(np.full(lanes, 1e6), np.full(lanes, exponent))
    return shard_shares(hashes, n_shards, activity, Placement(rule="hash_range"))


# --- offered load and autoscaling ------------------------------------------------------------------------


def average_shard(shards):
    share = 1 / shards[np.newaxis]
    return Shares(read=share, write=share)


def test_the_order_of_the_file_is_not_the_order_of_the_plan():
    """Actions act as they fall due: a plan written backwards is the same, of two sizes the later holds."""
    sizes = [
        {
            "action": "resize_database",
            "month": month,
            "size": size,
            "lead_weeks": 1,
            "person_days": 5,
            "cost_eur": 0,
        }
        for month, size in ((2, "db.m5.xlarge"), (3, "db.m5.2xlarge"))
    ]
    forwards, backwards = (
        company({"plan": plan, "scenario.horizon_months": 4}) for plan in (sizes, sizes[::-1])
    )
    columns = [weeks_of(scenario, runs=3) for scenario in (forwards, backwards)]
    for name, values in columns[0].items():
        np.testing.assert_array_equal(columns[1][name], values, err_msg=name)
    built = [[row.built for row in sizing_table(scenario)] for scenario in (forwards, backwards)]
    assert built[0] == built[1]
    assert [month["cores"] for month in built[0]] == [2, 4, 8, 8]


def test_users_without_luck_follow_the_median_path():
    """Week by week the run's users, when no month strays, are those of the sizing table."""
    for extra in ({}, {"demand.users_ceiling": 1.2e6}):
        steady = company(
            {
                "scenario.horizon_months": 12,
                "demand.growth_share_month": 0.06,
                "demand.growth_share_month_sd": 0.0,
                "demand.lost_of_exposed_share": 0.0,  # a plan does not know who leaves
            }
            | extra
        )
        users = weeks_of(steady, runs=1)["users"][:, 0]
        months = [users[weeks_of_months(month) - 1] for month in range(1, 13)]
        assert months == [row.users for row in sizing_table(steady)]


def test_the_work_observed_is_the_work_offered():
    """The utilisation law forth and back: today's rate loads the tiers as the dashboard said."""
    setting = Setting.of(company(), Streams(1, range(1)))
    rate = setting.inputs.database.observed.rate_per_s
    offered = offered_load(
        setting.inputs,
        setting.today,
        rate_per_s=rate,
        replicas=np.array([13]),
        shares=average_shard(np.array([2])),
    )
    assert offered.service == pytest.approx(0.75)
    assert (offered.primary + offered.replica) / 2 == pytest.approx(0.85)


@pytest.mark.parametrize("seed", range(3))
def test_autoscaling_is_where_the_rule_stepped_by_hand_comes_to_rest(seed):
    """Kubernetes' rule until it stays: desired = ceil(n x metric / target), within the tolerance none."""
    generator = np.random.default_rng(seed)
    for _ in range(300):
        start, workers = int(generator.integers(1, 60)), int(generator.integers(1, 9))
        load, target = float(generator.uniform(0.5, 200)), float(generator.uniform(0.3, 0.95))
        low, high = sorted(generator.integers(1, 80, 2).tolist())
        found = replicas_at_fixed_point(
            np.array([start]),
            busy_workers=np.array([load]),
            workers=workers,
            target_utilization_share=np.array([target]),
            replicas_min=low,
            replicas_max=np.array([high]),
        )
        by_hand = _stepped(start, load, workers, target, low, high)
        assert found.item() == by_hand, (start, load, workers, target, low, high)


def _stepped(start: int, load: float, workers: int, target: float, low: int, high: int) -> int:
    """Where the controller ends, step by step."""
    count = start
    for _ in range(50):
        ratio = load / (count * workers) / target
        wanted = count if abs(ratio - 1) <= 0.1 else int(np.ceil(count * ratio))
        wanted = min(max(wanted, low), high)
        if wanted == count:
            break
        count = wanted
    return count


def test_a_load_that_fits_exactly_takes_no_replica_more():
    """Every percent of load and target at which whole replicas are exactly enough."""
    load, target, current = np.meshgrid(
        np.arange(1, 201), np.arange(20, 100), np.arange(1, 41), indexing="ij"
    )
    exact = (current * load) % target == 0
    load, target, current = (values[exact] for values in (load, target, current))
    found = replicas_at_fixed_point(
        current,
        busy_workers=current * 4 * (load / 100),
        workers=4,
        target_utilization_share=target / 100,
        replicas_min=1,
        replicas_max=np.full_like(current, 1_000),
    )
    kept = np.abs(load - target) * 10 <= target
    np.testing.assert_array_equal(found, np.where(kept, current, current * load // target))
    assert (np.ceil(current * (load / 100) / (target / 100)) != current * load // target).sum() > 1_000


def test_hyperexponential_services_wait_as_pollaczek_and_khinchine_say():
    """Draws, engine and law together: a company of one worker and no cache is M/G/1."""
    alone = company(
        {
            "scenario.horizon_months": 1,
            "demand.growth_share_month_sd": 0.0,
            "demand.users": 15_000,
            "service.demand_ms": 80.0,
            "service.workers": 1,
            "service.replicas": 1,
            "service.autoscaling.replicas_min": 1,
            "service.autoscaling.replicas_max": 1,
            "service.distribution": "hyperexponential",
            "service.queue_room": 10_000,
            "service.patience_ms": 1e6,
            "database.write_share": 0.0,
            "cache.hit_share": 1.0,
            "response.fixed_ms": 0.0,
            "database.read_ms": 1.0,
        }
    )
    columns = block_of(alone, range(64), requests=4_096).columns
    rate = columns["rate_peak_per_s"][0, 0]
    law = mg1.response_mean(arrival_rate=rate, service_mean=0.08, service_scv=4.0) * 1_000
    estimates = columns["latency_mean_ms"].mean(axis=0)
    error = estimates.std(ddof=1) / np.sqrt(len(estimates))
    assert error < 0.03 * law
    assert abs(estimates.mean() - law) <= 4 * error
