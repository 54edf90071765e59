"""The Pareto set: no member is dominated, and every other alternative by a member."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from simulator.risk.pareto import dominating, pareto_set

few_values = arrays(
    np.float64,
    array_shapes(min_dims=2, max_dims=2, max_side=12),
    elements=st.sampled_from([0.0, 1.0, 2.0, 5.0, np.inf]),
)
"""Few values, so that ties are common."""


def dominates(one: np.ndarray, other: np.ndarray) -> bool:
    return all(a <= b for a, b in zip(one, other, strict=True)) and tuple(one) != tuple(other)


@given(objectives=few_values)
def test_no_member_is_dominated_and_every_other_by_a_member(objectives):
    member = pareto_set(objectives)
    assert member.any()
    for row, chosen in zip(objectives, member, strict=True):
        assert chosen != any(dominates(best, row) for best in objectives[member])
        assert chosen != any(dominates(other, row) for other in objectives)


@given(objectives=few_values)
def test_alternatives_that_are_alike_are_members_together(objectives):
    member = pareto_set(objectives)
    for row in objectives:
        assert len(set(member[(objectives == row).all(axis=1)].tolist())) == 1


@given(objectives=few_values, data=st.data())
def test_the_order_of_alternatives_and_objectives_does_not_matter(objectives, data):
    rows = data.draw(st.permutations(range(len(objectives))))
    columns = data.draw(st.permutations(range(objectives.shape[1])))
    np.testing.assert_array_equal(pareto_set(objectives[rows][:, columns]), pareto_set(objectives)[rows])


@pytest.mark.parametrize(
    ("objectives", "at", "expected"),
    [
        ([[1, 1], [1, 2], [2, 1], [2, 2]], 3, [True, True, True, False]),
        ([[1, 1], [1, 1]], 1, [False, False]),
        ([[1, 3], [2, 2]], 1, [False, False]),
    ],
)
def test_who_dominates(objectives, at, expected):
    assert dominating(np.array(objectives, float), at).tolist() == expected
