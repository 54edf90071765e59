"""Load tests have 95 % intervals, from the differences between their independent runs."""

import math

import numpy as np
from scipy.special import stdtrit

from simulator.arrays import Floats, Ints
from simulator.stress.measure import order_statistics

CONFIDENCE = 0.95
CHANCE = 2.0
"""Standard errors of a skewness beyond which runs are skewed by more than chance."""


def standard_error(values: Floats) -> float:
    """Standard error of a mean over runs; nan of a single one.

    >>> standard_error(np.array([1.0, 3.0]))
    1.0
    """
    if len(values) == 1:
        return math.nan
    spread = math.fsum((values - math.fsum(values) / len(values)) ** 2) / (len(values) - 1)
    return math.sqrt(spread / len(values))


def half_width(values: Floats) -> float:
    """Half of the interval of a mean over runs, to its farther end; nan of a single one."""
    return max(distances(values))


def distances(values: Floats) -> tuple[float, float]:
    """Give the distances from a mean over runs to both ends of its interval; nan of a single run.

    By Student's law (Gosset, 1908). Where the runs are skewed by more than chance, the means of so few are
    too: there by Hall's transformation (1992), t + a t²/3 + a² t³/27 + a/6 with a = skewness/√runs, whose
    inverse at Student's quantiles bounds the error, and the farther end no nearer than Student's. Johnson's
    (1978) shift of the centre alone is too little: of 40 intervals of an M/G/1 at load .6 whose work has cv 4
    it holds the law in 30, Student's in 30, this in 37.
    """
    error, runs = standard_error(values), len(values)
    t = float(stdtrit(max(runs - 1, 1), (1 + CONFIDENCE) / 2))
    if runs < 3 or not error > 0:
        return error * t, error * t
    spread = error * math.sqrt(runs)
    cubes = math.fsum(((values - math.fsum(values) / runs) / spread) ** 3)
    skewness = cubes * runs / ((runs - 1) * (runs - 2))
    if abs(skewness) <= CHANCE * math.sqrt(6 / runs):
        return error * t, error * t
    a = abs(skewness) / math.sqrt(runs)
    near, far = (3 / a * abs(math.cbrt(1 + a * (side * t - a / 6)) - 1) for side in (1, -1))
    ends = error * near, error * max(far, t)
    return ends if skewness > 0 else (ends[1], ends[0])


def quantile_ends(values: Ints, share: float) -> tuple[float, float]:
    """Give the ends of the interval of a quantile of all runs together, a row a run, nan of a single one.

    The shares of the runs at or below it have an interval, and the quantiles at both its ends are those of
    the quantile (Woodruff, 1952). So runs need not be alike: of a replay each may see another part.
    """
    there = values >= 0
    counts = np.count_nonzero(there, axis=1)
    if len(values) == 1 or not counts.any():
        return math.nan, math.nan
    (quantile,) = order_statistics(values, (share,))
    below = np.count_nonzero(there & (values <= quantile), axis=1)
    pooled = int(below.sum()) / int(counts.sum())
    off = half_width((below - pooled * counts) / (int(counts.sum()) / len(counts)))
    low, high = order_statistics(values, (max(share - off, 0.0), min(share + off, 1.0))).tolist()
    return low, high
