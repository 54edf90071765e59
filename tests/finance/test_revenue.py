"""Revenue, and what is lost of it."""

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal

from simulator.finance.revenue import (
    planned_revenue_eur,
    revenue_eur,
    revenue_lost_eur,
)


def test_today_brings_in_todays_revenue_exactly():
    week = revenue_eur(np.ones(1), revenue_eur_month=np.array([650_000.0]))
    assert_array_equal(
        week, planned_revenue_eur(0, growth_share_month=0.1, revenue_eur_month=np.array([650_000.0]))
    )
    assert_allclose(52 * week, [7_800_000.0])


def test_twice_the_users_bring_in_twice_the_revenue():
    assert_allclose(revenue_eur(np.array([2.0]), revenue_eur_month=np.array([52.0])), [24.0])


def test_planned_revenue_reaches_the_target_at_the_horizon():
    growth = 11 ** (1 / 24) - 1  # +1000 % in 24 months
    last = planned_revenue_eur(104, growth_share_month=growth, revenue_eur_month=np.array([650_000.0]))
    assert_allclose(last, [11 * 150_000.0])


def test_failed_transactions_bring_in_nothing():
    assert_array_equal(revenue_lost_eur(np.array([1_000.0]), error_share=np.array([0.25])), [250.0])
