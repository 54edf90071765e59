"""Exceedance and contingency of budgets, by hand and against the estimates they are made of."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.risk.exposure import contingency, exceedance, exceedance_curve

COSTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=50).map(np.array)


def test_a_cost_that_meets_its_budget_does_not_exceed_it():
    assert exceedance(np.array([90.0, 100.0, 100.0, 120.0]), 100.0).estimate == 0.25


def test_a_contingency_is_the_quantile_less_the_budget():
    costs = np.arange(1.0, 101.0)
    found = contingency(costs, 70.0, 0.8)
    assert found.estimate == 10.0
    # ranks 72 and 89 of 100 enclose the 80th percentile with 95 % (binomial)
    assert (found.low, found.high) == (2.0, 19.0)
    assert found.se == pytest.approx(17 / 2 / 1.959964)
    assert contingency(costs, 90.0, 0.8).estimate == -10.0


def test_few_runs_do_not_bound_a_contingency():
    found = contingency(np.arange(8.0), 0.0, 0.95)
    assert found.high == math.inf
    assert math.isnan(found.se)


@given(COSTS, st.floats(0.05, 0.95))
def test_budget_and_contingency_together_suffice_as_often_as_they_say(costs, share):
    found = contingency(costs, 0.0, share).estimate
    assert exceedance(costs, found).estimate <= 1 - share + 1e-9


@given(COSTS)
def test_the_curve_says_of_every_cost_how_often_it_is_exceeded(costs):
    for cost, share in zip(*exceedance_curve(costs), strict=True):
        assert share == pytest.approx(exceedance(costs, cost).estimate)
