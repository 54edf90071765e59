"""Value at risk in the convention of market risk: gains, of which the low end is bad.

What a plan costs has its bad end high, and its tail in ``estimates.cvar``, which splits the boundary atom.
"""

import math

import numpy as np

from simulator.arrays import Floats


def value_at_risk(gains: Floats, cutoff: float = 0.05) -> float:
    """Give the gain that is missed with probability ``cutoff``: a quantile between order statistics, (l,).

    Interpolated linearly (type 7 of Hyndman and Fan, 1996).

    >>> value_at_risk(np.array([1.0, 2.0]), 0.3)
    1.3
    """
    return float(np.quantile(gains, cutoff, method="linear"))


def conditional_value_at_risk(gains: Floats, cutoff: float = 0.05) -> float:
    """Give the mean of the gains that are no more than the value at risk, (l,).

    >>> conditional_value_at_risk(np.array([1.0, 2.0]), 0.3)
    1.0
    """
    worst = np.sort(gains)[: int((len(gains) - 1) * cutoff) + 1]
    return math.fsum(worst) / len(worst)
