"""The level of commitment against trying every level, and the newsvendor's identities."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulator.finance.commitment import best_level, expected

USES = st.lists(st.tuples(st.integers(0, 60), st.sampled_from([7.0, 161.0])), min_size=1, max_size=40)
PRICES = st.tuples(st.floats(0.1, 1.0), st.floats(0.01, 1.2)).map(
    lambda of: {"on_demand_eur": of[0], "committed_eur": of[1] * of[0]}
)


@given(USES, PRICES)
def test_no_level_costs_less_than_the_best(rows, prices):
    use, weight = (np.array(column) for column in zip(*rows, strict=True))
    best = expected(use, weight, best_level(use, weight, **prices), **prices)
    every = [expected(use, weight, level, **prices).cost_eur_hour for level in range(62)]
    assert best.cost_eur_hour == pytest.approx(min(every), rel=1e-9, abs=1e-12)


@given(USES, PRICES, st.integers(0, 80))
def test_a_level_costs_the_use_and_what_is_too_much_and_too_little(rows, prices, level):
    use, weight = (np.array(column) for column in zip(*rows, strict=True))
    found = expected(use, weight, level, **prices)
    known_before = prices["committed_eur"] * np.average(use, weights=weight)
    parts = known_before + found.over_eur_hour + found.under_eur_hour
    assert found.cost_eur_hour == pytest.approx(parts, abs=1e-9)


def test_poisson_use_has_the_textbook_level():
    """Mean 20, a committed hour at 37 % less: the quantile of the Poisson law at 0.37."""
    use = np.arange(100)
    level = best_level(use, stats.poisson(20).pmf(use), on_demand_eur=1.0, committed_eur=0.63)
    assert level == stats.poisson(20).ppf(0.37)
