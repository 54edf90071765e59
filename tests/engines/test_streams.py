"""What is drawn, and what follows from it before anything waits.

A run owns its numbers; distributions are those that the file asks for; shards, offered load and autoscaling
are what the laws say.
"""

from typing import get_args

import numpy as np
import pytest
from scipy.stats import beta, kstest, norm

from simulator.company import Setting, first_state, open_week
from simulator.draws.candidates import draw_candidates
from simulator.draws.inputs import draw_inputs, quantile, uncertain_keys
from simulator.draws.persons import draw_persons
from simulator.draws.requests import draw_requests
from simulator.draws.shapes import draw_unit_work, squared_cv
from simulator.draws.streams import Streams
from simulator.draws.weeks import draw_weeks
from simulator.engines.calendar import Block
from simulator.engines.drive import BlockTask, run_block
from simulator.queueing.laws import mg1
from simulator.scenario.keys.quantity import Lognormal, Pert
from simulator.scenario.keys.shapes import Empirical, Erlang, Gamma, Hyperexponential, LognormalShape, Name
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.resolve import canonical_json
from simulator.serving.capacity.autoscaling import replicas_at_fixed_point
from simulator.serving.capacity.offered import offered_load
from simulator.serving.shards.placement import Placement
from simulator.serving.shards.popularity import zipf_popularity
from simulator.serving.shards.shares import Shares
from simulator.serving.shards.skew import draw_user_hashes, shard_shares
from simulator.serving.window.work import HIT, WRITE, work_of
from simulator.sizing.months import sizing_table
from simulator.units import weeks_of as weeks_of_months
from tests.simulated import SCENARIOS, block_of, company, weeks_of

KINDS = ("uniform", "exponential", "normal")


# --- a run owns its numbers ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_draws_the_same_alone_and_in_company(kind):
    together = Streams(7, range(5)).draw("cause", kind, 100, week=3)
    for run in (4, 0, 2):
        np.testing.assert_array_equal(
            Streams(7, range(run, run + 1)).draw("cause", kind, 100, week=3)[0], together[run]
        )


def test_draws_do_not_depend_on_what_was_drawn_before():
    """Weeks and causes may be asked for in any order, more or less of each."""
    forth, back = Streams(7, range(2)), Streams(7, range(2))
    asked = [("a", 0, 5), ("a", 2, 5), ("b", 0, 7), ("a", 1, 9)]
    first = {key: forth.draw(key[0], "exponential", key[2], week=key[1]) for key in asked}
    for cause, week, count in reversed(asked):
        more = back.draw(cause, "exponential", count + 3, week=week)
        np.testing.assert_array_equal(more[:, :count], first[cause, week, count])


def test_runs_causes_weeks_and_seeds_differ():
    drawn = [
        Streams(seed, range(run, run + 1)).draw(cause, "uniform", 8, week=week)[0].tobytes()
        for seed in (1, 2)
        for run in (0, 1)
        for cause in ("growth", "applications")
        for week in (0, 1)
    ]
    assert len(set(drawn)) == 16


def test_asking_for_more_leaves_what_was_there():
    streams = Streams(3, range(3))
    few, many = (draw_persons(streams, persons) for persons in (10, 40))
    for name in ("stay", "tenure", "notice"):
        np.testing.assert_array_equal(getattr(many, name)[:10], getattr(few, name))
    few_candidates, more_candidates = (
        draw_candidates(streams, 5, candidates=np.array(numbers), stages=6)
        for numbers in ([4, 0, 2], [9, 1, 3])
    )
    kept = np.concatenate([np.arange(4), 10 + np.arange(2)])
    np.testing.assert_array_equal(more_candidates.passing[:, kept], few_candidates.passing)
    np.testing.assert_array_equal(more_candidates.delay[:, kept], few_candidates.delay)
    np.testing.assert_array_equal(more_candidates.lane[kept], few_candidates.lane)
    short, long = (draw_weeks(streams, weeks=weeks_of_months(months), months=months) for months in (12, 24))
    np.testing.assert_array_equal(long.growth[:12], short.growth)
    np.testing.assert_array_equal(long.incidents[:52], short.incidents)


