"""The ramp of a newcomer, and what it asks of the others."""

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.units import WORKING_DAYS_PER_WEEK

MILLIONTHS = 1_000_000
"""Productivity is counted in integers of 1e-6, so that a sum over people does not depend on its order."""


def productivity_millionths(weeks: Ints | Floats, *, initial_share: Floats, tau_weeks: Floats) -> Ints:
    """Give the productivity ``weeks`` after the ramp began: p(t) = 1 - (1 - p0) exp(-t / tau), in millionths.

    Args:
        weeks: since the buddy took charge, not negative, (lanes,) or (p, lanes).
        initial_share: p0, (lanes,).
        tau_weeks: time constant, (lanes,).

    >>> weeks, initial, tau = np.array([0, 2, 6]), np.full(3, 0.2), np.full(3, 2.0)
    >>> productivity_millionths(weeks, initial_share=initial, tau_weeks=tau)
    array([200000, 705696, 960170])
    """
    missing = (1.0 - initial_share) * np.exp(-(weeks / tau_weeks))
    return np.rint(MILLIONTHS * (1.0 - missing)).astype(np.int64)


def weeks_to_full(tau_weeks: Floats) -> Floats:
    """Weeks to full productivity, which is 95 % from nothing: 1 - exp(-3) = 0.950 after three time constants.

    >>> weeks_to_full(np.array([2.0]))
    array([6.])
    """
    return 3.0 * tau_weeks


def mentoring_days(mentored: Ints, joiners: Ints, *, mentor_time_share: Floats, setup_days: Floats) -> Floats:
    """Give the person-days that newcomers take from the team this week.

    Args:
        mentored: newcomers with a buddy; each takes ``mentor_time_share`` of a mentor's week, (lanes,).
        joiners: people whose first week this is, each of whom loses ``setup_days``, (lanes,).
        mentor_time_share: of an experienced person, for each newcomer, (lanes,).
        setup_days: until accounts and tools work, (lanes,).

    >>> mentoring_days(
    ...     np.array([4]), np.array([1]), mentor_time_share=np.array([0.25]), setup_days=np.array([2.0])
    ... )
    array([7.])
    """
    return WORKING_DAYS_PER_WEEK * mentor_time_share * mentored + setup_days * joiners
