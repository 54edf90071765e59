"""Poisson counts by inversion, held against scipy's quantiles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from simulator.work.incidents import (
    MEAN_MAX,
    incident_days,
    incident_revenue_lost_eur,
    incident_staff_eur,
    incidents_mean_week,
    poisson_count,
)

uniform = st.floats(0, 1, exclude_max=True)
mean = st.floats(0, 600)


@pytest.mark.parametrize("rate", [0.01, 0.5, 1.0, 7.3, 50.0, 300.0, 690.0])
def test_counts_are_the_quantiles_of_the_law(rate):
    """Beside the steps of the distribution function, where the last bit decides, both give the same count."""
    draws = (np.arange(20_000) + 0.5) / 20_000
    counts = poisson_count(draws, np.full(draws.shape, rate))
    expected = stats.poisson.ppf(draws, rate)
    differ = counts != expected
    assert_allclose(stats.poisson.cdf(np.minimum(counts, expected), rate)[differ], draws[differ], rtol=1e-12)
    assert differ.mean() < 1e-3


def test_mean_and_variance_are_the_rate():
    """Stratified draws: the error of the mean is far below the sampling error sd / sqrt(n)."""
    draws = (np.arange(100_000) + 0.5) / 100_000
    counts = poisson_count(draws, np.full(draws.shape, 4.2))
    assert_allclose(counts.mean(), 4.2, atol=np.sqrt(4.2 / 100_000))
    assert_allclose(counts.var(), 4.2, rtol=0.01)


@given(uniform, mean, st.floats(1, 3))
def test_more_of_the_mean_is_never_less_of_the_count(draw, rate, factor):
    draws = np.array([draw, draw])
    counts = poisson_count(draws, np.array([rate, min(rate * factor, MEAN_MAX)]))
    assert counts[0] <= counts[1]


@given(st.lists(st.tuples(uniform, mean), min_size=2, max_size=17))
def test_a_lane_does_not_know_the_others(rows):
    draws, rates = (np.array(column) for column in zip(*rows, strict=True))
    together = poisson_count(draws, rates)
    for lane in range(len(rows)):
        one = slice(lane, lane + 1)
        assert_array_equal(poisson_count(draws[one], rates[one]), together[one])


def test_the_ends_of_the_uniform_and_of_the_mean():
    last = np.nextafter(1.0, 0.0)
    counts = poisson_count(np.array([0.0, last, last, last]), np.array([5.0, 0.0, 5.0, 1e9]))
    assert_array_equal(counts[:2], [0, 0])
    assert 25 < counts[2] < 50
    assert 700 < counts[3] < 1000
    assert counts.dtype == np.int64


def test_debt_and_overload_make_incidents_more_frequent():
    means = incidents_mean_week(
        np.array([1.0, 2.0, 1.0]),
        np.array([False, False, True]),
        per_week=np.full(3, 0.5),
        overload_per_week=np.full(3, 1.5),
    )
    assert_array_equal(means, [0.5, 1.0, 2.0])


def test_what_incidents_take():
    three = np.array([3])
    assert_array_equal(incident_days(three, staff_hours=np.array([16.0])), [6.0])
    # 5,200 € a month are 240 € a day
    paid = incident_staff_eur(three, staff_hours=np.array([16.0]), salary_eur_month=np.array([5200.0]))
    assert_allclose(paid, [1440.0])


def test_incidents_cost_the_revenue_of_their_hours_but_no_more_than_the_week():
    lost = incident_revenue_lost_eur(
        np.array([3, 300]),
        duration_hours=np.array([2.0, 2.0]),
        revenue_lost_share=np.array([0.5, 0.5]),
        revenue_week_eur=np.array([168_000.0, 168_000.0]),
    )
    assert_allclose(lost, [3_000.0, 84_000.0])
