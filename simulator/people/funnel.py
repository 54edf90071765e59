"""Candidates go through the stages: yields, the time of interviews, and the decision grid.

Axes: i stage, k candidate, l lane.
"""

from typing import Literal

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.units import (
    HOURS_PER_WEEK,
    TICKS_PER_HOUR,
    WORKING_HOURS_PER_DAY,
    WORKING_HOURS_PER_WEEK,
    whole,
    whole_ticks,
)

Decision = Literal["strong hire", "weak hire", "no hire"]


def interviewers(fixed: int, *, per_experienced: Floats, experienced: Ints) -> Ints:
    """Interviewers of a stage: the fixed ones, and whole people for the experienced developers there are.

    >>> interviewers(1, per_experienced=np.array([0.1, 0.1]), experienced=np.array([35, 9]))
    array([4, 1])
    """
    return fixed + whole(np.floor(per_experienced * experienced))


def booked_ticks(interview_hours: Floats, *, hours_week: Floats) -> Ints:
    """Calendar ticks until an interviewer has time for the next candidate, at least one.

    Somebody who gives h of the 168 hours of a week to interviews gives an hour of them in 168 / h hours of
    calendar, so that a week has room for h hours of interviews, whatever the hour they begin at. The
    candidate does not wait for that: see ``interview_ticks``.

    Args:
        interview_hours: of working time, with preparation and notes, (l,).
        hours_week: that the interviewer gives to this stage in a week, (l,).

    >>> booked_ticks(np.array([2.0, 0.0]), hours_week=np.array([8.0, 8.0])) // TICKS_PER_HOUR
    array([42,  0])
    """
    return whole_ticks(interview_hours * (HOURS_PER_WEEK / hours_week) * TICKS_PER_HOUR, at_least=1)


def interview_ticks(interview_hours: Floats, *, hours_week: Floats) -> Ints:
    """Calendar ticks after which a candidate is through an interview, at least one.

    It takes its own hours of working time, 40 in a week, whatever else the interviewer does in the rest of
    it; where one gives more than these 40, as many as are given.

    Args:
        interview_hours: as in ``booked_ticks``, (l,).
        hours_week: as in ``booked_ticks``, (l,).

    >>> interview_ticks(np.array([2.0, 40.0]), hours_week=np.array([8.0, 8.0])) / TICKS_PER_HOUR
    array([  8.4, 168. ])
    """
    return booked_ticks(interview_hours, hours_week=np.maximum(hours_week, float(WORKING_HOURS_PER_WEEK)))


def interview_days(interviews: Ints, *, interview_hours: Floats, panel: int) -> Floats:
    """Person-days that a stage's interviews of this week take: everybody in the room loses the hours.

    >>> interview_days(np.array([4]), interview_hours=np.array([2.0]), panel=3)
    array([3.])
    """
    return interviews * panel * interview_hours / WORKING_HOURS_PER_DAY


def interview_decision(*, technical_points: float, soft_points: float, culture_points: float) -> Decision:
    """Decide by the grid of 60 technical, 30 soft and 10 culture points.

    80 and more is a strong hire, 60 to under 80 a weak one, to be discussed, under 60 none: the bands are
    half-open, so that 79.5 has its place.

    Raises:
        ValueError: if a part is outside its range.

    >>> interview_decision(technical_points=50, soft_points=22, culture_points=7.5)
    'weak hire'
    """
    parts = (("technical", technical_points, 60), ("soft", soft_points, 30), ("culture", culture_points, 10))
    for name, points, most in parts:
        if not 0 <= points <= most:
            raise ValueError(f"{name}_points must be between 0 and {most}, got {points:g}")
    total = technical_points + soft_points + culture_points
    if total >= 80:
        return "strong hire"
    return "weak hire" if total >= 60 else "no hire"
