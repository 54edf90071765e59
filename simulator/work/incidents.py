"""Incidents: how many a week has, and what they take."""

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.units import (
    HOURS_PER_WEEK,
    MONTHS_PER_WEEK,
    WORKING_DAYS_PER_WEEK,
    WORKING_HOURS_PER_DAY,
)

MEAN_MAX = 700.0
"""Largest mean of ``poisson_count``: exp(-700) is still a normal number. A larger one counts as this."""


def poisson_count(uniform: Floats, mean: Floats) -> Ints:
    """Poisson variate by inversion: the smallest n whose cumulative probability reaches the uniform.

    The terms follow p(n+1) = p(n) mean / (n+1); for one uniform the count never falls as the mean rises. The
    search ends where a term past the mean no longer changes the sum, which is short of 1 by rounding.

    Args:
        uniform: in [0, 1), (lanes,).
        mean: at most ``MEAN_MAX``, what exceeds it is cut, (lanes,).

    >>> poisson_count(np.array([0.3, 0.9, 0.9, 0.5]), np.array([1.0, 1.0, 0.0, 100.0]))
    array([  0,   2,   0, 100])
    """
    mean = np.minimum(mean, MEAN_MAX)
    count = np.zeros(uniform.shape, np.int64)
    term = np.exp(-mean)
    cumulative = term
    index = 0
    searching = uniform > cumulative
    while searching.any():
        index += 1
        count += searching
        term = term * mean / index
        following = cumulative + term
        searching = searching & (uniform > following) & ((index < mean) | (following > cumulative))
        cumulative = following
    return count


def incidents_mean_week(
    debt_ratio: Floats, overloaded: Bools, *, per_week: Floats, overload_per_week: Floats
) -> Floats:
    """Mean incidents of a week: the usual ones in proportion to debt, and further ones under overload.

    Args:
        debt_ratio: stock of debt over that of today, (lanes,).
        overloaded: whether a tier is past its critical limit, (lanes,).
        per_week: at today's debt, without overload, (lanes,).
        overload_per_week: further ones, (lanes,).

    >>> per_week, further = np.array([0.5, 0.5]), np.array([2.0, 2.0])
    >>> overloaded = np.array([False, True])
    >>> incidents_mean_week(np.array([1.0, 2.0]), overloaded, per_week=per_week, overload_per_week=further)
    array([0.5, 3. ])
    """
    return per_week * debt_ratio + np.where(overloaded, overload_per_week, 0.0)


def incident_days(incidents: Ints, *, staff_hours: Floats) -> Floats:
    """Person-days that the incidents take, (lanes,).

    >>> incident_days(np.array([2]), staff_hours=np.array([12.0]))
    array([3.])
    """
    return incidents * staff_hours / WORKING_HOURS_PER_DAY


def incident_revenue_lost_eur(
    incidents: Ints, *, duration_hours: Floats, revenue_lost_share: Floats, revenue_week_eur: Floats
) -> Floats:
    """Revenue that incidents cost: their share of the revenue of their hours, in all at most the week's 168.

    >>> incident_revenue_lost_eur(
    ...     np.array([2, 500]), duration_hours=np.array([2.1, 2.1]), revenue_lost_share=np.array([0.5, 0.5]),
    ...     revenue_week_eur=np.array([160_000.0, 160_000.0]),
    ... )
    array([ 2000., 80000.])
    """
    hours = np.minimum(incidents * duration_hours, float(HOURS_PER_WEEK))
    return hours / HOURS_PER_WEEK * revenue_lost_share * revenue_week_eur


def incident_staff_eur(incidents: Ints, *, staff_hours: Floats, salary_eur_month: Floats) -> Floats:
    """Pay of the hours that people spend on incidents; it is part of the salaries, not beside them.

    >>> incident_staff_eur(np.array([2]), staff_hours=np.array([12.0]), salary_eur_month=np.array([5200.0]))
    array([720.])
    """
    day_eur = salary_eur_month * MONTHS_PER_WEEK / WORKING_DAYS_PER_WEEK
    return incident_days(incidents, staff_hours=staff_hours) * day_eur