def test_a_run_is_the_same_in_any_block():
    """Run by run on the reference, in one block of lanes, and in blocks in another order: the same bits."""
    resolved = canonical_json(load_scenario(SCENARIOS / "conservative.toml", {"scenario.horizon_months": 12}))

    def block(runs: range, engine: str) -> Block:
        return run_block(BlockTask(resolved=resolved, seed=5, runs=runs, requests=64, engine=engine))

    whole = block(range(5), "lanes")
    for engine, blocks in (
        ("events", [range(3, 4), range(1)]),
        ("lanes", [range(3, 5), range(1, 3), range(1)]),
    ):
        for runs in blocks:
            part = block(runs, engine)
            for name, values in whole.columns.items():
                np.testing.assert_array_equal(
                    part.columns[name], values[:, runs.start : runs.stop], err_msg=name
                )
            np.testing.assert_array_equal(part.placed_week, whole.placed_week[:, runs.start : runs.stop])


def test_an_uncertain_key_leaves_all_other_draws():
    """Each uncertain key is a cause of its own."""
    key, part = "bill.storage_gb_per_user", {"low": 0.01, "mode": 0.02, "high": 0.04}
    certain, uncertain = company(), company({key: part})
    assert set(uncertain_keys(uncertain)) - set(uncertain_keys(certain)) == {key}
    before, after = (draw_inputs(scenario, Streams(1, range(6))) for scenario in (certain, uncertain))
    assert np.ptp(before.bill.storage_gb_per_user) == 0 < np.ptp(after.bill.storage_gb_per_user)
    np.testing.assert_array_equal(after.bill.other_eur_month, before.bill.other_eur_month)
    weeks = [weeks_of(scenario, runs=4, requests=64) for scenario in (certain, uncertain)]
    moved = {name for name in weeks[0] if not np.array_equal(weeks[0][name], weeks[1][name])}
    assert moved == {"cost_storage_eur", "cost_infrastructure_eur", "infrastructure_revenue_share"}


def test_scenarios_of_one_seed_share_their_luck():
    """Common random numbers: what two plans do not change is the same in both."""
    plain, hiring = (
        weeks_of(company({"hiring.headcount_added": added}), runs=4, requests=64) for added in (0, 8)
    )
    for column in ("users", "latency_p95_ms", "cost_infrastructure_eur"):
        np.testing.assert_array_equal(hiring[column], plain[column])
    assert not np.array_equal(hiring["applications"], plain["applications"])


# --- distributions ---------------------------------------------------------------------------------------


def test_a_lognormal_has_the_percentiles_it_was_given():
    assert quantile(Lognormal(p5=20.0, p95=45.0), np.array([0.05, 0.5, 0.95])) == pytest.approx([20, 30, 45])


@pytest.mark.parametrize(
    "pert", [Pert(low=1, mode=2, high=6), Pert(low=0, mode=0, high=1), Pert(low=15, mode=20, high=77)]
)
def test_a_pert_is_a_scaled_beta_of_mean_low_plus_four_modes_plus_high(pert):
    uniform = (np.arange(20_000) + 0.5) / 20_000
    values = quantile(pert, uniform)
    mean = (pert.low + 4 * pert.mode + pert.high) / 6
    assert values.mean() == pytest.approx(mean, rel=1e-4)
    width = pert.high - pert.low
    law = beta(
        1 + 4 * (pert.mode - pert.low) / width, 1 + 4 * (pert.high - pert.mode) / width, pert.low, width
    )
    assert values[::1_000] == pytest.approx(law.ppf(uniform[::1_000]))
    assert (values.min() >= pert.low) & (values.max() <= pert.high)


def test_inputs_are_drawn_from_what_the_file_says():
    """Over 2,000 runs a Kolmogorov-Smirnov distance as large as this has a chance of one in a thousand."""
    uncertain = company(
        {"demand.users": {"p5": 6e5, "p95": 9e5}, "cache.hit_share": {"low": 0.5, "mode": 0.6, "high": 0.7}}
    )
    drawn = draw_inputs(uncertain, Streams(1, range(2_000)))
    sigma = np.log(9 / 6) / (2 * norm.ppf(0.95))
    lognormal = norm(np.log(np.sqrt(6e5 * 9e5)), sigma)
    assert kstest(np.log(drawn.demand.users), lognormal.cdf).pvalue > 0.001
    assert kstest(drawn.cache.hit_share, beta(3, 3, 0.5, 0.2).cdf).pvalue > 0.001
    assert (drawn.response.fixed_ms == uncertain.response.fixed_ms).all()


