"""Overhead inside teams and between them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from simulator.people.communication import communication_overhead_share


def _share(headcount, team_size=7.0, within=0.0006, between=0.001):
    headcount = np.atleast_1d(np.asarray(headcount, np.int64))
    lanes = headcount.size
    return communication_overhead_share(
        headcount,
        team_size=np.full(lanes, team_size),
        within_share=np.full(lanes, within),
        between_share=np.full(lanes, between),
    )


def test_a_flat_company_passes_40_percent_at_26_people_and_all_of_its_time_at_41():
    flat = _share([25, 26, 40, 41], team_size=1000.0)
    assert_allclose(flat, [0.375, 0.4056, 0.96, 1.0])


def test_teams_keep_a_company_of_85_working():
    # 13 teams of 85 / 13 people: 0.06 * 6.54^2 percent inside, 0.1 * 78 percent between
    assert_allclose(_share(85), [(0.06 * (85 / 13) ** 2 + 7.8) / 100])


def test_one_team_talks_to_no_other():
    assert_allclose(_share(7, between=0.99), [0.06 * 49 / 100])


def test_nobody_has_no_overhead():
    assert_array_equal(_share([0]), [0.0])


@given(st.integers(0, 5000), st.floats(0.1, 100), st.floats(0, 0.1), st.floats(0, 0.1))
def test_it_is_a_share_and_rises_with_either_coefficient(people, team_size, within, between):
    share = _share(people, team_size, within, between)
    assert 0 <= share.item() <= 1
    assert _share(people, team_size, within * 2, between) >= share
    assert _share(people, team_size, within, between * 2) >= share


@given(st.lists(st.integers(0, 500), min_size=2, max_size=9))
def test_a_lane_does_not_know_the_others(people):
    together = _share(people, 6.5, 0.000613, 0.00137)
    for lane, headcount in enumerate(people):
        assert_array_equal(_share(headcount, 6.5, 0.000613, 0.00137), together[lane : lane + 1])
