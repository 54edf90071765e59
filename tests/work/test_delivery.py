"""Little's law for items of work, and the queue for reviews."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from simulator.work.delivery import (
    cycle_time_days,
    deployments_week,
    items_week,
    load_share,
    review_wait_hours,
)


def test_items_in_progress_are_throughput_times_cycle_time():
    """Little (1961): 35 developers with 1.4 items each, 24.5 a week done: 49 under way, two weeks each."""
    done = items_week(np.array([73.5]), item_person_days=np.array([3.0]))
    days = cycle_time_days(np.array([35]), done, items_in_progress_per_developer=np.array([1.4]))
    assert_allclose(done, 24.5)
    assert_allclose(days, 14.0)
    assert_allclose(done * days / 7, 35 * 1.4)


def test_a_team_that_finishes_nothing_never_ends_an_item():
    days = cycle_time_days(
        np.array([35, 0]), np.array([0.0, 0.0]), items_in_progress_per_developer=np.ones(2)
    )
    assert_array_equal(days, [np.inf, np.inf])


def test_deployments_carry_several_items():
    assert_array_equal(deployments_week(np.array([24.0]), items_per_deployment=np.array([8.0])), [3.0])


def test_reviews_wait_as_in_an_mm1_queue():
    wait = review_wait_hours(np.array([0.0, 0.5, 0.75, 0.99]), review_hours=np.full(4, 2.0))
    assert_allclose(wait, [2, 4, 8, 200])


@given(st.floats(0, 200), st.floats(0, 200))
def test_load_is_a_share_below_one(features, worked):
    load = load_share(np.array([min(features, worked)]), np.array([worked]))
    assert 0 <= load <= 0.99
    assert review_wait_hours(load, review_hours=np.ones(1)) >= 1


@given(st.floats(1, 100), st.floats(1, 100))
def test_more_days_for_features_mean_shorter_waits(features, more):
    worked = np.array([250.0])
    waits = [
        review_wait_hours(load_share(np.array([days]), worked), review_hours=np.array([4.0]))
        for days in (features, features + more)
    ]
    assert waits[1] <= waits[0]
