"""People leave with a hazard by tenure, higher in the first year."""

import numpy as np

from simulator.arrays import Floats, ratio
from simulator.units import WEEKS_PER_YEAR

ANNUAL_SHARE_MAX = 1.0 - 1e-6
"""A share of 1 would be an infinite hazard; it counts as this, whose mean stay is under four weeks."""


def later_hazard_week(*, annual_share: Floats, first_year_factor: Floats) -> Floats:
    """Weekly hazard after the first year, such that ``annual_share`` of an even mix leaves in a year.

    The mix is defined as equally many person-weeks in the first year as after it. Its average hazard is
    that of the annual share: (f h + h) / 2 * 52 = -ln(1 - a).

    Args:
        annual_share: of the people there who leave in a year, (lanes,).
        first_year_factor: hazard of the first 52 weeks over that of the later ones, f, (lanes,).

    >>> shares, factors = np.array([0.0, 0.132]), np.array([1.5, 1.0])
    >>> later_hazard_week(annual_share=shares, first_year_factor=factors).round(6)
    array([0.      , 0.002722])
    """
    yearly = -np.log1p(-np.minimum(annual_share, ANNUAL_SHARE_MAX))
    return yearly / WEEKS_PER_YEAR / ((1.0 + first_year_factor) / 2.0)


def leaving_tenure_weeks(
    unit_exponential: Floats, tenure_weeks: Floats, *, annual_share: Floats, first_year_factor: Floats
) -> Floats:
    """Give the tenure at which people leave, given that they are still there at ``tenure_weeks``.

    The cumulative hazard from the present tenure reaches the unit exponential draw (Çinlar, 1975); a hazard
    that is constant by pieces is inverted exactly.

    Args:
        unit_exponential: draws, (lanes,) or (p, lanes).
        tenure_weeks: at present, 0 for a newcomer, of the same shape.
        annual_share: see ``later_hazard_week``, (lanes,).
        first_year_factor: see ``later_hazard_week``, (lanes,).

    Returns:
        Weeks since the first day, of the shape of the draws; +inf where nobody leaves.

    >>> share, factor = np.full(2, 1 - np.exp(-1.0)), np.ones(2)
    >>> leaving_tenure_weeks(
    ...     np.array([0.5, 2.0]), np.array([0.0, 26.0]), annual_share=share, first_year_factor=factor
    ... ).round(9)
    array([ 26., 130.])
    """
    later = later_hazard_week(annual_share=annual_share, first_year_factor=first_year_factor)
    first = first_year_factor * later
    first_weeks = np.maximum(WEEKS_PER_YEAR - tenure_weeks, 0.0)
    beyond = unit_exponential - first * first_weeks
    in_first_year = tenure_weeks + _weeks_to(unit_exponential, first)
    afterwards = np.maximum(tenure_weeks, float(WEEKS_PER_YEAR)) + _weeks_to(np.maximum(beyond, 0.0), later)
    return np.where(beyond < 0.0, in_first_year, afterwards)


def _weeks_to(cumulative: Floats, hazard: Floats) -> Floats:
    """Give the weeks at ``hazard`` until it adds up to ``cumulative``; never, where there is none."""
    with np.errstate(over="ignore"):  # a hazard too small for its inverse is none
        return ratio(cumulative, hazard, otherwise=np.inf)
