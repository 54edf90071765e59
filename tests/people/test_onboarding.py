"""The ramp p(t) = 1 - (1 - p0) exp(-t / tau)."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from simulator.people.onboarding import (
    mentoring_days,
    productivity_millionths,
    weeks_to_full,
)


def test_the_ramp_starts_at_the_initial_share_and_ends_at_one():
    weeks = np.array([0, 2, 10_000, 2**40])
    ramp = productivity_millionths(weeks, initial_share=np.full(4, 0.3), tau_weeks=np.full(4, 2.0))
    assert_array_equal(ramp, [300_000, round(1e6 * (1 - 0.7 * np.exp(-1))), 1_000_000, 1_000_000])


def test_full_productivity_is_95_percent_after_three_time_constants():
    # tau of 2 weeks is the "full in less than 6 weeks" of a good onboarding
    weeks = weeks_to_full(np.array([2.0]))
    assert_array_equal(weeks, [6.0])
    reached = productivity_millionths(
        weeks.astype(np.int64), initial_share=np.zeros(1), tau_weeks=np.array([2.0])
    )
    assert_allclose(reached / 1e6, 0.95, atol=0.001)


@given(st.integers(0, 200), st.floats(0, 1), st.floats(0.1, 60))
def test_it_never_falls_and_stays_a_share(week, initial, tau):
    weeks = np.array([week, week + 1])
    ramp = productivity_millionths(weeks, initial_share=np.full(2, initial), tau_weeks=np.full(2, tau))
    assert 0 <= ramp[0] <= ramp[1] <= 1_000_000


@given(st.lists(st.tuples(st.integers(0, 104), st.floats(0, 1), st.floats(0.5, 40)), min_size=2, max_size=17))
def test_a_lane_does_not_know_the_others(rows):
    weeks, initial, tau = (np.array(column) for column in zip(*rows, strict=True))
    together = productivity_millionths(weeks, initial_share=initial, tau_weeks=tau)
    for lane in range(len(rows)):
        one = slice(lane, lane + 1)
        alone = productivity_millionths(weeks[one], initial_share=initial[one], tau_weeks=tau[one])
        assert_array_equal(alone, together[one])


def test_newcomers_cost_mentors_and_set_up():
    days = mentoring_days(
        np.array([4, 0]), np.array([0, 3]), mentor_time_share=np.full(2, 0.25), setup_days=np.full(2, 2.0)
    )
    assert_array_equal(days, [5.0, 6.0])


def test_exponentials_are_the_same_alone_and_among_a_thousand():
    weeks = np.stack([np.arange(1003) % 105, np.arange(1003) % 53])
    initial, tau = np.linspace(0, 1, 1003), np.linspace(1, 40, 1003)
    together = productivity_millionths(weeks, initial_share=initial, tau_weeks=tau)
    alone = [
        productivity_millionths(weeks[:, [lane]].copy(), initial_share=initial[[lane]], tau_weeks=tau[[lane]])
        for lane in range(1003)
    ]
    assert_array_equal(np.concatenate(alone, axis=1), together)
