"""Regret, chance to be best and worth of knowing, by hand and by what must hold of them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulator.risk.regret import (
    best_plan,
    evpi,
    evpi_demand,
    minimax,
    p_best,
    plan_regrets,
    regret,
    weight_grid,
)

COSTS = arrays(np.float64, (3, 2, 4), elements=st.integers(0, 1000).map(float))
WEIGHTS = st.floats(0, 1).map(lambda w: np.array([w, 1 - w]))
TEXTBOOK = np.array([[[40.0], [70.0], [90.0]], [[60.0], [60.0], [60.0]], [[80.0], [75.0], [20.0]]])
"""Three plans on three paths, without luck: the least of each path are 40, 60 and 20."""
EVEN = np.full(3, 1 / 3)


def test_the_textbook_table():
    assert regret(TEXTBOOK)[..., 0].tolist() == [[0, 10, 70], [20, 0, 40], [40, 15, 0]]
    regrets = plan_regrets(TEXTBOOK, EVEN)
    assert [found.worst for found in regrets] == [70, 40, 40]
    assert [found.worst_path for found in regrets] == [2, 2, 0]
    assert minimax(regrets) == 1  # the first of two that tie
    assert [round(found.mean.estimate, 6) for found in regrets] == [26.666667, 20.0, 18.333333]
    assert best_plan(TEXTBOOK, EVEN) == 2
    # 175 / 3 expected of the last plan; 120 / 3 when the path is known before
    assert evpi(TEXTBOOK, EVEN) == pytest.approx(55 / 3)
    assert [round(of.estimate, 6) for of in p_best(TEXTBOOK, EVEN)] == [0.333333] * 3


def test_a_chance_of_none_or_all_is_not_certain():
    """16 runs in each of which a plan is best leave room for others, by Wilson's interval."""
    cost = np.array([np.zeros((3, 16)), np.ones((3, 16))])
    best, other = p_best(cost, EVEN)
    assert (best.estimate, best.high, other.estimate, other.low) == (1.0, 1.0, 0.0, 0.0)
    assert best.low == pytest.approx(1 - other.high) == pytest.approx(0.806, abs=1e-3)


def test_a_path_without_weight_does_not_count():
    regrets = plan_regrets(TEXTBOOK, np.array([0.5, 0.5, 0.0]))
    assert [found.worst for found in regrets] == [10, 20, 40]
    assert regrets[0].p90 == 10.0


def test_luck_is_worth_knowing_where_the_path_is_not():
    cost = np.array([[[0.0, 10.0]], [[10.0, 0.0]]])
    one = np.ones(1)
    assert evpi_demand(cost, one) == 0.0
    assert evpi(cost, one) == 5.0


@given(COSTS, WEIGHTS)
def test_knowing_is_never_worth_less_than_nothing_and_luck_beside_the_path_more(cost, weights):
    path, both = evpi_demand(cost, weights), evpi(cost, weights)
    assert -1e-9 <= path <= both + 1e-9


@given(COSTS, WEIGHTS)
def test_the_expected_regret_of_the_best_plan_is_the_worth_of_knowing(cost, weights):
    regrets = plan_regrets(cost, weights)
    least = min(found.mean.estimate for found in regrets)
    assert least == pytest.approx(evpi(cost, weights), abs=1e-9)


@given(COSTS, WEIGHTS)
def test_some_plan_is_the_best(cost, weights):
    assert math.fsum(of.estimate for of in p_best(cost, weights)) == pytest.approx(1)
    assert (regret(cost).min(axis=0) == 0).all()


@given(st.integers(1, 4), st.integers(1, 5))
def test_a_grid_of_weights_is_whole(paths, steps):
    grid = weight_grid(paths, steps)
    assert len({tuple(weights) for weights in grid}) == math.comb(steps + paths - 1, paths - 1)
    assert all(weights.sum() == pytest.approx(1) for weights in grid)
