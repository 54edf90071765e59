"""A budget is held against the cost of a plan: exceedance and contingency."""

import math

import numpy as np
from scipy.special import ndtri

from simulator.arrays import Floats
from simulator.risk.estimates import CONFIDENCE, Estimate, probability, quantile, quantile_interval

CONTINGENCY_SHARES = {"p80": 0.80, "p95": 0.95}


def exceedance(cost_eur: Floats, budget_eur: float) -> Estimate:
    """Give the probability that a cost is above a budget, which it may meet, with Wilson's interval.

    >>> exceedance(np.array([90.0, 100.0, 110.0, 120.0]), 100.0).estimate
    0.5
    """
    return probability(cost_eur > budget_eur)


def exceedance_curve(cost_eur: Floats) -> tuple[Floats, Floats]:
    """Give the costs in ascending order, and the share of the runs that cost more than each, (l,) and (l,).

    >>> costs, shares = exceedance_curve(np.array([3.0, 1.0, 3.0, 2.0]))
    >>> costs, shares
    (array([1., 2., 3., 3.]), array([0.75, 0.5 , 0.  , 0.  ]))
    """
    costs = np.sort(cost_eur)
    above = len(costs) - np.searchsorted(costs, costs, side="right")
    return costs, above / len(costs)


def contingency(cost_eur: Floats, budget_eur: float, share: float) -> Estimate:
    """Give the reserve beside a budget that keeps cost within both with probability ``share``.

    The quantile of the cost less the budget (AACE International, RP 41R-08). Below 0 the budget is larger
    than that confidence asks for, by so much. The interval is that of the quantile, and its standard error
    the half width over the normal quantile; nan where the runs are too few to bound it.

    >>> contingency(np.array([90.0, 100.0, 110.0, 120.0, 130.0]), 105.0, 0.8).estimate
    15.0
    """
    low, high = quantile_interval(cost_eur, share)
    half = (high - low) / 2
    return Estimate(
        estimate=quantile(cost_eur, share) - budget_eur,
        se=half / float(ndtri((1 + CONFIDENCE) / 2)) if math.isfinite(half) else math.nan,
        low=low - budget_eur,
        high=high - budget_eur,
    )
