"""Shares of the shards by key, and the hot shard through both engines."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.company import Setting, first_state, open_week
from simulator.draws.streams import Streams
from simulator.engines.agreement import compare_engines
from simulator.engines.calendar import simulate_weeks
from simulator.engines.drive import ENGINES
from simulator.scenario.reading.counts import popularity_in
from simulator.scenario.reading.faults import ScenarioError
from simulator.scenario.reading.load import load_scenario
from simulator.serving.shards.shares import Shares, date_shares, shares_of_parts, with_newcomers
from simulator.serving.window.work import HIT, WRITE
from tests.simulated import SCENARIOS, block_of, company, summary_of, weeks_of

STEADY = {
    "demand.growth_share_month": 0.0,
    "demand.growth_share_month_sd": 0.0,
    "scenario.horizon_months": 1,
    "database.read_ms": 24.8,
}
HOT = STEADY | {
    "database.shards": 8,
    "database.sharding.popularity": {"counts": [300.0], "rest": 700.0},
}
"""One user in the million has three tenths of all requests; the others are spread evenly."""

PEAK_HOUR = {"demand.peak_factor": 5.0, "service.autoscaling.replicas_max": 60}


# --- date, regions, domains -----------------------------------------------------------------------------


def test_by_date_reads_thin_out_with_age_and_every_write_is_new():
    shares = date_shares(4, np.array([0.5, 1.0]))
    assert shares.read[:, 0].tolist() == [0.125, 0.125, 0.25, 0.5]  # the oldest takes what remains
    assert shares.read[:, 1].tolist() == [0, 0, 0, 1]
    assert shares.write.tolist() == [[0, 0], [0, 0], [0, 0], [1, 1]]
    assert date_shares(1, np.array([0.3])).read.tolist() == [[1.0]]


@given(
    st.lists(st.floats(0.01, 1), min_size=1, max_size=6),
    st.integers(1, 12),
)
def test_whole_parts_are_never_worse_than_graham_says(weights, n_shards):
    """Longest first is within 4/3 - 1/(3n) of the best there is; spread parts are as even as they can be."""
    parts = {f"part {i}": weight / sum(weights) for i, weight in enumerate(weights)}
    shares = shares_of_parts(parts, n_shards)
    assert shares.sum() == pytest.approx(1)
    assert len(shares) == n_shards
    if len(parts) >= n_shards:
        best_at_least = max(1 / n_shards, *parts.values())
        ordered = sorted(parts.values(), reverse=True)
        if len(ordered) > n_shards:  # two of the first n + 1 share a shard
            best_at_least = max(best_at_least, ordered[n_shards - 1] + ordered[n_shards])
        assert shares.max() <= best_at_least * (4 / 3 - 1 / (3 * n_shards)) + 1e-9
    else:
        # the greedy rule is the best there is: a part of share p needs more than p / h shards to get below h
        hottest = shares.max()
        assert sum(np.ceil(part / hottest - 1e-9) for part in parts.values()) <= n_shards
        assert sum(np.floor(part / hottest + 1e-9) + 1 for part in parts.values()) > n_shards


def test_the_order_of_the_regions_in_a_file_does_not_matter():
    parts = {"eu": 0.4, "us": 0.3, "asia": 0.3}
    backwards = dict(reversed(parts.items()))
    for n_shards in (1, 2, 3, 5):
        np.testing.assert_array_equal(shares_of_parts(parts, n_shards), shares_of_parts(backwards, n_shards))


# --- ranges of users --------------------------------------------------------------------------------------


def test_newcomers_are_all_in_the_last_range():
    """Four even ranges, twice the users: the last has its quarter of the old ones and all of the new."""
    even = np.full((4, 3), 0.25)
    shares = Shares(read=even, write=even)
    growth, ranges = np.array([2.0, 0.5, 2.0]), np.array([True, True, False])
    after = with_newcomers(shares, np.array([4, 4, 4]), growth, ranges)
    assert after.read[:, 0].tolist() == [0.125, 0.125, 0.125, 0.625]
    assert after.read[:, 1].tolist() == [0.25] * 4  # who leaves, leaves in proportion
    assert after.read[:, 2].tolist() == [0.25] * 4
    assert after.alike
    assert with_newcomers(shares, np.array([4, 4, 4]), growth, np.zeros(3, dtype=bool)) is shares


def test_ranges_grow_uneven_until_they_are_cut_again():
    again = {"action": "shard", "month": 4, "shards": 2, "key": "user_hash", "lead_weeks": 0}
    growing = STEADY | {
        "scenario.horizon_months": 4,
        "demand.growth_share_month": 0.2,
        "database.shard_key": "user_range",
        "plan": [again | {"person_days": 0, "cost_eur": 0}],
    }
    columns = weeks_of(company(growing), runs=4)
    over = columns["hottest_over_mean"]
    assert (np.diff(over[:12], axis=0) > 0).all()
    assert (columns["hottest_shard"][4:12] == 1).all()
    # half of the old users, and all of the new: 2 (1/2 + g - 1) / g, but for how active the old ones are
    grown = columns["users"][11] / 750_000
    np.testing.assert_allclose(over[11], 2 * (0.5 + grown - 1) / grown, rtol=0.02)
    assert (over[-1] < 1.02).all()


# --- the draw of a shard ----------------------------------------------------------------------------------


def test_requests_fall_on_the_shards_by_their_shares():
    """Reads and writes by shares of their own: each count within 4.5 standard errors."""
    scenario = company(STEADY | {"database.shard_key": "date", "database.shards": 4})
    setting = Setting.of(scenario, Streams(1, range(2)))
    opened = open_week(setting, first_state(setting), 0)
    engine = ENGINES["lanes"](setting)
    week = next(simulate_weeks(setting, engine, requests=8_192))
    assert week.work is not None
    work, shares = week.work, setting.shares_of(opened.topology)
    for kind, share in ((work.branch == WRITE, shares.write), ((work.branch != WRITE), shares.read)):
        n = int(kind.sum())
        seen = np.bincount(work.calls.shard.reshape(work.branch.shape)[kind], minlength=4) / n
        expected = share[:, 0]
        assert (np.abs(seen - expected) <= 4.5 * np.sqrt(expected * (1 - expected) / n)).all()


# --- the hot key ------------------------------------------------------------------------------------------


def test_the_hot_key_saturates_its_shard_and_only_its_shard():
    """At 5/3 of the base's peak on four times its shards the mean is safe, the hot key's shard is not."""
    scenario = company(HOT | PEAK_HOUR)
    setting = Setting.of(scenario, Streams(1, range(2)))
    week = next(simulate_weeks(setting, ENGINES["lanes"](setting), requests=4_096))
    load = week.opened.offered.shard
    hot = week.opened.offered.hottest_shard
    assert (load.mean(axis=0) < 0.5).all()
    assert ((load >= 1).sum(axis=0) == 1).all()
    assert (load[hot, [0, 1]] > 1).all()
    for lane in range(2):
        cell = 2 * lane  # its peak window
        served, work = week.told.served, week.work
        start = served.calls.start.reshape(work.arrive.shape)
        shard = work.calls.shard.reshape(work.arrive.shape)
        calls = (work.branch[cell] != HIT) & (served.back[cell] > 0)
        wait = start[cell] - served.service_end[cell]
        on_hot = shard[cell] == hot[lane]
        # a queue that grows all along, beside seven at a third of their capacity
        assert wait[calls & on_hot].mean() > 20 * wait[calls & ~on_hot].mean()
    agreement = compare_engines(scenario, seed=1, runs=range(1), requests=256)
    assert agreement.difference is None


def test_the_summary_names_the_shard_that_saturates_first():
    found = summary_of(company(HOT | PEAK_HOUR), runs=3)["scenarios"][0]["shards"]
    assert sum(found["load_share"]) == pytest.approx(1)
    assert sum(found["p_saturated"]) == pytest.approx(1)  # one shard in each run, which hashing picks
    assert found["hottest_over_mean"]["estimate"] == pytest.approx(8 * (0.3 + 0.7 / 8))
    first = found["first_saturated"]
    assert first["week"] == 0
    assert first["p_any"]["estimate"] == 1
    assert found["p_saturated"][first["shard"]] == pytest.approx(first["p_shard"]["estimate"])
    calm = summary_of(company(STEADY), runs=2)["scenarios"][0]["shards"]
    assert calm["first_saturated"] is None
    assert len(calm["load_share"]) == 2


# --- popularity from a file -------------------------------------------------------------------------------


def test_counts_are_resolved_into_the_scenario(tmp_path):
    (tmp_path / "counts.csv").write_text("name,count\na,5\nb,0\nc,7.5\n", encoding="utf-8")
    file = tmp_path / "mine.toml"
    base = (SCENARIOS / "conservative.toml").as_posix()
    file.write_text(
        f'extends = "{base}"\n[database.sharding]\npopularity_file = "counts.csv"\n', encoding="utf-8"
    )
    found = load_scenario(file).database.sharding.popularity
    assert (found.counts, found.rest) == ((7.5, 5.0), 0.0)
    (tmp_path / "more.csv").write_text("count\n" + "1\n" * 4_100, encoding="utf-8")
    more = load_scenario(file, {"database.sharding.popularity_file": "more.csv"}).database.sharding.popularity
    assert (len(more.counts), more.rest) == (4_096, 4.0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "must have a column named count in its first line, got no columns"),
        ("hits\n3\n", "must have a column named count in its first line, got others"),
        ("count\n3\nmany\n", "must hold counts of 0 or more, in line 3, got something else"),
        ("count\n-1\n", "must hold counts of 0 or more, in line 2, got something else"),
        ("count\ninf\n", "must hold counts of 0 or more, in line 2, got something else"),
        ("count\n0\n", "must hold a count above 0, got none"),
    ],
)
def test_a_file_that_holds_no_counts_is_refused(tmp_path, text, message):
    file = tmp_path / "counts.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(
        ScenarioError, match=re.escape(f"{file}: database.sharding.popularity_file: {message}")
    ):
        popularity_in(file)


def test_counted_pages_make_the_shards_as_uneven_as_placing_every_page():
    """The 4,096 most requested placed, the rest spread evenly: as uneven as placing all 20,000 at random."""
    scenario = load_scenario(SCENARIOS / "examples" / "popularity_file.toml")
    runs = 200
    setting = Setting.of(scenario, Streams(1, range(runs)))
    hottest = 8 * setting.shares_of(setting.today).read.max(axis=0)
    counts = np.loadtxt(SCENARIOS / "examples" / "data" / "page_requests.csv", skiprows=1)
    shard = np.random.default_rng(1).integers(0, 8, (runs, len(counts)))
    placed = np.array([8 * np.bincount(of, counts).max() / counts.sum() for of in shard])
    error = np.sqrt(hottest.var() / runs + placed.var() / runs)
    assert abs(hottest.mean() - placed.mean()) < 4 * error


def test_users_who_are_all_as_active_load_shards_alike_but_for_the_hash_and_tenants_do_not():
    """Exponent 0: of 750,000 users a few thousand are placed one by one; of ten tenants each is a tenth."""
    even = {"database.popularity_exponent": 0.0, "database.shards": 4}
    many = block_of(company(even), range(8)).shard_load_share
    few = block_of(company(even | {"database.sharding": {"tenants": 10}}), range(8)).shard_load_share
    assert abs(many - 0.25).max() < 0.001
    assert abs(few - 0.25).max() > 0.1
