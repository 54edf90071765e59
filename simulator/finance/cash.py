"""Cash over the months: flows, the peak need, and the runway of a balance. Arrays are (month, run)."""

import numpy as np

from simulator.arrays import Floats
from simulator.units import month_of_week


def monthly(weekly: Floats) -> Floats:
    """Give the sums by month of what flows by week, (w, l) to (m, l); twelve months are 52 weeks.

    >>> monthly(np.ones((52, 1))).ravel()
    array([4., 4., 5., 4., 4., 5., 4., 4., 5., 4., 4., 5.])
    """
    months = month_of_week(len(weekly) - 1)
    flows = np.zeros((months, *weekly.shape[1:]))
    for week, flow in enumerate(weekly):
        flows[month_of_week(week) - 1] += flow
    return flows


def cumulated(flows: Floats) -> Floats:
    """Give the running sums over the months, added in their order, (m, l).

    >>> cumulated(np.array([[-5.0], [2.0], [4.0]])).ravel()
    array([-5., -3.,  1.])
    """
    running, sums = np.zeros(flows.shape[1:]), np.empty_like(flows)
    for month, flow in enumerate(flows):
        running = running + flow
        sums[month] = running
    return sums


def peak_need_eur(flows: Floats) -> Floats:
    """Give the most that has to be put in until the flows carry themselves: the deepest running sum, (l,).

    >>> peak_need_eur(np.array([[-5.0, 1.0], [2.0, -0.5], [9.0, 1.0]]))
    array([5., 0.])
    """
    need: Floats = np.maximum(-cumulated(flows).min(axis=0), 0.0)
    return need


def runway_months(flows: Floats, cash_eur: float) -> Floats:
    """Give the whole months that a balance lasts: those before the first that ends below nothing, (l,).

    +inf where that does not happen within the horizon.

    >>> runway_months(np.array([[-5.0, 1.0], [-5.0, 1.0], [-5.0, 1.0]]), 12.0)
    array([ 2., inf])
    """
    below = cash_eur + cumulated(flows) < 0.0
    return np.where(below.any(axis=0), below.argmax(axis=0).astype(np.float64), np.inf)
