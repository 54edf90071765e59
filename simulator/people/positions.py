"""Positions open, finalists get them, and start after their notice.

Axes: k finalist, l lane.
"""

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.units import whole


def planned_headcount(week: int, *, start: int, added: int, horizon_weeks: int) -> int:
    """People the plan wants by the end of a week: positions open evenly, the last one in the last week.

    >>> [planned_headcount(week, start=35, added=8, horizon_weeks=52) for week in (0, 5, 6, 51)]
    [35, 35, 36, 43]
    """
    return start + min((week + 1) * added // horizon_weeks, added)


def open_positions(planned: int, *, present: Ints, accepted: Ints, departed: Ints, backfill: bool) -> Ints:
    """Give the positions open now: planned, less those present and those who accepted but have not started.

    Args:
        planned: headcount, see ``planned_headcount``.
        present: people there, (l,).
        accepted: hires who have not started, (l,).
        departed: people who have left since week 0, (l,).
        backfill: whether those who leave are replaced; if not, the plan shrinks by them.

    >>> present, accepted, departed = np.array([33, 36]), np.array([1, 2]), np.array([2, 0])
    >>> open_positions(36, present=present, accepted=accepted, departed=departed, backfill=True)
    array([2, 0])
    >>> open_positions(36, present=present, accepted=accepted, departed=departed, backfill=False)
    array([0, 0])
    """
    wanted = planned - present - accepted
    opened: Ints = np.maximum(wanted if backfill else wanted - departed, 0)
    return opened


def applications_received(sent: Ints, *, open_positions: Ints, limit_week: int) -> Ints:
    """Give the applications of a week: none while no position is open, and no more than can be read.

    >>> applications_received(np.array([20, 20, 99]), open_positions=np.array([0, 1, 1]), limit_week=50)
    array([ 0, 20, 50])
    """
    return np.where(open_positions > 0, np.minimum(sent, limit_week), 0)


def hires_of(finalists: Ints, open_positions: Ints) -> Ints:
    """Give the finalists who get an offer they accept: no more than there are positions.

    >>> hires_of(np.array([3, 1]), np.array([2, 2]))
    array([2, 1])
    """
    return np.minimum(finalists, open_positions)


def start_week(week: int, uniform: Floats, *, notice_weeks_min: Floats, notice_weeks_max: Floats) -> Ints:
    """Give the first week at work of somebody who accepts in ``week``: after the notice, at the next Monday.

    Args:
        week: of acceptance; nobody starts in it.
        uniform: in [0, 1), (l,) or (k, l).
        notice_weeks_min: (l,).
        notice_weeks_max: (l,).

    >>> shortest, longest = np.array([0.0, 4.0]), np.full(2, 13.0)
    >>> start_week(10, np.array([0.0, 0.5]), notice_weeks_min=shortest, notice_weeks_max=longest)
    array([11, 19])
    """
    notice = notice_weeks_min + uniform * (notice_weeks_max - notice_weeks_min)
    return week + whole(np.maximum(np.ceil(notice), 1.0))
