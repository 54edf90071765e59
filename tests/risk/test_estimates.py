"""Estimates against textbook values, scipy as a second route, and their properties."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulator.risk import estimates

SAMPLES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60).map(np.array)
SHARES = st.floats(0.01, 0.99)


def test_wilson_matches_the_textbook():
    # Newcombe (1998), table I: 81/263, 15/148, 0/20, 1/29
    for successes, count, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        found = estimates.wilson(successes, count)
        assert found.low == pytest.approx(low, abs=5e-5)
        assert found.high == pytest.approx(high, abs=5e-5)


@given(st.integers(1, 500), st.data(), st.sampled_from([0.90, 0.95]))
def test_wilson_matches_scipy_and_its_error_is_never_zero(count, data, confidence):
    successes = data.draw(st.integers(0, count))
    found = estimates.wilson(successes, count, confidence)
    expected = stats.binomtest(successes, count).proportion_ci(confidence, method="wilson")
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert found.se > 0
    assert 0 <= found.low <= found.estimate <= found.high <= 1


def test_a_mean_has_students_interval():
    values = np.array([2.1, 3.4, 1.9, 5.6, 4.2])
    found = estimates.mean(values)
    expected = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert found.se == pytest.approx(stats.sem(values))


def test_one_run_has_no_error_and_a_saturated_one_no_finite_mean():
    assert math.isnan(estimates.mean(np.array([3.0])).se)
    assert estimates.mean(np.array([1.0, math.inf])).estimate == math.inf


@given(SAMPLES, SHARES)
def test_nearest_rank_is_the_least_value_that_the_share_does_not_exceed(values, share):
    found = estimates.quantile(values, share)
    at_most = np.count_nonzero(values <= found)
    below = np.count_nonzero(values < found)
    assert at_most >= share * len(values) - 1e-6
    assert below < share * len(values) + 1e-6


def test_a_rank_is_not_lifted_by_round_off():
    assert estimates.rank(0.07, 100) == 7  # 0.07 * 100 = 7.000000000000001
    assert [estimates.rank(share, 20) for share in (0.05, 0.5, 0.95, 1.0)] == [1, 10, 19, 20]


def test_the_interval_of_a_median_is_the_one_of_the_sign_test():
    # n = 10: ranks 2 and 9 (David and Nagaraja, Order Statistics, 7.1); n = 20: 6 and 15
    for count, low, high in ((10, 2, 9), (20, 6, 15)):
        assert estimates.quantile_interval(np.arange(1.0, count + 1), 0.5) == (low, high)


def test_few_runs_do_not_bound_a_tail():
    low, high = estimates.quantile_interval(np.arange(8.0), 0.95)
    assert low == 5.0
    assert high == math.inf


@given(SHARES, st.integers(5, 200))
def test_the_interval_of_a_quantile_covers_what_it_says(share, count):
    ranks = estimates.quantile_interval(np.arange(1.0, count + 1), share)
    low, high = (0 if math.isinf(ranks[0]) else ranks[0]), (count + 1 if math.isinf(ranks[1]) else ranks[1])
    covered = stats.binom.cdf(high - 1, count, share) - stats.binom.cdf(low - 1, count, share)
    assert covered >= 0.95 - 1e-9


def test_cvar_splits_the_atom_at_the_boundary():
    # Rockafellar and Uryasev (2002): losses 0 with 0.9 and 100 with 0.1. The worst 20 % hold the atom of
    # 100 whole and half as much again of the atom of 0: 0.1 * 100 / 0.2 = 50, not 100.
    values = np.array([0.0] * 9 + [100.0])
    assert estimates.cvar(values, 0.8).estimate == pytest.approx(50)
    assert estimates.cvar(values, 0.95).estimate == pytest.approx(100)
    assert estimates.cvar(values, 0.85).estimate == pytest.approx(100 * 0.1 / 0.15)


@given(SAMPLES, SHARES)
def test_cvar_is_the_minimum_of_its_convex_form(values, share):
    """CVaR = min over c of c + E max(X - c, 0) / (1 - share), and the minimum is at an observed value."""
    forms = [c + np.maximum(values - c, 0).mean() / (1 - share) for c in values]
    assert estimates.cvar(values, share).estimate == pytest.approx(min(forms), rel=1e-6, abs=1e-6)


@given(SAMPLES)
def test_cvar_lies_between_mean_and_maximum(values):
    found = estimates.cvar(values, 0.9).estimate
    assert values.mean() - 1e-6 <= found <= values.max() + 1e-6


@given(SAMPLES)
def test_no_figure_depends_on_the_order_of_the_runs(values):
    backwards = values[::-1].copy()
    for figure in (estimates.mean, estimates.cvar):
        np.testing.assert_array_equal(
            [figure(values).estimate, figure(values).se], [figure(backwards).estimate, figure(backwards).se]
        )


def test_pairing_takes_out_what_the_runs_share():
    shared = np.array([0.0, 50.0, 100.0])
    found = estimates.paired_difference(shared, shared + np.array([1.0, 2.0, 3.0]))
    assert found.estimate == 2.0
    assert found.se == pytest.approx(1 / math.sqrt(3))
    with pytest.raises(ValueError, match="paired runs must be as many, got 3 and 2"):
        estimates.paired_difference(shared, shared[:2])


def test_a_sample_needs_a_run():
    with pytest.raises(ValueError, match="at least one run"):
        estimates.mean(np.array([]))


def test_coverage_of_the_mean_within_sampling_error():
    # 2,000 samples of 8 normals: coverage 95 % with a standard error of 0.5 %
    draws = stats.norm.rvs(size=(2000, 8), random_state=np.random.default_rng(5))
    inside = [(found := estimates.mean(row)).low <= 0 <= found.high for row in draws]
    assert np.mean(inside) == pytest.approx(0.95, abs=4 * 0.005)
