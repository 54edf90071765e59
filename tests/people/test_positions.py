"""Positions, offers and first days."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from simulator.people.positions import (
    applications_received,
    hires_of,
    open_positions,
    planned_headcount,
    start_week,
)


@given(st.integers(0, 100), st.integers(1, 120), st.integers(1, 50))
def test_positions_open_evenly_and_all_of_them(added, horizon, start):
    plan = [
        planned_headcount(week, start=start, added=added, horizon_weeks=horizon)
        for week in range(horizon + 5)
    ]
    assert plan[horizon - 1 :] == [start + added] * 6
    steps = np.diff([start, *plan[:horizon]])
    assert steps.max() - steps.min() <= 1
    assert steps.min() >= 0


def test_leavers_are_replaced_only_with_backfill():
    figures = {"present": np.array([30]), "accepted": np.array([1]), "departed": np.array([5])}
    assert_array_equal(open_positions(36, **figures, backfill=True), [5])
    assert_array_equal(open_positions(36, **figures, backfill=False), [0])


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_hires_never_exceed_the_plan(planned, present, accepted, finalists):
    figures = {"present": np.array([present]), "accepted": np.array([accepted]), "departed": np.array([0])}
    positions = open_positions(planned, **figures, backfill=True)
    hired = hires_of(np.array([finalists]), positions)
    assert hired >= 0
    assert hired == 0 or present + accepted + hired <= planned


def test_nobody_applies_where_nothing_is_open():
    sent = np.array([7, 7, 700])
    received = applications_received(sent, open_positions=np.array([0, 2, 2]), limit_week=64)
    assert_array_equal(received, [0, 7, 64])


def test_notice_runs_from_one_to_three_months():
    uniform = np.array([0.0, 0.5, 0.999999])
    starts = start_week(10, uniform, notice_weeks_min=np.full(3, 4.0), notice_weeks_max=np.full(3, 13.0))
    assert_array_equal(starts, [14, 19, 23])


def test_nobody_starts_in_the_week_of_the_offer():
    none = np.zeros(1)
    assert_array_equal(start_week(3, none, notice_weeks_min=none, notice_weeks_max=none), [4])
