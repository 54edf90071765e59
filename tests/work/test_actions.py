"""Actions of a plan are done when people have done them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from simulator.work.actions import (
    action_dates,
    actions_begun,
    advance,
    first_action_state,
    in_place,
    waiting_for_people,
    wanted_days,
)
from simulator.work.projects import certain_projects


def _run(due, lead, work, grants):
    """Weeks in which each action is first in place, waits for people, and the days used, for one lane."""
    dates = action_dates(due, np.array(lead, float)[:, np.newaxis])
    projects = certain_projects(np.array(work, float)[:, np.newaxis])
    state = first_action_state(projects)
    placed, waited, spent = {}, [], []
    for week, granted in enumerate(grants):
        for action in np.flatnonzero(in_place(dates, state, week)[:, 0]):
            placed.setdefault(int(action), week)
        waited.append(np.flatnonzero(waiting_for_people(dates, state, week)[:, 0]).tolist())
        grant = np.minimum(np.array([float(granted)]), wanted_days(dates, projects, state, week))
        state, used = advance(dates, projects, state, week, grant)
        assert_allclose(used, grant, atol=1e-8)
        spent.append(used.item())
    return placed, waited, spent


def test_an_action_with_people_is_in_place_when_due():
    placed, waited, spent = _run([6], [4], [8], [5] * 10)
    assert placed == {0: 6}
    assert waited == [[]] * 10
    assert spent == [0, 0, 5, 3, 0, 0, 0, 0, 0, 0]


def test_an_action_without_people_waits_for_them():
    placed, waited, spent = _run([2], [2], [9], [1, 1, 1, 0, 6, 0, 0])
    assert placed == {0: 5}
    assert waited == [[], [], [0], [0], [0], [], []]
    assert sum(spent) == 9


def test_a_lead_time_longer_than_there_is_runs_from_the_first_week():
    placed, waited, _ = _run([0], [3.5], [1], [9] * 8)
    assert placed == {0: 4}
    assert waited == [[]] * 8


def test_what_needs_nobody_is_in_place_by_its_dates():
    assert _run([3, 0], [1, 0], [0, 0], [0] * 5)[0] == {0: 3, 1: 0}


def test_the_earlier_due_come_first_and_then_the_order_of_the_plan():
    placed, _, _ = _run([4, 2, 2], [9, 9, 9], [10, 10, 10], [10] * 10)
    assert placed == {1: 9, 2: 9, 0: 9}  # nine weeks of lead from week 0
    dates = action_dates([4, 2, 2], np.full((3, 1), 9.0))
    projects = certain_projects(np.full((3, 1), 10.0))
    state = first_action_state(projects)
    state, _ = advance(dates, projects, state, 0, np.array([15.0]))
    assert_array_equal(state.left_days.ravel(), [10, 0, 5])


def test_the_cost_is_paid_once():
    dates = action_dates([6, 0], np.array([[4.0], [2.0]]))
    begun = [np.flatnonzero(actions_begun(dates, week)[:, 0]).tolist() for week in range(8)]
    assert begun == [[1], [], [0], [], [], [], [], []]


def test_a_company_without_a_plan_wants_nothing():
    dates = action_dates([], np.zeros((0, 3)))
    projects = certain_projects(np.zeros((0, 3)))
    state = first_action_state(projects)
    assert_array_equal(wanted_days(dates, projects, state, 0), np.zeros(3))
    state, used = advance(dates, projects, state, 0, np.zeros(3))
    assert_array_equal(used, np.zeros(3))
    assert in_place(dates, state, 0).shape == (0, 3)


def test_as_many_lead_times_as_actions():
    with pytest.raises(ValueError, match="must have 2 actions, got 1"):
        action_dates([1, 2], np.zeros((1, 4)))


amounts = st.lists(st.floats(0, 50), min_size=3, max_size=3)


@given(amounts, amounts, st.lists(st.floats(0, 30), min_size=1, max_size=12))
def test_days_spent_are_days_done(work, lead, grants):
    dates = action_dates([5, 1, 3], np.array(lead)[:, np.newaxis])
    projects = certain_projects(np.array(work)[:, np.newaxis])
    state = first_action_state(projects)
    spent = 0.0
    for week, granted in enumerate(grants):
        before = state.left_days
        state, used = advance(dates, projects, state, week, np.array([granted]))
        assert (state.left_days <= before).all()
        assert 0 <= used <= granted
        spent += used.item()
    assert_allclose(spent, sum(work) - state.left_days.sum(), atol=1e-7)


@given(amounts)
def test_granting_all_that_is_wanted_leaves_nothing(work):
    dates = action_dates([5, 1, 3], np.full((3, 1), 9.0))
    projects = certain_projects(np.array(work)[:, np.newaxis])
    state = first_action_state(projects)
    state, _ = advance(dates, projects, state, 0, wanted_days(dates, projects, state, 0))
    assert_array_equal(state.left_days, np.zeros((3, 1)))


@given(st.lists(st.tuples(amounts, amounts, st.floats(0, 60)), min_size=2, max_size=6))
def test_a_lane_does_not_know_the_others(rows):
    work = np.array([row[0] for row in rows]).T.copy()
    lead = np.array([row[1] for row in rows]).T.copy()
    granted = np.array([row[2] for row in rows])

    def after(lanes):
        dates = action_dates([5, 1, 3], lead[:, lanes].copy())
        projects = certain_projects(work[:, lanes].copy())
        state = first_action_state(projects)
        for week in range(4):
            state, _ = advance(dates, projects, state, week, granted[lanes] / 3)
        return state.left_days

    together = after(slice(None))
    for lane in range(len(rows)):
        assert_array_equal(after(slice(lane, lane + 1)), together[:, lane : lane + 1])
