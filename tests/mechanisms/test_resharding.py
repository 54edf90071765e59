"""Data that move to other shards beside live traffic: against their laws, and in both engines."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import simpy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.company import Setting, first_state, open_week
from simulator.draws.requests import draw_requests
from simulator.draws.streams import Streams
from simulator.engines.agreement import compare_engines
from simulator.engines.calendar import SimulatedWeek, simulate_weeks
from simulator.engines.drive import ENGINES
from simulator.engines.events import resharding as events_copying
from simulator.engines.events.requests import Window
from simulator.engines.events.told import collect
from simulator.engines.lanes import resharding as lanes_copying
from simulator.engines.lanes.requests import serve_windows
from simulator.engines.side_by_side import pairs_of_week
from simulator.mechanisms.resharding.law import Phase
from simulator.mechanisms.resharding.state import resharding_of
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.serving.calls.copying import NO_LIMIT
from simulator.serving.measured.window import Measured, measure
from simulator.serving.shards.moves import Move
from simulator.serving.shards.placement import moved_shares
from simulator.serving.shards.skew import draw_placement, draw_user_hashes, popularity_of
from simulator.serving.window.served import COPY, Served
from simulator.serving.window.work import CellLoad, RequestWork, work_of
from tests.engines.agreement.companies import TICKS, TO_THE_DATABASE
from tests.engines.agreement.random_scenarios import cell_loads, copies
from tests.engines.agreement.test_every_value import otherwise
from tests.engines.agreement.test_random import applied, assert_served_alike, unmixed
from tests.simulated import Columns, company, weeks_of

RULES: dict[str, Any] = {
    "copy_mb_per_s": 10.0,
    "chunk_mb": 1.0,
    "read_ms_per_mb": 5.0,
    "write_ms_per_mb": 20.0,
    "verify_share": 0.5,
    "write_stop_s": 30.0,
    "clean_up_weeks": 2.0,
}
SHARD: dict[str, Any] = {
    "action": "shard",
    "month": 1,
    "shards": 5,
    "key": "user_hash",
    "lead_weeks": 0.0,
    "person_days": 0.0,
    "cost_eur": 0.0,
}
MOVING: dict[str, Any] = {
    "demand.growth_share_month_sd": 0.0,
    "attrition.leavers_share_year": 0.0,
    "scenario.horizon_months": 3,
    "demand.lost_of_exposed_share": 0.0,
    "database.read_ms": 24.8,
    "database.shards": 4,
    "database.sharding": {"placement": "modulo"},
    "database.storage": {"installed_gb": 1e5, "gb_per_user": 0.04, "kb_per_write": 0.0},
    "database.resharding": RULES,
    "plan": [SHARD],
}
"""30 TB on four shards, of which four fifths move when a fifth is added."""


def moving(rules: dict[str, Any] | None = None, given: dict[str, Any] | None = None, **of: Any) -> Columns:
    """The weeks of a company whose data move."""
    changed = MOVING | (given or {}) | {"database.resharding": RULES | (rules or {})}
    return weeks_of(company(changed), **{"runs": 2} | of)


def work_for(load: CellLoad, *, requests: int, seed: int = 1) -> RequestWork:
    draws = draw_requests(
        Streams(seed, range(len(load.shards))),
        3,
        windows=1,
        requests=requests,
        service_shape="exponential",
        query_shape="exponential",
        parts=None if load.calling.is_plain else load.calling.parts(int(load.shards.max())),
    )
    return work_of(draws, load)


def by_events(work: RequestWork, load: CellLoad) -> Served:
    env = simpy.Environment()
    windows = [Window(env, work, load, cell) for cell in range(len(load.shards))]
    env.run()
    for window in windows:
        window.close()
    return collect(windows)


def assert_copied_alike(lanes: Served, events: Served) -> None:
    assert_served_alike(lanes, events)
    assert (lanes.copy is None) == (events.copy is None)
    if lanes.copy is not None and events.copy is not None:
        for name in COPY:
            np.testing.assert_array_equal(getattr(lanes.copy, name), getattr(events.copy, name), err_msg=name)
        np.testing.assert_array_equal(applied(lanes.copy.applies), applied(events.copy.applies))


# --- both engines ----------------------------------------------------------------------------------------


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data(), st.integers(0, 2**31), st.integers(1, 4), st.integers(64, 100))
def test_the_engines_agree_on_random_copies(data, seed, cells, requests):
    load = data.draw(cell_loads(cells))
    load = replace(unmixed(load), copying=data.draw(copies(load)))
    work = work_for(load, requests=requests, seed=seed)
    assert_copied_alike(serve_windows(work, load), by_events(work, load))


@pytest.fixture
def ticking() -> Scenario[Quantity]:
    """Two shards become three in chunks of a few ticks, while requests come one a tick."""
    return company(
        TICKS
        | TO_THE_DATABASE
        | {
            "database.shards": 2,
            "database.sharding": {"placement": "modulo"},
            "database.storage": {"installed_gb": 1e5, "gb_per_user": 0.1, "kb_per_write": 0.0},
            "database.resharding": RULES
            | {
                "chunk_mb": 4e-6,
                "copy_mb_per_s": 1.0,
                "read_ms_per_mb": 500.0,
                "write_ms_per_mb": 500.0,
                "throttle_lag_ms": 0.004,
            },
            "plan": [SHARD | {"shards": 3}],
        }
    )


def test_the_engines_agree_tick_by_tick(ticking):
    found = compare_engines(ticking, seed=1, runs=range(2), requests=96)
    assert found.difference is None, str(found.difference)
    weeks = weeks_of(ticking, runs=2, requests=96)
    assert (weeks["resharding_throttled_share"] > 0).all()  # it never gets through within the month
    assert (weeks["resharding_throttled_share"] < 1).all()


def test_runs_that_copy_and_switch_in_different_weeks_do_not_touch_each_other():
    """Each run of a block is what it is alone, whatever shards the others have come to."""
    uncertain = {"copy_mb_per_s": {"low": 4.0, "mode": 10.0, "high": 40.0}, "throttle_lag_ms": 200.0}
    both = {"plan": [SHARD, SHARD | {"month": 2, "shards": 6}], "scenario.horizon_months": 2}
    scenario = company(MOVING | both | {"database.resharding": RULES | uncertain})
    shards = weeks_of(scenario, runs=4, requests=96)["shards"]
    assert (shards.min(axis=1) < shards.max(axis=1)).sum() > 1
    found = compare_engines(scenario, seed=1, runs=range(4), requests=96)
    assert found.difference is None, str(found.difference)


def test_the_engines_agree_on_chunks_that_the_week_cuts_off():
    """Reading one takes four days, and writing it three: what waits behind is not back in the week."""
    endless = {"copy_mb_per_s": 10.0, "read_ms_per_mb": 3.5e8, "write_ms_per_mb": 2.6e8}
    fewer = {"plan": [SHARD | {"shards": 3}], "scenario.horizon_months": 1}  # no new shard sets the pace
    scenario = company(MOVING | fewer | {"database.resharding": RULES | endless})
    setting = Setting.of(scenario, Streams(1, range(1)))
    week = next(simulate_weeks(setting, ENGINES["lanes"](setting), requests=96))
    assert week.told.served is not None
    copy = week.told.served.copy
    assert copy is not None
    assert (copy.read_end > 0).any()
    assert (copy.read_end == 0).any()
    assert not copy.held.any()
    found = compare_engines(scenario, seed=1, runs=range(2), requests=96)
    assert found.difference is None, str(found.difference)


def chunks_go_first(patch: pytest.MonkeyPatch) -> None:
    begin = events_copying.Copy.__init__

    def early(self, env, shards, chunks, first_job):
        begin(self, env, shards, chunks, first_job - 1_000_000)

    patch.setattr(events_copying.Copy, "__init__", early)


def at_the_limit_is_past_it(patch: pytest.MonkeyPatch) -> None:
    held = lanes_copying.Copy._held

    def stricter(self, times, taken_up, swept):
        chunks = self.chunks
        self.chunks = replace(chunks, limit=np.where(chunks.limit > 0, chunks.limit - 1, chunks.limit))
        try:
            return held(self, times, taken_up, swept)
        finally:
            self.chunks = chunks

    patch.setattr(lanes_copying.Copy, "_held", stricter)


def what_is_applied_now_counts(patch: pytest.MonkeyPatch) -> None:
    of = lanes_copying.Lags.of
    patch.setattr(lanes_copying.Lags, "of", lambda station, since, applied: of(station, since, applied - 1))


def the_target_does_not_matter(patch: pytest.MonkeyPatch) -> None:
    def of_source(self, chunk):
        return self.limit[chunk] != NO_LIMIT and self.lags[self.shard[chunk]].age() > self.limit[chunk]

    patch.setattr(events_copying.Copy, "_is_behind", of_source)


@pytest.mark.parametrize(
    "broken",
    [chunks_go_first, at_the_limit_is_past_it, what_is_applied_now_counts, the_target_does_not_matter],
)
def test_a_broken_rule_is_seen(broken, ticking, monkeypatch):
    broken(monkeypatch)
    assert compare_engines(ticking, seed=1, runs=range(2), requests=96).difference is not None


def test_every_single_value_of_a_copy_counts(ticking):
    def first_week(engine: str) -> SimulatedWeek:
        setting = Setting.of(ticking, Streams(1, range(1)))
        return next(simulate_weeks(setting, ENGINES[engine](setting), requests=96))

    lanes, events = first_week("lanes"), first_week("events")
    served = lanes.told.served
    assert served is not None
    copy = served.copy
    assert copy is not None
    stages = tuple(stage.name for stage in ticking.hiring.stages)
    moved = [replace(copy, **{name: otherwise(getattr(copy, name), -1)}) for name in COPY]
    moved += [
        replace(copy, applies=replace(copy.applies, **{name: otherwise(values, 0)}))
        for name, values in vars(copy.applies).items()
    ]
    moved.append(None)
    for changed in [copy, *moved]:
        told = replace(lanes, told=replace(lanes.told, served=replace(served, copy=changed)))
        pairs = pairs_of_week(told, 0, events, stages)
        assert any(pair.first_difference() is not None for pair in pairs) == (changed is not copy)


# --- the throttle ----------------------------------------------------------------------------------------


def test_a_chunk_is_held_exactly_when_source_or_target_is_too_far_behind(ticking):
    """By the definition: the oldest write that was done before this tick and not applied before it."""
    setting = Setting.of(ticking, Streams(2, range(2)))
    week = next(simulate_weeks(setting, ENGINES["lanes"](setting), requests=96))
    assert week.work is not None
    assert week.told.served is not None
    chunks, copy, applies = week.work.chunks, week.told.served.copy, week.told.served.applies
    assert chunks is not None
    assert copy is not None
    calls = week.work.calls
    own = [(applies.cell, calls.shard[calls.row(applies.cell, applies.call)], applies)]
    copied = copy.applies
    first = np.searchsorted(chunks.cell, copied.cell)
    own.append((copied.cell, chunks.target[first + copied.call], copied))
    limit = 4
    for chunk in range(len(chunks.tick)):
        cell, tick, worst = chunks.cell[chunk], chunks.tick[chunk], 0
        for shard in {chunks.shard[chunk], chunks.target[chunk]}:
            for of_cell, of_shard, rows in own:
                lacking = (of_cell == cell) & (of_shard == shard)
                lacking &= (rows.queued < tick) & (rows.apply_end >= tick)
                worst = max(worst, int((tick - rows.queued[lacking]).max(initial=0)))
        assert copy.held[chunk] == (worst > limit), (chunk, worst)
    assert 0 < copy.held.sum() < len(copy.held)


def measured(work: RequestWork, load: CellLoad, served: Served) -> Measured:
    cells = len(load.shards)
    return measure(
        work,
        load,
        served,
        warmup=16,
        fixed_ticks=np.zeros(cells, dtype=np.int64),
        deadline_ticks=np.full(cells, 10_000_000),
        background_error_share=np.zeros(cells),
    )


def test_a_copy_in_one_run_moves_nothing_in_another():
    """Two runs side by side, of which the second copies, against the same runs without a copy."""
    setting = Setting.of(company(MOVING), Streams(1, range(2)))
    load = open_week(setting, first_state(setting), 0).load
    assert load.copying is not None
    second = np.arange(4) >= 2
    busy = replace(load, copying=replace(load.copying, interval=load.copying.interval * second))
    still, copied = (
        figures(measured(work, of, serve_windows(work, of)))
        for of in (replace(load, copying=None), busy)
        for work in [work_for(of, requests=512)]
    )
    for name, values in still.items():
        np.testing.assert_array_equal(copied[name][:2], values[:2], err_msg=name)
    assert (copied["database_utilization_share"][2:] > still["database_utilization_share"][2:]).all()


def figures(found: Measured) -> dict[str, np.ndarray]:
    """One row a cell."""
    told = {name: of for name, of in vars(found).items() if isinstance(of, np.ndarray)}
    return told | {f"p{percent}": of for percent, of in found.latency_ms.items()}


# --- what moves ------------------------------------------------------------------------------------------


def move(after: int, *, key: str = "user_hash", before: int = 4, **sharding: Any) -> tuple[Move, Setting]:
    """What moves to another number of shards, by the hash until now."""
    changed = {
        "database.shards": before,
        "database.sharding": sharding,
        "plan": [SHARD | {"shards": after, "key": key}],
    }
    setting = Setting.of(company(MOVING | changed), Streams(1, range(3)))
    return resharding_of(first_state(setting)).moves[("user_hash", before), (key, after)], setting


@pytest.mark.parametrize("after", [2, 5, 8])
@pytest.mark.parametrize("placement", ["modulo", "consistent", "logical", "hash_range"])
def test_what_moves_is_what_the_placement_says(placement, after):
    found, setting = move(after, placement=placement)
    expected = moved_shares(
        draw_placement(setting.inputs, setting.streams, shards_max=max(4, after)),
        popularity_of(setting.inputs, setting.lanes),
        draw_user_hashes(setting.streams),
        before=4,
        after=after,
    )
    np.testing.assert_allclose(found.share, expected.keys_share, rtol=1e-12)


def test_from_four_to_five_modulo_moves_four_fifths_and_a_ring_one():
    """n / (n + 1) and about 1 / (n + 1); of 480 logical shards whole ones, 96 - 24 s of the one before."""
    assert move(5, placement="modulo")[0].share == pytest.approx(4 / 5)
    assert move(5, placement="consistent", virtual_nodes=256)[0].share == pytest.approx(1 / 5, abs=0.05)
    logical = move(5, placement="logical")[0]
    assert logical.share * 480 == pytest.approx(np.round(logical.share * 480))
    # Of what a source sends by modulo, a quarter goes to the new shard, and the rest to the three others.
    modulo = move(5, placement="modulo")[0]
    np.testing.assert_allclose(modulo.bounds[:, -1], 3 / 4)
    np.testing.assert_allclose(modulo.inflow[4], 4 * 1 / 4)
    # A ring sends everything to the new one.
    np.testing.assert_allclose(move(5, placement="consistent")[0].bounds[:, -1], 0.0, atol=1e-12)


def test_another_key_moves_all_but_what_meets_its_shard_by_chance():
    found, _ = move(4, key="user_range", placement="modulo")
    assert found.share == pytest.approx(3 / 4, abs=0.05)


def test_by_date_nothing_moves_and_the_switch_is_all_there_is():
    by_date = {"database.shard_key": "date", "plan": [SHARD | {"key": "date"}]}
    found = moving(given=by_date)
    assert not found["resharding_hours"].any()
    assert (found["resharding_phase"][0] == Phase.SWITCH).all()
    assert (found["shards"][1:] == 5).all()


# --- how long it takes -----------------------------------------------------------------------------------


def test_a_move_takes_what_it_copies_carries_over_and_verifies():
    """24 TB at 144 GB an hour are 166.7 hours, half of that to verify; the switch ends the second week."""
    found = moving()
    hours = 0.8 * 750_000 * 0.04 / (4 * 10 * 3.6)
    np.testing.assert_allclose(found["resharding_hours"].sum(axis=0), 1.5 * hours, rtol=1e-9)
    np.testing.assert_array_equal(found["resharding_phase"][:5, 0], [3, 4, 5, 5, 0])
    np.testing.assert_array_equal(found["shards"][:3, 0], [4, 4, 5])
    slower = moving({"copy_mb_per_s": 5.0})
    np.testing.assert_allclose(slower["resharding_hours"].sum(axis=0), 3 * hours, rtol=1e-9)
    np.testing.assert_allclose(
        slower["resharding_left_gb"][0], 0.8 * 750_000 * 0.04 - 168 * 4 * 5 * 3.6, rtol=1e-9
    )


def test_a_new_shard_is_sent_no_more_than_its_cores_can_write():
    """On a ring all four sources send to it alone: 2 cores / 20 ms are 100 MB/s, in place of 4 x 60."""
    ring = {"database.sharding": {"placement": "consistent"}}
    found = moving({"copy_mb_per_s": 60.0, "verify_share": 0.0}, ring)
    np.testing.assert_allclose(found["resharding_target_utilization_share"][0], 1.0, rtol=1e-6)
    data = found["resharding_kept_twice_gb"][0]
    np.testing.assert_allclose(found["resharding_hours"].sum(axis=0), data / (100 * 3.6), rtol=1e-9)
    faster = moving({"copy_mb_per_s": 60.0, "verify_share": 0.0, "write_ms_per_mb": 5.0}, ring)
    np.testing.assert_allclose(faster["resharding_hours"].sum(axis=0), data / (240 * 3.6), rtol=1e-9)


def test_what_is_written_meanwhile_is_carried_over_or_never_caught_up():
    """W D / R / (R - W) hours on top; from W = R on there is no end, and no switch."""
    storage = MOVING["database.storage"]
    rate, data = 4 * 10 * 3.6, 0.8 * 750_000 * 0.04
    writes_hour = 750_000 * 0.25 * 60 / 24 * 0.1
    some = moving({"verify_share": 0.0}, {"database.storage": storage | {"kb_per_write": 1_000.0}})
    written = writes_hour * 1_000 / 1e6 * 0.8
    expected = data / rate + written * data / rate / (rate - written)
    np.testing.assert_allclose(some["resharding_hours"].sum(axis=0), expected, rtol=1e-9)
    assert not some["resharding_falls_behind"].any()
    never = moving(given={"database.storage": storage | {"kb_per_write": 5_000.0}})
    assert never["resharding_falls_behind"][-1].all()
    assert (never["resharding_phase"][1:] == Phase.CATCH_UP).all()
    assert (np.diff(never["resharding_behind_gb"][1:], axis=0) > 0).all()
    assert (never["shards"] == 4).all()


def test_data_that_have_grown_take_longer():
    """What is to be moved is what is stored when the copy begins."""
    later = {"plan": [SHARD | {"month": 3}], "demand.growth_share_month": 0.2}
    now, then = moving(), moving(given=later)
    assert (then["resharding_kept_twice_gb"].max(axis=0) > now["resharding_kept_twice_gb"].max(axis=0)).all()


def test_one_move_follows_the_other():
    """The second begins when the first is cleaned up, and each waits for its own copy."""
    both = {"plan": [SHARD, SHARD | {"shards": 8}], "scenario.horizon_months": 4}
    found = moving(given=both)
    shards = found["shards"][:, 0]
    assert sorted(set(shards.tolist())) == [4, 5, 8]
    assert (np.diff(shards) >= 0).all()
    begins = int(np.argmax(found["resharding_phase"][3:, 0] == Phase.COPY)) + 3
    assert found["resharding_phase"][begins - 1, 0] == Phase.CLEAN_UP


# --- what it costs ---------------------------------------------------------------------------------------


def test_targets_are_paid_from_the_first_week_and_data_twice_until_they_are_cleaned_up():
    found = moving()
    without = weeks_of(company(MOVING | {"database.resharding": None, "plan": []}), runs=2)
    np.testing.assert_allclose(found["cost_database_eur"], without["cost_database_eur"] * 5 / 4, rtol=1e-9)
    extra = found["cost_storage_eur"] - without["cost_storage_eur"]
    inputs = Setting.of(company(MOVING), Streams(1, range(2))).inputs
    month = inputs.prices.storage_gb_month * inputs.prices.eur_per_unit
    expected = 0.8 * 750_000 * 0.04 * 2 * month * 12 / 52
    np.testing.assert_allclose(extra[:4], np.broadcast_to(expected, (4, 2)), rtol=1e-6)
    np.testing.assert_allclose(extra[4:], 0.0, atol=1e-6)
    assert (found["storage_share"][2:4] > 1.5 * found["storage_share"][4]).all()


def test_fewer_shards_are_paid_until_the_clean_up_is_over():
    found = moving(given={"plan": [SHARD | {"shards": 2}]})
    np.testing.assert_array_equal(found["resharding_extra_shards"][:, 0].nonzero()[0], [2, 3])
    np.testing.assert_allclose(found["cost_database_eur"][3], 2 * found["cost_database_eur"][4], rtol=1e-9)


def test_writes_fail_while_they_are_switched():
    stopped, not_stopped = (moving({"write_stop_s": of}, requests=64) for of in (3_600.0, 0.0))
    before = not_stopped["error_share_week"]
    expected = 1 - (1 - before[1]) * (1 - 0.1 / 168)
    np.testing.assert_allclose(stopped["error_share_week"][1], expected, rtol=1e-9)
    np.testing.assert_array_equal(stopped["error_share_week"][0], before[0])


def test_users_meet_the_writes_that_are_not_taken():
    """Of the users of a session in that hour, all but 0.9^n whose n requests are no writes."""
    habits = {
        "active_users_share_day": 0.3,
        "requests_per_active_user_day": 20.0,
        "lost_of_exposed_share": 0.5,
    }
    given = {f"demand.{key}": value for key, value in habits.items()}
    given["demand.sessions_per_active_user_day"] = 2.0
    stopped, not_stopped = (moving({"write_stop_s": of}, given, requests=64) for of in (3_600.0, 0.0))
    spared = 1 - 7 * 0.3 * 2 / 168 * (1 - 0.9**10)
    expected = 1 - (1 - not_stopped["exposed_users_share"][1]) * spared
    np.testing.assert_allclose(stopped["exposed_users_share"][1], expected, rtol=1e-9)
    assert (stopped["users"][2] < not_stopped["users"][2]).all()


# --- and what it does to live traffic --------------------------------------------------------------------

BUSY = {"copy_mb_per_s": 60.0, "verify_share": 0.0}
LARGE = {
    "scenario.horizon_months": 1,
    "database.replication": {"appliers": 1},
    "database.storage": MOVING["database.storage"] | {"gb_per_user": 0.4},
}


def first_week(rules: dict[str, Any], **given: Any) -> dict[str, np.ndarray]:
    """Its columns alone, (l,): the weeks after it are not simulated."""
    changed = MOVING | LARGE | given | {"database.resharding": RULES | BUSY | rules}
    setting = Setting.of(company(changed), Streams(1, range(6)))
    return next(simulate_weeks(setting, ENGINES["lanes"](setting), requests=8_192)).columns


def test_a_copy_that_is_not_held_back_hurts_live_traffic_and_one_that_is_does_not():
    """It writes more than an applier of each replica can do: without a throttle the lag has no end."""
    free, slow = first_week({}), first_week({"copy_mb_per_s": 10.0})
    throttled = first_week({"throttle_lag_ms": 250.0})
    assert free["saturated"].all()
    assert (free["latency_p95_ms"] > slow["latency_p95_ms"] + 100).all()
    assert (free["replication_lag_p95_ms"] > 5 * slow["replication_lag_p95_ms"]).all()
    assert not throttled["saturated"].any()
    assert not slow["saturated"].any()
    assert (throttled["latency_p95_ms"] < free["latency_p95_ms"] - 100).all()
    assert (throttled["resharding_throttled_share"] > 0.01).all()
    # What is held back is copied later.
    assert (throttled["resharding_left_gb"] > free["resharding_left_gb"]).all()


def test_a_copy_past_all_capacity_makes_requests_fail():
    impatient = {"response.deadline_ms": 3_000.0}
    free = first_week({"copy_mb_per_s": 120.0}, **impatient)
    assert (free["error_share"] > 0.05).all()
    assert (first_week({"copy_mb_per_s": 10.0}, **impatient)["error_share"] < 0.005).all()


def test_the_copy_is_used_capacity_and_no_request():
    """U = (X D + copy) / c on the hottest shard; as many latencies as requests."""
    still, slow = (first_week({"copy_mb_per_s": 10.0}, plan=plan) for plan in ([], [SHARD]))
    added = slow["hottest_shard_utilization_share"] - still["hottest_shard_utilization_share"]
    # 10 MB/s read at 5 ms; 3/4 of it written at 20 ms on shards that serve, and applied at 18; two cores.
    primary, replica = 10 * (5 + 0.75 * 20) / 2e3, 10 * 0.75 * 18 / 2e3
    np.testing.assert_allclose(added.mean(), (primary + replica) / 2, atol=0.015)
    np.testing.assert_allclose(
        slow["offered_primary_share"] - still["offered_primary_share"], primary, rtol=0.01
    )
    np.testing.assert_allclose(slow["resharding_target_utilization_share"], 10 * 20 / 2e3, rtol=0.01)
