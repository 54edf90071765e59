"""Incidents: how many a week has, and what they take."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Floats, Ints, ratio
from simulator.units import (
    HOURS_PER_WEEK,
    MONTHS_PER_WEEK,
    WORKING_DAYS_PER_WEEK,
    WORKING_HOURS_PER_DAY,
)

MEAN_MAX = 700.0
"""Largest mean of ``poisson_count``: exp(-700) is still a normal number. A larger one counts as this."""


def poisson_count(uniform: Floats, mean: Floats) -> Ints:
    """Give the poisson variate by inversion: the smallest n whose cumulative probability reaches the uniform.

    The terms follow p(n+1) = p(n) mean / (n+1); for one uniform the count never falls as the mean rises. The
    search ends where a term past the mean no longer changes the sum, which is short of 1 by rounding.

    Args:
        uniform: in [0, 1), (lanes,).
        mean: at most ``MEAN_MAX``, what exceeds it is cut, (lanes,).

    >>> poisson_count(np.array([0.3, 0.9, 0.9, 0.5]), np.array([1.0, 1.0, 0.0, 100.0]))
    array([  0,   2,   0, 100])
    """
    mean = np.minimum(mean, MEAN_MAX)
    return _inverted(uniform, mean, np.exp(-mean), lambda term, count: term * mean / count)


def overdispersed_count(uniform: Floats, mean: Floats, dispersion: float) -> Ints:
    """Negative binomial variate by inversion, with a variance of ``dispersion`` times the mean.

    With r = mean / (d - 1) and q = 1 - 1/d terms follow p(n+1) = p(n) q (n + r) / (n + 1); for d = 1 it is
    Poisson's law. For one uniform the count never falls as the mean rises.

    Args:
        uniform: in [0, 1), (lanes,).
        mean: at most ``MEAN_MAX``, what exceeds it is cut, (lanes,).
        dispersion: at least 1.

    >>> overdispersed_count(np.array([0.4, 0.9, 0.9]), np.array([0.5, 0.5, 0.0]), 2.0)
    array([0, 2, 0])
    """
    if dispersion == 1.0:
        return poisson_count(uniform, mean)
    mean = np.minimum(mean, MEAN_MAX)
    shape, ratio = mean / (dispersion - 1.0), 1.0 - 1.0 / dispersion
    none = np.exp(-shape * np.log(dispersion))
    return _inverted(uniform, mean, none, lambda term, count: term * ratio * (count - 1 + shape) / count)


def _inverted(
    uniform: Floats, mean: Floats, none: Floats, following: Callable[[Floats, int], Floats]
) -> Ints:
    """Add up the terms of a law, each from the one before and its count, until they reach the uniform."""
    count = np.zeros(uniform.shape, np.int64)
    term = cumulative = none
    index = 0
    searching = uniform > cumulative
    while searching.any():
        index += 1
        count += searching
        term = following(term, index)
        reached = cumulative + term
        searching = searching & (uniform > reached) & ((index < mean) | (reached > cumulative))
        cumulative = reached
    return count


def incidents_mean_week(
    *,
    changes_ratio: Floats,
    debt_ratio: Floats,
    components_ratio: Floats,
    overloaded: Bools,
    changes_share: Floats,
    per_week: Floats,
    overload_per_week: Floats,
) -> Floats:
    """Give the mean incidents of a week: of changes, of what can fail, and further ones under overload.

    Triggers are binaries in 37 and configuration in 31 % of cases (Site Reliability Workbook, appendix C), so
    that 68 % move with what is changed, and with the root of the debt that it is changed in.

    Args:
        changes_ratio: days of building over those of today, (lanes,).
        debt_ratio: stock of debt over that of today, (lanes,).
        components_ratio: nodes and services over those of today, (lanes,).
        overloaded: whether a tier is past its critical limit, (lanes,).
        changes_share: of the incidents of today, those that follow changes, (lanes,).
        per_week: incidents of today, (lanes,).
        overload_per_week: further ones, (lanes,).

    >>> one = np.ones(1)
    >>> incidents_mean_week(
    ...     changes_ratio=2 * one, debt_ratio=4 * one, components_ratio=3 * one, overloaded=np.array([True]),
    ...     changes_share=0.5 * one, per_week=one, overload_per_week=0.25 * one,
    ... )
    array([3.75])
    """
    of_changes = changes_share * changes_ratio * np.sqrt(debt_ratio)
    of_components = (1.0 - changes_share) * components_ratio
    return per_week * (of_changes + of_components) + np.where(overloaded, overload_per_week, 0.0)


def durations_hours(normal: Floats, *, median_hours: Floats, sigma: Floats) -> Floats:
    """Give durations of incidents, lognormal, any shape that ends in (lanes,).

    53 % of published ones last less than two hours and the longest 5 % hold 44 % of all hours (VOID, 2021).

    >>> durations_hours(np.array([0.0]), median_hours=np.array([1.79]), sigma=np.array([1.5]))
    array([1.79])
    """
    hours: Floats = median_hours * np.exp(sigma * normal)
    return hours


def severities(uniform: Floats, *, mean_share: Floats) -> Floats:
    """Give the share of the revenue that incidents take, of any shape that ends in (lanes,).

    It is a beta of 1 and 1/mean - 1, and goes by itself, whatever the duration (VOID, 2021).

    >>> severities(np.array([0.0, 0.5]), mean_share=np.array([0.2, 0.2])).round(6)
    array([0.      , 0.159104])
    """
    mean = np.minimum(mean_share, 1.0 - 1e-9)
    share: Floats = 1.0 - (1.0 - uniform) ** (mean / (1.0 - mean))
    return share


@dataclass(frozen=True, kw_only=True)
class Outages:
    """The hours of some incidents, (lanes,) each."""

    hours: Floats
    """Hours in which an incident lasts."""
    severity_hours: Floats
    """Equivalent hours without any revenue: each hour weighed by its severity."""


def outages_of_week(left: Outages, fresh: Outages) -> tuple[Outages, Outages]:
    """Share out the hours of incidents, old and fresh, between a week and those after it.

    Incidents follow each other: a week sees at most its 168 hours.

    >>> none, long = Outages(hours=np.zeros(1), severity_hours=np.zeros(1)), np.array([210.0])
    >>> seen, left = outages_of_week(none, Outages(hours=long, severity_hours=long / 2))
    >>> seen.hours, seen.severity_hours, left.hours
    (array([168.]), array([84.]), array([42.]))
    """
    hours, severe = left.hours + fresh.hours, left.severity_hours + fresh.severity_hours
    seen = ratio(np.minimum(hours, float(HOURS_PER_WEEK)), hours, otherwise=1.0)
    return (
        Outages(hours=hours * seen, severity_hours=severe * seen),
        Outages(hours=hours * (1.0 - seen), severity_hours=severe * (1.0 - seen)),
    )


def incident_days(incidents: Ints, *, staff_hours: Floats) -> Floats:
    """Give the person-days that the incidents take, (lanes,).

    >>> incident_days(np.array([2]), staff_hours=np.array([12.0]))
    array([3.])
    """
    return incidents * staff_hours / WORKING_HOURS_PER_DAY


def incident_revenue_lost_eur(severity_hours: Floats, *, revenue_week_eur: Floats) -> Floats:
    """Give the revenue that incidents cost: that of as many hours as they come to without any, (lanes,).

    >>> incident_revenue_lost_eur(np.array([2.1]), revenue_week_eur=np.array([160_000.0]))
    array([2000.])
    """
    return severity_hours / HOURS_PER_WEEK * revenue_week_eur


def incident_staff_eur(incidents: Ints, *, staff_hours: Floats, salary_eur_month: Floats) -> Floats:
    """Give the pay of the hours that people spend on incidents; it is part of the salaries, not beside them.

    >>> incident_staff_eur(np.array([2]), staff_hours=np.array([12.0]), salary_eur_month=np.array([5200.0]))
    array([720.])
    """
    day_eur = salary_eur_month * MONTHS_PER_WEEK / WORKING_DAYS_PER_WEEK
    return incident_days(incidents, staff_hours=staff_hours) * day_eur