@pytest.mark.parametrize(
    ("kind", "law"), [("uniform", "uniform"), ("exponential", "expon"), ("normal", "norm")]
)
def test_streams_are_of_their_kind(kind, law):
    assert kstest(Streams(2, range(1)).draw("kind", kind, 20_000)[0], law).pvalue > 0.001


SHAPES = (
    *get_args(Name),
    Erlang(shape="erlang", k=5),
    Gamma(shape="gamma", cv=0.3),
    Gamma(shape="gamma", cv=2.0),
    LognormalShape(shape="lognormal", cv=0.5),
    Hyperexponential(shape="hyperexponential", cv=1.5),
    Empirical(shape="empirical", values=(1.0, 1.0, 2.0, 8.0)),
)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_unit_work_has_mean_one_and_the_stated_variation(shape):
    """Over 64 runs of 20,000, within four standard errors taken between the runs."""
    drawn = draw_unit_work(Streams(4, range(64)), "work", shape, 20_000, week=1)
    assert (drawn > 0).all()
    for estimates, law in ((drawn.mean(axis=1), 1.0), (drawn.var(axis=1), squared_cv(shape))):
        error = estimates.std(ddof=1) / np.sqrt(len(estimates))
        assert abs(estimates.mean() - law) <= 4 * error + 1e-12


@pytest.mark.parametrize("cv", [0.1, 0.5, 1.0, 3.0])
def test_gamma_work_follows_its_law(cv):
    """The tabulated inverse against scipy's distribution, Kolmogorov and Smirnov."""
    drawn = draw_unit_work(Streams(6, range(1)), "work", Gamma(shape="gamma", cv=cv), 50_000, week=0)
    assert kstest(drawn[0], "gamma", args=(cv**-2, 0, cv**2)).pvalue > 0.001


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_longer_draw_of_a_shape_begins_with_the_shorter(shape):
    streams = Streams(8, range(2))
    few, many = (draw_unit_work(streams, "work", shape, count, week=3) for count in (50, 200))
    assert (many[:, :50] == few).all()


def test_candidates_have_the_delays_and_patience_of_a_gamma():
    """Mean 1, squared coefficient of variation 1/4 for patience (shape 4) and 1/2 for a delay (shape 2)."""
    drawn = draw_candidates(Streams(1, range(200)), 0, candidates=np.full(200, 100), stages=6)
    for values, scv in ((drawn.patience, 1 / 4), (drawn.delay, 1 / 2)):
        runs = values.reshape(-1, 200, 100).swapaxes(0, 1).reshape(200, -1)
        for estimates, law in ((runs.mean(axis=1), 1.0), (runs.var(axis=1), scv)):
            error = estimates.std(ddof=1) / np.sqrt(len(estimates))
            assert abs(estimates.mean() - law) <= 4 * error + 0.01 * law  # a variance of 100 is 1 % short


def test_requests_arrive_as_a_poisson_process_of_the_week_s_rate():
    """As many as the rate says, independent gaps; writes, hits and reads in their shares."""
    setting = Setting.of(company({"demand.growth_share_month_sd": 0.0}), Streams(1, range(32)))
    opened = open_week(setting, first_state(setting), 0)
    requests = 2_000
    draws = draw_requests(
        setting.streams,
        0,
        windows=2,
        requests=requests,
        service_shape="exponential",
        query_shape="exponential",
    )
    work = work_of(draws, opened.load)
    rate = requests / (work.arrive.max(axis=1) / 1e6)
    error = opened.load.rate_per_s / np.sqrt(requests)
    assert (np.abs(rate - opened.load.rate_per_s) < 4.5 * error).all()
    for branch, law in ((WRITE, 0.1), (HIT, 0.9 * 0.6)):
        seen = float((work.branch == branch).mean())
        assert abs(seen - law) < 4 * np.sqrt(law * (1 - law) / work.branch.size)


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
