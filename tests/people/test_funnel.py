"""Candidates through the stages, and what the yields of 100, 30, 15, 8, 4, 2, 1 imply."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from scipy import stats

from simulator.people import funnel, recruiting
from simulator.units import TICKS_PER_HOUR, TICKS_PER_WEEK

YIELDS = [30 / 100, 15 / 30, 8 / 15, 4 / 8, 2 / 4, 1 / 2]


def test_a_hundred_candidates_give_one_hire_and_often_none():
    assert 100 * recruiting.hire_share(YIELDS) == pytest.approx(1)
    assert 1 - recruiting.reach_probability(100, 1, 0.01) == pytest.approx(0.3660, abs=5e-5)
    assert recruiting.candidates_needed(1, 0.01, probability=0.95) == 299


@pytest.mark.parametrize(("hires", "needed"), [(8, 1022), (20, 2362), (50, 5580)])
def test_four_cases_of_five_take_more_candidates_than_the_mean(hires, needed):
    assert recruiting.candidates_needed(hires, 0.01, probability=0.8) == needed
    assert 0.52 <= round(recruiting.reach_probability(100 * hires, hires, 0.01), 2) <= 0.55


@given(st.integers(0, 3000), st.integers(0, 60), st.floats(0.001, 0.999))
def test_the_tail_is_that_of_the_binomial(candidates, hires, share):
    expected = stats.binom.sf(hires - 1, candidates, share)
    assert recruiting.reach_probability(candidates, hires, share) == pytest.approx(expected, abs=1e-9)


def test_bad_probabilities_are_refused():
    with pytest.raises(ValueError, match="probability must be at least 0 and below 1, got 1"):
        recruiting.candidates_needed(1, 0.01, probability=1.0)
    with pytest.raises(ValueError, match="share must be above 0 and at most 1, got 0"):
        recruiting.reach_probability(10, 1, 0.0)


def test_a_hire_takes_39_hours_of_developers_and_about_26_of_the_others():
    """15 tests of 0.75 h, 8 interviews of 2 h, 4 of 1 h with three; 30 calls of 0.75 h, 2 offers of 2 h."""
    developers = recruiting.hours_per_hire(YIELDS, [0, 0, 0.75, 2, 1, 0], [1, 1, 1, 1, 3, 1])
    assert developers == pytest.approx([0, 0, 11.25, 16, 12, 0])
    assert sum(developers) == pytest.approx(39.25)
    others = recruiting.hours_per_hire(YIELDS, [0, 0.75, 0, 0, 0, 2], [1, 1, 1, 1, 1, 1])
    assert sum(others) == pytest.approx(26, abs=1)


def test_a_cto_in_every_interview_lacks_the_hours_for_hypergrowth():
    cto = sum(recruiting.hours_per_hire(YIELDS, [0, 0, 0, 2, 1, 0], [1] * 6))
    assert cto == pytest.approx(20)
    assert recruiting.interviewer_hours_week(50, cto, horizon_months=24) == pytest.approx(9.6, abs=0.05)
    assert recruiting.interviewer_hours_week(20, cto, horizon_months=18) == pytest.approx(5.1, abs=0.05)


def test_an_interview_takes_calendar_by_the_hours_given_to_it():
    ticks = funnel.booked_ticks(np.array([1.0, 8.0, 0.0, 1.0]), hours_week=np.array([168.0, 8.0, 8.0, 1.0]))
    assert_array_equal(ticks, [TICKS_PER_HOUR, TICKS_PER_WEEK, 1, TICKS_PER_WEEK])
    assert ticks.dtype == np.int64


def test_interviewers_are_whole_people():
    crew = funnel.interviewers(
        2, per_experienced=np.array([0.0, 0.2, 0.2]), experienced=np.array([35, 4, 35])
    )
    assert_array_equal(crew, [2, 2, 9])


@pytest.mark.parametrize(
    ("points", "decision"),
    [
        ((60, 30, 10), "strong hire"),
        ((50, 25, 5), "strong hire"),
        ((50, 25, 4.9), "weak hire"),
        ((40, 15, 5), "weak hire"),
        ((40, 15, 4.9), "no hire"),
        ((0, 0, 0), "no hire"),
    ],
)
def test_the_grid_decides_in_half_open_bands(points, decision):
    technical, soft, culture = points
    decided = funnel.interview_decision(technical_points=technical, soft_points=soft, culture_points=culture)
    assert decided == decision


def test_the_grid_refuses_points_it_does_not_have():
    with pytest.raises(ValueError, match="soft_points must be between 0 and 30, got 31"):
        funnel.interview_decision(technical_points=60, soft_points=31, culture_points=0)
