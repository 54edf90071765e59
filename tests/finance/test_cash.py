"""Cash by month, by hand and by what holds of any flows."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from simulator.finance.cash import cumulated, monthly, peak_need_eur, runway_months
from simulator.risk.loss import run_totals
from tests.simulated import company, study_of

FLOWS = st.lists(st.integers(-1000, 1000), min_size=1, max_size=30).map(lambda f: np.array([f], float).T)


def test_a_loss_before_a_profit_has_to_be_put_in_first():
    flows = np.array([[-100.0, 10.0], [-50.0, -30.0], [400.0, 10.0]])
    assert_array_equal(cumulated(flows), [[-100, 10], [-150, -20], [250, -10]])
    assert_array_equal(peak_need_eur(flows), [150, 20])
    assert_array_equal(runway_months(flows, 120.0), [1, np.inf])


@given(st.integers(1, 36))
def test_months_lose_no_week(months):
    weekly = np.arange(float(months * 52 // 12))[:, np.newaxis]
    by_month = monthly(weekly)
    assert len(by_month) == months
    assert by_month.sum() == weekly.sum()


@given(FLOWS)
def test_a_balance_as_large_as_the_peak_need_is_never_spent(flows):
    need = peak_need_eur(flows).item()
    assert runway_months(flows, need).item() == np.inf
    if need > 0:
        assert runway_months(flows, need - 0.5).item() < len(flows)


@given(FLOWS)
def test_the_last_running_sum_is_the_total(flows):
    assert_allclose(cumulated(flows)[-1], flows.sum(axis=0))


def test_a_company_that_grows_by_nothing_is_worth_nothing_more_than_one_that_stands_still():
    """The errors of its requests, and users they drive away, are those of the company that stands still."""
    totals = run_totals(study_of(company(), runs=4).weeks, [company()])
    assert (totals["npv_increment_eur"] == 0.0).all()
    assert (totals["npv_eur"] != 0.0).all()


def test_growth_that_comes_anyway_is_no_value_of_a_plan():
    """Without plan or hires a growing company is the one that does nothing, and earns more all the same."""
    growing = company({"demand.growth_share_month": 0.05})
    totals = run_totals(study_of(growing, runs=4).weeks, [growing])
    assert (totals["npv_increment_eur"] == 0.0).all()
    assert (totals["received_eur"] > totals["standstill_received_eur"]).all()
    assert (totals["received_eur"] == totals["nothing_received_eur"]).all()
