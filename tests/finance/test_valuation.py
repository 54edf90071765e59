"""Present values: known answers of numpy-financial (its tests at f47e8af), and what holds of any flows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from simulator.finance.valuation import irr, npv, revenue_share, unit_cost_eur


def test_npv_of_a_published_case():
    flows = np.array([-15_000.0, 1_500, 2_500, 3_500, 4_500, 6_000])
    assert_allclose(npv(flows, rate=0.05), 122.894854951, rtol=1e-10)


def test_irr_of_a_published_case():
    assert irr([-150_000, 15_000, 25_000, 35_000, 45_000, 60_000]) == pytest.approx(
        0.0524328888594, abs=1e-12
    )


def test_monthly_flows_are_discounted_by_the_twelfth_of_a_year():
    flows = np.zeros((25, 2))
    flows[24] = [121.0, 242.0]
    assert_allclose(npv(flows, rate=0.1, periods_per_year=12), [100.0, 200.0])


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=10))
def test_without_interest_the_value_is_the_sum(flows):
    assert_allclose(npv(np.array(flows), rate=0.0), sum(flows), rtol=1e-9, atol=1e-6)


@given(st.floats(1, 1e6), st.lists(st.floats(0, 1e6), min_size=1, max_size=8).filter(lambda f: max(f) > 1))
def test_at_its_rate_of_return_an_investment_is_worth_nothing(spent, earned):
    rate = irr([-spent, *earned])
    assert_allclose(npv(np.array([-spent, *earned]), rate=rate), 0, atol=1e-6 * (spent + sum(earned)))


@pytest.mark.parametrize(("flows", "changes"), [([1.0, 2.0], 0), ([-1.0, 3.0, -2.0], 2), ([], 0)])
def test_flows_without_one_rate_are_refused(flows, changes):
    with pytest.raises(ValueError, match=f"exactly once, got {changes} changes"):
        irr(flows)


def test_a_rate_that_loses_everything_is_refused():
    with pytest.raises(ValueError, match="above -1, got -1"):
        npv(np.ones(2), rate=-1.0)


@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=5), min_size=2, max_size=9))
def test_a_lane_does_not_know_the_others(lanes):
    flows = np.array(lanes).T.copy()
    together = npv(flows, rate=0.07, periods_per_year=12)
    for lane in range(len(lanes)):
        alone = npv(flows[:, lane : lane + 1].copy(), rate=0.07, periods_per_year=12)
        assert_array_equal(alone, together[lane : lane + 1])


def test_unit_costs():
    # 18.75 K€ a month on 750 K users and 120 K transactions a day, out of 650 K€
    bill = np.array([18_750.0])
    assert_allclose(unit_cost_eur(bill, np.array([750_000.0])), [0.025])
    assert_allclose(unit_cost_eur(bill, np.array([120_000 * 365 / 12])), [0.005137], rtol=1e-4)
    assert_allclose(revenue_share(bill, np.array([650_000.0])), [0.0288], atol=1e-4)
    assert_array_equal(revenue_share(bill, np.zeros(1)), [np.inf])


def test_several_rates_of_return_are_refused_and_named():
    """Built from the rates 12 and 100.43 %, both of which make them worth nothing: (x - 1.12)(x - 2.0043)."""
    flows = [-1_000.0, 1_000.0 * (1.12 + 2.0043), -1_000.0 * 1.12 * 2.0043]
    with pytest.raises(ValueError, match=r"exactly once, got 2 changes, .* rates 0\.12, 1\.004"):
        irr(flows)
