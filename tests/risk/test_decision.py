"""Ranks, ties and the weights at which plans change places, against small cases enumerated by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from simulator.risk.decision import ranking, swaps

HALF = np.array([0.5, 0.5])


def test_plans_are_ranked_by_what_they_cost_and_lose_on_average():
    """Two runs on two paths: 4, 3 and 10 on average; the second is best in three states of four."""
    total = np.array([[[2.0, 4.0], [4.0, 6.0]], [[1.0, 1.0], [3.0, 7.0]], [[10.0, 10.0], [10.0, 10.0]]])
    first, second, third = ranking(total, HALF)
    assert [of.plan for of in (first, second, third)] == [1, 0, 2]
    assert [of.expected.estimate for of in (first, second, third)] == [3.0, 4.0, 10.0]
    assert second.behind.estimate == 1.0
    assert first.p_best.estimate == 0.75
    assert second.p_best.estimate == 0.25
    assert first.as_good
    assert not second.as_good  # behind by 1 in both runs, without any error
    assert not third.as_good


def test_a_difference_below_its_own_error_is_none():
    rng = np.random.default_rng(1)
    luck = rng.normal(100, 10, size=(1, 40))
    near = luck + rng.normal(0.2, 3.0, size=(1, 40))
    far = luck + 30
    found = {of.plan: of for of in ranking(np.array([luck, near, far]), np.array([1.0]))}
    assert found[0].as_good
    assert found[1].as_good
    assert not found[2].as_good
    assert found[2].behind.estimate == pytest.approx(30, abs=3)


def test_one_run_tells_no_plans_apart():
    """Its error is unknown; the best plan is as good as itself even so, or there would be none to choose."""
    assert [of.as_good for of in ranking(np.array([[[1.0]], [[5.0]]]), np.ones(1))] == [True, True]


def test_the_weight_of_a_swap_is_one_division():
    """10 and 20 against 14 and 12: equal where 10 w + 20 (1 - w) = 14 w + 12 (1 - w), at w = 2/3."""
    (first, second) = swaps(np.array([[10.0, 20.0], [14.0, 12.0]]), HALF, [1, 0])
    assert (first.first, first.second, first.path) == (1, 0, 0)
    assert first.weight == pytest.approx(2 / 3)
    assert second.weight == pytest.approx(1 / 3)


def test_a_plan_that_is_better_everywhere_never_swaps():
    assert swaps(np.array([[1.0, 2.0], [3.0, 4.0]]), HALF, [0, 1]) == []


costs = st.lists(st.integers(0, 100), min_size=3, max_size=3)


@given(costs, costs, st.lists(st.integers(1, 9), min_size=3, max_size=3))
def test_at_a_swap_both_plans_cost_the_same(one, other, parts):
    weights = np.array(parts) / sum(parts)
    expected = np.array([one, other], dtype=float)
    order = list(np.argsort(expected @ weights, kind="stable"))
    for swap in swaps(expected, weights, order):
        others = np.delete(weights, swap.path) * (1 - swap.weight) / (1 - weights[swap.path])
        at = np.insert(others, swap.path, swap.weight)
        assert_allclose(*(expected @ at), atol=1e-9)
