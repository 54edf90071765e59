"""Value at risk: a published case (empyrical's tests at 40f61b4) and what must hold of any gains."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.risk.estimates import cvar
from simulator.risk.tail import conditional_value_at_risk, value_at_risk

GAINS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40).map(np.array)


def test_two_gains_of_a_published_case():
    assert value_at_risk(np.array([1.0, 2.0]), 0.3) == pytest.approx(1.3, abs=1e-9)
    assert conditional_value_at_risk(np.array([1.0, 2.0]), 0.3) == 1.0


@given(GAINS, st.floats(0.01, 0.99))
def test_the_tail_is_no_better_than_where_it_begins(gains, cutoff):
    boundary, tail = value_at_risk(gains, cutoff), conditional_value_at_risk(gains, cutoff)
    assert gains.min() - 1e-6 <= tail <= boundary + 1e-6 <= gains.max() + 2e-6


@given(st.integers(2, 20), st.data())
def test_where_no_atom_is_split_both_conventions_agree(tail, data):
    """The mean of the worst ``tail`` of 20 gains is the CVaR of the losses."""
    gains = np.array(data.draw(st.lists(st.integers(-1000, 1000), min_size=20, max_size=20)), float)
    cutoff = (tail - 1 + 0.5) / 19
    assert conditional_value_at_risk(gains, cutoff) == pytest.approx(-cvar(-gains, 1 - tail / 20).estimate)
