"""Which constraint binds, what relieves it, and by when that has to begin."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulator.risk.constraints import constraints
from simulator.risk.weekly import weeks_of_scenario
from simulator.study.outlook import outlook_of
from tests.simulated import company, study_of
from tests.synthetic import outlook, placed, scenario, weeks

NAME = "Conservative growth"
WORK = {"lead_weeks": 1.0, "person_days": 9.0}
SHARD = WORK | {"month": 1, "action": "shard", "shards": 4, "key": "user_hash"}
SCALE = WORK | {"month": 2, "action": "scale_service", "replicas_max": 30}
LENGTH = 10


def planned(*actions):
    return scenario(plan=[{"cost_eur": 0.0, **action} for action in actions])


def in_week(plan, week, runs=4):
    """Every action in place from a week on."""
    return placed(plan, runs).with_columns(pl.lit(week, pl.Int64).alias("placed_week"))


def found_of(plan, actions, *, outlook=None, **columns):
    frame = weeks(NAME, runs=4, length=LENGTH, **columns)
    return constraints(weeks_of_scenario(frame, NAME), actions, plan, outlook=outlook)


def between(first, last, share, otherwise=0.5):
    week = np.arange(LENGTH)[:, None]
    return np.where((week >= first) & (week < last), share, otherwise)


def of(found, tier):
    return next(one for one in found if one.tier == tier)


def test_constraints_stand_in_the_order_in_which_they_bind():
    plan = planned(SHARD)
    found = found_of(
        plan,
        in_week(plan, 8),
        offered_service_share=between(6, 10, 0.95),
        offered_primary_share=between(3, 8, 0.93),
        offered_replica_share=0.8,
        database_connections_share=0.85,
    )
    assert [(one.tier, one.week) for one in found] == [
        ("primary", 3), ("service", 6), ("node_connections", None), ("replica", None),
        ("storage", None),
    ]  # fmt: skip
    assert of(found, "primary").margin_share == pytest.approx(-0.03)
    assert of(found, "node_connections").margin_share == pytest.approx(0.05)


def test_what_relieves_it_takes_the_median_back_below_the_limit():
    plan = planned(SHARD)
    columns = {"offered_primary_share": between(3, 8, 0.95)}
    assert of(found_of(plan, in_week(plan, 8), **columns), "primary").relieved_by == "shard"
    for week in (1, 6, None):  # there before, not enough, never done
        assert of(found_of(plan, in_week(plan, week), **columns), "primary").relieved_by is None


def test_an_action_for_another_tier_relieves_nothing():
    plan = planned(SCALE)
    columns = {"offered_primary_share": between(3, 8, 0.95), "offered_service_share": between(3, 8, 0.95)}
    found = found_of(plan, in_week(plan, 8), **columns)
    assert (of(found, "primary").relieved_by, of(found, "service").relieved_by) == (None, "scale_service")


def test_the_shard_is_the_one_that_is_hottest_in_most_runs():
    plan = planned(SHARD)
    hottest = np.broadcast_to([2, 1, 2, 0], (LENGTH, 4))
    loads = {"offered_primary_share": between(3, 8, 0.95), "offered_service_share": 0.5}
    found = found_of(plan, placed(plan), **loads, hottest_shard=hottest)
    assert of(found, "primary").shard == 2
    assert of(found, "service").shard is None


def test_the_latest_start_is_the_breach_less_the_lead_time():
    """p20 of the breach week without the action, less p80 of its lead time."""
    plan = planned(SHARD)
    binds = {"offered_primary_share": between(3, 8, 0.95)}
    ahead = outlook([[7.0, 9.0]], [4.0])
    assert of(found_of(plan, in_week(plan, 8), outlook=ahead, **binds), "primary").latest_start_week == 3.0
    kept = of(found_of(plan, in_week(plan, 1), outlook=ahead, offered_primary_share=0.5), "primary")
    assert (kept.week, kept.relieved_by, kept.latest_start_week) == (None, "shard", 3.0)
    never = outlook([[np.inf, np.inf]], [4.0])
    idle = of(found_of(plan, in_week(plan, 1), outlook=never, offered_primary_share=0.5), "primary")
    assert (idle.relieved_by, idle.latest_start_week) == (None, None)


def test_the_latest_start_for_storage_is_that_of_the_weeks_as_they_came_out():
    plan = planned(SHARD)
    full = np.where(np.arange(LENGTH)[:, None] >= [4, 5, 6, 7], 0.95, 0.5)
    full[8:] = 0.5
    found = of(
        found_of(plan, in_week(plan, 8), outlook=outlook([[7.0, 9.0]], [2.0]), storage_share=full), "storage"
    )
    assert (found.week, found.relieved_by, found.latest_start_week) == (5, "shard", 2.0)


def test_every_constraint_of_a_company_is_listed_once():
    """Of everything that a file gives, simulated; nothing else, and no week without a median."""
    given = {
        "scenario.horizon_months": 2,
        "service.memory": {"installed_gb": 8.0, "base_gb": 7.8},
        "database.memory": {"base_gb": 1.0},
        "database.storage": {"installed_gb": 500.0, "gb_per_user": 0.001},
        "network": {"bandwidth_mbit_per_s": 1_000.0, "response_kb_cv": 1.0},
    }
    full = company(given)
    study = study_of(full, runs=2)
    ahead = outlook_of([full], seed=1, runs=range(2), actions=study.actions)
    rows = weeks_of_scenario(study.weeks, full.scenario.name)
    found = constraints(rows, study.actions, full, outlook=ahead)
    assert sorted(one.tier for one in found) == [
        "applier", "bandwidth", "database_memory", "node_connections", "primary", "replica", "service",
        "service_memory", "storage",
    ]  # fmt: skip
    first = found[0]
    assert (first.tier, first.week) == ("service_memory", 0)
    assert first.margin_share == pytest.approx(0.95 - 7.8 / 8)


def test_scenarios_with_and_without_a_constraint_are_compared():
    """A column that only one of them has is null beside it, and no constraint of the other."""
    linked = company({"network": {"bandwidth_mbit_per_s": 200.0, "response_kb_cv": 1.0}})
    plain = company({"scenario.name": "Plain"})
    study = study_of(linked, plain, runs=2)
    for one, has in ((linked, True), (plain, False)):
        rows = weeks_of_scenario(study.weeks, one.scenario.name)
        found = constraints(rows, study.actions, one)
        assert ("bandwidth" in [constraint.tier for constraint in found]) == has


@given(arrays(np.float64, st.tuples(st.integers(2, 12), st.integers(1, 9)), elements=st.floats(0, 2)))
def test_a_margin_is_below_zero_where_it_binds_and_nowhere_else(shares):
    """Half of the runs past the limit in two weeks in a row is the upper median past it in both."""
    frame = weeks(NAME, runs=shares.shape[1], length=len(shares), storage_share=shares)
    plan = planned(SHARD)
    found = constraints(weeks_of_scenario(frame, NAME), placed(plan, shares.shape[1]), plan)
    assert (of(found, "storage").margin_share < 0) == (of(found, "storage").week is not None)
