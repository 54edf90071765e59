"""When limits are passed, which tier binds, and whether people were the cause."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulator.risk.binding import binding_tier, relief_of
from simulator.risk.thresholds import (
    CRITICAL,
    METRICS,
    ever_past,
    first_week,
    first_weeks,
    share_of_weeks,
    slo_missed_months,
)
from simulator.risk.weekly import weeks_of_scenario
from simulator.serving.capacity.stations import TIERS
from tests.synthetic import placed, scenario, weeks

NAME = "Conservative growth"
SHARDING = (
    {"month": 1, "action": "shard", "shards": 4, "key": "user_hash", "lead_weeks": 1.0, "person_days": 9.0},
)


def rows(**columns):
    return weeks_of_scenario(weeks(NAME, runs=4, length=10, **columns), NAME)


def planned(*actions):
    return scenario(plan=[{"cost_eur": 0.0, **action} for action in actions])


def since(week, length=10):
    return (np.arange(length) >= week)[:, None]


@given(arrays(np.bool_, st.tuples(st.integers(1, 12), st.integers(1, 9))))
def test_first_week_is_the_first_of_two_in_a_row_with_half_of_the_runs(past):
    often = [week.mean() >= 0.5 for week in past]
    expected = [w for w in range(len(often) - 1) if often[w] and often[w + 1]]
    assert first_week(past) == (expected[0] if expected else None)


def test_a_single_week_is_not_enough_nor_is_the_last():
    assert first_week(np.array([[1], [0], [1]], dtype=bool)) is None


def test_every_metric_of_the_thresholds_has_its_week():
    found = first_weeks(rows(signal_error_share=since(3) * 2), CRITICAL)
    assert tuple(found) == METRICS
    assert found["error_share"] == 3
    assert found["latency_p95_ms"] is None


def test_a_week_at_the_deadline_is_past_any_latency():
    frame = rows(saturated=since(6), latency_at_deadline=since(6))
    assert first_weeks(frame, CRITICAL)["latency_p95_ms"] == 6
    assert ever_past(frame, CRITICAL)["latency_p95_ms"].estimate == 1.0
    assert share_of_weeks(frame, "saturated").estimate == pytest.approx(0.4)


def test_a_month_misses_the_service_level_if_a_week_of_it_does():
    # weeks 0-3, 4-7 and 8-9 are months 1 to 3; runs 0 and 1 miss a week of the second, run 1 one of the third
    missed = np.zeros((10, 4))
    missed[4:6, 0] = missed[7, 1] = missed[9, 1] = 1
    found = slo_missed_months(rows(signal_error_share=missed))
    assert found.estimate == pytest.approx((1 + 2) / 3 / 4)
    assert found.se == pytest.approx(np.std([1 / 3, 2 / 3, 0, 0], ddof=1) / 2)
    assert slo_missed_months(rows(latency_at_deadline=since(8))).estimate == pytest.approx(1 / 3)


def test_the_tier_that_passes_first_binds():
    plan = planned(*SHARDING)
    found = binding_tier(
        rows(offered_service_share=since(7) * 0.95, offered_primary_share=since(5) * 0.95), placed(plan), plan
    )
    assert (found.tier, found.week) == ("primary", 5)
    assert {tier.tier: tier.week for tier in found.tiers} == dict.fromkeys(TIERS) | {
        "service": 7,
        "primary": 5,
    }
    assert next(t for t in found.tiers if t.tier == "primary").p_first.estimate == 1.0
    assert found.relief_planned == ("shard (month 1)",)


def test_no_tier_binds_while_all_are_below_their_limit():
    plan = planned(*SHARDING)
    found = binding_tier(rows(offered_service_share=0.9), placed(plan), plan)
    assert (found.tier, found.week, found.people_were_the_cause) == (None, None, False)


def test_more_replicas_do_not_relieve_writes():
    frame = rows(read_replicas=1)
    reads = planned(*SHARDING).model_copy(
        update={
            "database": scenario(database__write_share=0.01).database,
            "cache": scenario(cache__hit_share=0.1).cache,
        }
    )
    writes = planned(*SHARDING).model_copy(update={"database": scenario(database__write_share=0.8).database})
    for tier in ("primary", "replica"):
        assert "add_read_replicas" in relief_of(frame, placed(reads), reads)(tier, 5)
        assert set(relief_of(frame, placed(writes), writes)(tier, 5)) == {"shard", "resize_database"}
    found = relief_of(frame, placed(writes), writes)("service", 5)
    assert found == ("scale_service", "optimize_service")


def test_a_better_cache_counts_once_it_is_there():
    action = {"action": "improve_cache", "month": 1, "hit_share": 0.99, "nodes": 1}
    cache = action | {"lead_weeks": 1.0, "person_days": 9.0}
    frame = rows(read_replicas=1)
    better = planned(cache).model_copy(
        update={
            "database": scenario(database__write_share=0.01).database,
            "cache": scenario(cache__hit_share=0.1).cache,
        }
    )
    assert "add_read_replicas" not in relief_of(frame, placed(better), better)("primary", 5)
    assert "add_read_replicas" in relief_of(frame, placed(better, never=(0,)), better)("primary", 5)


@pytest.mark.parametrize(
    ("never", "waiting", "cause"),
    [
        ((0,), 1, True),  # the sharding is due, not done, and work waits for people
        ((0,), 0, False),  # not done, but not for want of people
        ((), 1, False),  # done: what waits is something else
        ((1,), 1, False),  # what waits would not have helped
        ((0, 1), 2, True),
    ],
)
def test_people_are_the_cause_when_relief_was_due_and_waited_for_them(never, waiting, cause):
    plan = planned(
        *SHARDING, {"month": 1, "action": "reorganise_teams", "lead_weeks": 1.0, "person_days": 9.0}
    )
    frame = rows(offered_primary_share=since(4), actions_waiting_people=waiting)
    found = binding_tier(frame, placed(plan, never=never), plan)
    assert found.people_were_the_cause == cause
    verdict = "people were the cause: primary, shard" if cause else "people were not the cause"
    assert found.people.startswith(verdict)


def test_an_action_that_is_not_due_does_not_wait():
    plan = planned(SHARDING[0] | {"month": 12})
    frame = rows(offered_primary_share=since(4), actions_waiting_people=1)
    assert not binding_tier(frame, placed(plan, never=(0,)), plan).people_were_the_cause


def test_weeks_before_relief_was_due_are_not_laid_to_people_nor_held_against_them():
    """Past its limit from the first day, relief due in week 4, in place in week 8 for want of people."""
    plan = planned(SHARDING[0] | {"month": 2})
    late = placed(plan).with_columns(pl.lit(8).alias("placed_week"))
    for ends, share in ((10, 4 / 6), (8, 1.0)):
        past = np.arange(10)[:, None] < ends
        frame = rows(offered_primary_share=past, actions_waiting_people=1)
        found = binding_tier(frame, late, plan)
        assert found.people_were_the_cause
        assert found.causes[0].share.estimate == pytest.approx(share)
