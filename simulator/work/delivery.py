"""A team delivers items by the week; each takes a cycle time, and its review waits."""

import numpy as np

from simulator.arrays import Floats, Ints, ratio
from simulator.units import DAYS_PER_WEEK

LOAD_SHARE_MAX = 0.99
"""Beyond it a review would wait for ever; at it, a hundred times as long as in a team with time to spare."""


def items_week(feature_days: Floats, *, item_person_days: Floats) -> Floats:
    """Give the items finished in a week, (lanes,).

    >>> items_week(np.array([60.0]), item_person_days=np.array([3.0]))
    array([20.])
    """
    return feature_days / item_person_days


def cycle_time_days(
    headcount: Ints, items_week: Floats, *, items_in_progress_per_developer: Floats
) -> Floats:
    """Calendar days from starting an item to having it: Little's law (1961), in progress over throughput.

    Args:
        headcount: developers present, (lanes,).
        items_week: finished, (lanes,).
        items_in_progress_per_developer: (lanes,).

    Returns:
        (lanes,); +inf where nothing is finished.

    >>> headcount, one_each = np.array([35, 35]), np.ones(2)
    >>> cycle_time_days(headcount, np.array([24.5, 0.0]), items_in_progress_per_developer=one_each)
    array([10., inf])
    """
    in_progress = DAYS_PER_WEEK * items_in_progress_per_developer * headcount
    return ratio(in_progress, items_week, otherwise=np.inf)


def deployments_week(items_week: Floats, *, items_per_deployment: Floats) -> Floats:
    """Give the deployments in a week, (lanes,).

    >>> deployments_week(np.array([24.0]), items_per_deployment=np.array([1.6]))
    array([15.])
    """
    return items_week / items_per_deployment


def load_share(feature_days: Floats, worked_days: Floats) -> Floats:
    """Share of developers' time that goes elsewhere than into features, up to ``LOAD_SHARE_MAX``, (lanes,).

    >>> load_share(np.array([60.0, 0.0, 0.0]), np.array([150.0, 150.0, 0.0]))
    array([0.6 , 0.99, 0.99])
    """
    return np.clip(1.0 - ratio(feature_days, worked_days), 0.0, LOAD_SHARE_MAX)


def review_wait_hours(load_share: Floats, *, review_hours: Floats) -> Floats:
    """Give the hours from asking for a review to having it: review_hours / (1 - load), as in M/M/1.

    >>> review_wait_hours(np.array([0.0, 0.5, 0.99]), review_hours=np.full(3, 4.0)).round(9)
    array([  4.,   8., 400.])
    """
    return review_hours / (1.0 - load_share)
