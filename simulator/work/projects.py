"""Projects stray from their estimates by reference class, together, and their cut-overs fail and go back.

Axes: a action, l lane.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from simulator.arrays import Bools, Floats, Ints

P90 = float(ndtri(0.9))
PROGRAMME_MEDIAN, PROGRAMME_SIGMA = 0.88, 0.25
"""Programmes that do not overrun by half or more have this lognormal factor, cut there."""
OVERRUN_FROM, OVERRUN_EXPONENT = 1.5, 1.38
"""Those that do have a Pareto tail (Flyvbjerg and Gardner, 2023: 18 % overrun by half or more)."""


@dataclass(frozen=True, kw_only=True)
class Projects:
    """The work of each action of a plan in each run, (a, l) each."""

    effort_days: Floats
    """Person-days until the first try of the cut-over."""
    redo_days: Floats
    """Person-days after each failed try."""
    failures: Ints
    """Number of tries that fail."""
    days_week_max: Floats
    """Person-days a week that people with the skill can give; +inf where all have it."""
    switching_share: Floats
    """People lose this share of their time for each project under way beyond the first, (l,)."""


def certain_projects(person_days: Floats) -> Projects:
    """Give projects that take just the days of their estimates, (a, l)."""
    return Projects(
        effort_days=person_days,
        redo_days=np.zeros_like(person_days),
        failures=np.zeros(person_days.shape, dtype=np.int64),
        days_week_max=np.full_like(person_days, np.inf),
        switching_share=np.zeros(person_days.shape[-1]),
    )


def small_project_factor(normal: Floats, *, median: Floats, p90_over_p10: Floats) -> Floats:
    """Give the factor on the estimate of a project: lognormal, without a cone that narrows (Little, 2006).

    Args:
        normal: standard normal, any shape that ends in (l,).
        median: of the factor, (l,).
        p90_over_p10: its ninth decile over its first, (l,).

    >>> one = np.ones(1)
    >>> factor = small_project_factor(np.array([0.0]), median=1.1 * one, p90_over_p10=4 * one)
    >>> factor.round(6)
    array([1.1])
    """
    sigma = np.log(p90_over_p10) / (2 * P90)
    factor: Floats = median * np.exp(sigma * normal)
    return factor


def programme_factor(normal: Floats, *, overrun_share: Floats, factor_max: Floats) -> Floats:
    """Give the factor on the estimate of a programme: most come in below it, some by a multiple of it.

    Args:
        normal: standard normal, any shape that ends in (l,).
        overrun_share: who overrun by half or more, (l,).
        factor_max: at which one is given up, (l,).

    >>> share, most = np.array([0.18]), np.array([10.0])
    >>> normal = np.array([[0.0], [3.0]])
    >>> programme_factor(normal, overrun_share=share, factor_max=most).ravel().round(3)
    array([ 0.943, 10.   ])
    """
    below = ndtr(normal)
    usual = 1.0 - overrun_share
    place = np.clip(below / np.maximum(usual, 1e-12), 0.0, 1.0)
    within: Floats = PROGRAMME_MEDIAN * np.exp(PROGRAMME_SIGMA * ndtri(place))
    within = np.minimum(within, OVERRUN_FROM)
    left = np.clip((1.0 - below) / np.maximum(overrun_share, 1e-12), 1e-12, 1.0)
    beyond: Floats = np.minimum(OVERRUN_FROM * left ** (-1.0 / OVERRUN_EXPONENT), factor_max)
    return np.where(below < usual, within, beyond)


def together(common: Floats, own: Floats, correlation: float) -> Floats:
    """Standard normals of projects that share a factor, (a, l): each pair has this correlation.

    >>> together(np.array([1.0]), np.array([[0.0], [2.0]]), 0.36).ravel().round(9)
    array([0.6, 2.2])
    """
    mixed: Floats = np.sqrt(correlation) * common + np.sqrt(1.0 - correlation) * own
    return mixed


def failed_tries(uniform: Floats, failure_share: Floats, cuts_over: Bools) -> Ints:
    """Give the tries of a cut-over that fail before one succeeds, at most one fewer than there are, (a, l).

    Args:
        uniform: of each try but the last, (a, tries, l).
        failure_share: that a try fails, (l,).
        cuts_over: whether an action ends in a cut-over, (a, 1).

    >>> tries = np.array([[[0.1], [0.3], [0.05]]])
    >>> failed_tries(tries, np.array([0.2]), np.array([[True]]))
    array([[1]])
    """
    failed = np.logical_and.accumulate(uniform < failure_share, axis=1)
    return np.where(cuts_over, failed.sum(axis=1, dtype=np.int64), 0)
