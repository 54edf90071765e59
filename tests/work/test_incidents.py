"""Poisson counts by inversion, held against scipy's quantiles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from simulator.work.incidents import (
    MEAN_MAX,
    Outages,
    durations_hours,
    incident_days,
    incident_revenue_lost_eur,
    incident_staff_eur,
    incidents_mean_week,
    outages_of_week,
    overdispersed_count,
    poisson_count,
    severities,
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


@pytest.mark.parametrize("dispersion", [1.5, 2.0, 8.0])
@pytest.mark.parametrize("rate", [0.05, 0.5, 4.2, 60.0])
def test_overdispersed_counts_are_the_quantiles_of_the_negative_binomial(rate, dispersion):
    draws = (np.arange(20_000) + 0.5) / 20_000
    counts = overdispersed_count(draws, np.full(draws.shape, rate), dispersion)
    law = stats.nbinom(rate / (dispersion - 1), 1 / dispersion)
    assert (counts != law.ppf(draws)).mean() < 1e-3
    assert_allclose(counts.mean(), rate, rtol=0.02)
    assert_allclose(counts.var(), dispersion * rate, rtol=0.05)


def test_the_rate_of_today_is_that_of_its_deployments():
    """Known answer: 15 deployments, 10 % of which fail, .2267 of these seen, are 68 % of all."""
    one = np.ones(1)
    today = dict.fromkeys(("changes_ratio", "debt_ratio", "components_ratio"), one)
    law = {"changes_share": 0.68 * one, "per_week": 15 * 0.10 * 0.2267 / 0.68 * one}
    calm = today | {"overloaded": np.array([False]), "overload_per_week": 2 * one}
    assert_allclose(incidents_mean_week(**calm, **law), 0.500074, rtol=1e-5)
    assert_allclose(incidents_mean_week(**calm | {"changes_ratio": 2 * one}, **law), 0.5 * 1.68, rtol=1e-3)
    assert_allclose(incidents_mean_week(**calm | {"debt_ratio": 4 * one}, **law), 0.5 * 1.68, rtol=1e-3)
    assert_allclose(incidents_mean_week(**calm | {"components_ratio": 2 * one}, **law), 0.5 * 1.32, rtol=1e-3)
    assert_allclose(incidents_mean_week(**calm | {"overloaded": np.array([True])}, **law), 2.5, rtol=1e-3)


def test_durations_are_those_that_were_published():
    """Known answer: 53 % within two hours, sigma 1.5: a median of 1.79, a mean of 5.5 and a P95 of 21."""
    median = 2 / np.exp(1.5 * stats.norm.ppf(0.53))
    assert_allclose(median, 1.78647, rtol=1e-3)
    normal = stats.norm.ppf((np.arange(1_000_000) + 0.5) / 1_000_000)
    hours = durations_hours(normal, median_hours=np.full(1, median), sigma=np.full(1, 1.5))
    assert_allclose(hours.mean(), 5.50272, rtol=2e-3)
    assert_allclose(np.quantile(hours, 0.95), 21.0631, rtol=1e-3)
    assert_allclose(hours[-50_000:].sum() / hours.sum(), 0.44, atol=0.01)


def test_severity_is_a_beta():
    draws = (np.arange(100_000) + 0.5) / 100_000
    share = severities(draws, mean_share=np.full(1, 0.2))
    assert_allclose(share, stats.beta(1, 4).ppf(draws), rtol=1e-6)


@given(st.lists(st.tuples(st.floats(0, 1_000), st.floats(0, 1)), min_size=1, max_size=8))
def test_hours_are_seen_once_in_whatever_week(weeks):
    left = Outages(hours=np.zeros(1), severity_hours=np.zeros(1))
    seen_hours = seen_severe = 0.0
    for hours, share in [*weeks, *[(0.0, 0.0)] * 60]:
        fresh = Outages(hours=np.array([hours]), severity_hours=np.array([hours * share]))
        seen, left = outages_of_week(left, fresh)
        assert seen.hours <= 168 * (1 + 1e-12)
        seen_hours, seen_severe = seen_hours + seen.hours.item(), seen_severe + seen.severity_hours.item()
    assert_allclose(seen_hours, sum(hours for hours, _ in weeks), atol=1e-6)
    assert_allclose(seen_severe, sum(hours * share for hours, share in weeks), atol=1e-6)


def test_what_incidents_take():
    three = np.array([3])
    assert_array_equal(incident_days(three, staff_hours=np.array([16.0])), [6.0])
    # 5,200 € a month are 240 € a day
    paid = incident_staff_eur(three, staff_hours=np.array([16.0]), salary_eur_month=np.array([5200.0]))
    assert_allclose(paid, [1440.0])


def test_incidents_cost_the_revenue_of_their_hours():
    lost = incident_revenue_lost_eur(np.array([3.0]), revenue_week_eur=np.array([168_000.0]))
    assert_allclose(lost, [3_000.0])
