"""The table of persons, lane by lane."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from simulator.people.staff import (
    NEVER,
    effective_millionths,
    experienced,
    founding_staff,
    headcount,
    hire,
    leavers,
    mentored,
    present,
    start_ramps,
)


def _forever(rows, lanes):
    return np.full((rows, lanes), np.inf)


def test_founders_are_past_their_ramp_whatever_their_tenure():
    staff = founding_staff(3, np.array([[0.0], [0.4], [300.0]]), _forever(3, 1))
    effective = effective_millionths(staff, 0, initial_share=np.array([0.1]), tau_weeks=np.array([10.0]))
    assert_array_equal(effective, [3_000_000])
    assert_array_equal(experienced(staff, 0, mentoring_weeks=np.array([12.0])), [3])


def test_a_newcomer_waits_then_ramps_then_is_experienced():
    staff = hire(founding_staff(2, np.ones((1, 1)), _forever(1, 1)), 5, np.array([1]), _forever(2, 1))
    ramp = {"initial_share": np.array([0.25]), "tau_weeks": np.array([4.0])}
    assert_array_equal(headcount(staff, 4), [1])
    assert_array_equal(effective_millionths(staff, 9, **ramp), [1_250_000])
    staff = start_ramps(staff, 7, np.array([3]))
    middle = [1_000_000 + round(1e6 * (1 - 0.75 * np.exp(-weeks / 4))) for weeks in (0.5, 4.5)]
    assert_array_equal(effective_millionths(staff, 7, **ramp), middle[:1])
    assert_array_equal(effective_millionths(staff, 11, **ramp), middle[1:])
    three = np.array([3.0])
    weeks = range(6, 12)
    assert [mentored(staff, week, mentoring_weeks=three).item() for week in weeks] == [0, 1, 1, 1, 0, 0]
    assert [experienced(staff, week, mentoring_weeks=three).item() for week in weeks] == [1, 1, 1, 1, 2, 2]


def test_each_lane_fills_its_own_next_slots():
    staff = founding_staff(4, np.ones((1, 3)), _forever(1, 3))
    staff = hire(staff, 1, np.array([2, 0, 1]), _forever(4, 3))
    staff = hire(staff, 2, np.array([1, 1, 0]), _forever(4, 3))
    expected = [[-1, -1, -1], [1, 2, 1], [1, NEVER, NEVER], [2, NEVER, NEVER]]
    assert_array_equal(staff.join_week, expected)
    assert_array_equal(staff.count, [4, 2, 2])


def test_buddies_go_to_who_came_first():
    staff = hire(founding_staff(3, np.ones((0, 2)), _forever(0, 2)), 0, np.array([3, 1]), _forever(3, 2))
    staff = start_ramps(staff, 2, np.array([2, 2]))
    assert_array_equal(staff.ramp_week, [[2, 2], [2, NEVER], [NEVER, NEVER]])


def test_a_table_that_is_full_says_so():
    staff = founding_staff(1, np.ones((1, 1)), _forever(1, 1))
    with pytest.raises(ValueError, match="must not exceed 1 slots, got 2"):
        hire(staff, 0, np.array([1]), _forever(1, 1))
    with pytest.raises(ValueError, match="at least developers = 2, got 1"):
        founding_staff(1, np.ones((2, 1)), _forever(2, 1))


hires = st.lists(st.lists(st.integers(0, 2), min_size=3, max_size=3), min_size=1, max_size=8)
stays = st.lists(st.floats(0, 12) | st.just(np.inf), min_size=18 * 3, max_size=18 * 3)


def _history(joiners, stay, lanes=slice(None)):
    """Two founders a lane, then the joiners of each week, as many ramps as there are places."""
    stay = np.array(stay).reshape(18, 3)[:, lanes].copy()
    staff = founding_staff(18, np.full((2, stay.shape[1]), 3.0), 3.0 + stay[:2])
    figures = []
    for week, coming in enumerate(joiners):
        staff = hire(staff, week, np.array(coming)[lanes].copy(), stay)
        staff = start_ramps(staff, week, np.full(stay.shape[1], 1))
        effective = effective_millionths(
            staff, week, initial_share=np.full(stay.shape[1], 0.31), tau_weeks=np.full(stay.shape[1], 3.7)
        )
        figures.append((headcount(staff, week), leavers(staff, week), effective))
    return staff, figures


@given(hires, stays)
def test_start_and_joiners_less_leavers_balance(joiners, stay):
    staff, figures = _history(joiners, stay)
    before = np.full(3, 2)
    for coming, (there, gone, effective) in zip(joiners, figures, strict=True):
        assert_array_equal(there, before + coming - gone)
        assert (effective <= 1_000_000 * there).all()
        before = there
    assert (present(staff, 3).sum(axis=0) <= staff.count).all()


@given(hires, stays)
def test_a_lane_does_not_know_the_others(joiners, stay):
    _, together = _history(joiners, stay)
    for lane in range(3):
        one = slice(lane, lane + 1)
        _, alone = _history(joiners, stay, one)
        for mine, all_lanes in zip(alone, together, strict=True):
            for figure, figures in zip(mine, all_lanes, strict=True):
                assert_array_equal(figure, figures[one])


def test_weeks_counted_in_their_middle_add_up_to_the_ramp():
    """Against the integral of 1 - (1 - p0) exp(-t / tau): at their beginning 0.4 weeks are missing."""
    staff = hire(founding_staff(1, np.ones((0, 1)), _forever(0, 1)), 0, np.array([1]), _forever(1, 1))
    staff = start_ramps(staff, 0, np.array([1]))
    ramp = {"initial_share": np.array([0.2]), "tau_weeks": np.array([2.0])}
    done = sum(effective_millionths(staff, week, **ramp).item() for week in range(12)) / 1e6
    assert done == pytest.approx(12 - 0.8 * 2 * (1 - np.exp(-6)), abs=0.02)
