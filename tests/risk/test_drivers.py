"""The tornado by hand, and Sobol indices against the known answers of Ishigami's function."""

import math

import numpy as np
import pytest

from simulator.risk.drivers import tornado
from simulator.risk.sobol import sobol_indices


def test_a_bar_is_the_mean_of_the_top_fifth_less_that_of_the_bottom_fifth():
    values = np.array([5.0, 1.0, 4.0, 2.0, 3.0, 10.0, 6.0, 9.0, 7.0, 8.0])
    (bar,) = tornado({"a": values}, 100 - 10 * values)
    assert (bar.low_mean, bar.high_mean, bar.swing) == (85.0, 5.0, -80.0)
    assert bar.se == pytest.approx(math.hypot(5.0, 5.0))  # two runs, 10 apart, in each fifth


def test_the_longest_bar_comes_first():
    rng = np.random.default_rng(1)
    a, b, c = rng.random((3, 2_000))
    bars = tornado({"a": a, "b": b, "c": c}, a - 3 * b)
    assert [bar.key for bar in bars] == ["b", "a", "c"]
    # means of the outer fifths of a uniform are 0.8 apart
    for bar, slope in zip(bars, (-3, 1, 0), strict=True):
        assert bar.swing == pytest.approx(0.8 * slope, abs=4 * bar.se)


def test_four_runs_have_no_fifth():
    assert tornado({"a": np.arange(4.0)}, np.arange(4.0)) == []
    assert math.isnan(tornado({"a": np.arange(5.0)}, np.arange(5.0))[0].se)


def ishigami(points):
    """Ishigami and Homma (1990), a = 7 and b = 0.1, on uniforms of (-pi, pi)."""
    first, second, third = (math.pi * (2 * points - 1)).T
    return np.sin(first) + 7 * np.sin(second) ** 2 + 0.1 * third**4 * np.sin(first)


def test_ishigamis_indices():
    found = {of.key: of for of in sobol_indices(ishigami, ["a", "b", "c"], base=4096, seed=1)}
    # closed form: V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2
    known = {"a": (0.313905, 0.557589), "b": (0.442411, 0.442411), "c": (0.0, 0.243684)}
    for key, (first, total) in known.items():
        assert found[key].first == pytest.approx(first, abs=2 * found[key].first_half_width)
        assert found[key].total == pytest.approx(total, abs=2 * found[key].total_half_width)
        assert found[key].total == pytest.approx(total, abs=0.03 * max(total, 0.3))


def test_what_moves_nothing_has_no_share():
    (found,) = sobol_indices(lambda points: np.zeros(len(points)), ["a"], base=64, seed=1)
    assert (found.first, found.total) == (0.0, 0.0)
