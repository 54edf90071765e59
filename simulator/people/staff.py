"""The table of persons: the weeks in which each joined, began to ramp, and leaves.

Axes: p person slot, l lane. A lane's people fill its slots from the first; a slot is never used twice, so
person p of a lane has the draws of index p in every scenario.
"""

from dataclasses import dataclass, replace

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.people.onboarding import productivity_millionths
from simulator.units import whole

NEVER = 2**40
"""Index for a week that does not come."""


@dataclass(frozen=True, kw_only=True)
class Staff:
    """The people who are or were in the company; weeks are indices of the calendar, intervals half-open."""

    join_week: Ints
    """First week present, negative for founders, NEVER in a free slot, (p, l)."""
    ramp_week: Ints
    """Week in which the buddy took charge, NEVER while waiting for one, (p, l)."""
    leave_week: Ints
    """First week absent, (p, l)."""
    count: Ints
    """Number of slots used, (l,)."""

    def with_slots(self, slots: int) -> "Staff":
        """Give the same people in a table with room for ``slots``, no fewer than it has."""
        more = ((0, slots - len(self.join_week)), (0, 0))
        return replace(
            self,
            join_week=np.pad(self.join_week, more, constant_values=NEVER),
            ramp_week=np.pad(self.ramp_week, more, constant_values=NEVER),
            leave_week=np.pad(self.leave_week, more, constant_values=NEVER),
        )


def founding_staff(slots: int, tenure_weeks: Floats, leaving_tenure_weeks: Floats) -> Staff:
    """Put the people of today, all past their ramp, into a table with room for ``slots``.

    Args:
        slots: persons that a lane can ever have.
        tenure_weeks: since their first day, (developers, l).
        leaving_tenure_weeks: tenure at which they leave, +inf for never, (developers, l).

    Raises:
        ValueError: if there are fewer slots than developers.

    >>> staff = founding_staff(3, np.array([[10.0], [60.0]]), np.array([[12.5], [np.inf]]))
    >>> [headcount(staff, week).item() for week in range(4)]
    [2, 2, 2, 1]
    """
    developers, lanes = tenure_weeks.shape
    if slots < developers:
        raise ValueError(f"slots must be at least developers = {developers}, got {slots}")
    join_week, ramp_week, leave_week = (np.full((slots, lanes), NEVER, np.int64) for _ in range(3))
    join_week[:developers] = -whole(np.ceil(tenure_weeks))
    ramp_week[:developers] = -NEVER
    leave_week[:developers] = _first_week_absent(0, leaving_tenure_weeks - tenure_weeks)
    count = np.full(lanes, developers, np.int64)
    return Staff(join_week=join_week, ramp_week=ramp_week, leave_week=leave_week, count=count)


def hire(staff: Staff, week: int, joiners: Ints, leaving_tenure_weeks: Floats) -> Staff:
    """Put this week's joiners into each lane's next free slots; they wait for a buddy.

    Args:
        staff: before.
        week: their first.
        joiners: how many, (l,).
        leaving_tenure_weeks: tenure at which the person of each slot leaves, +inf for never, (p, l).

    Raises:
        ValueError: if a lane has fewer free slots than joiners.
    """
    slots = staff.join_week.shape[0]
    count = staff.count + joiners
    if (count > slots).any():
        raise ValueError(f"persons of a lane must not exceed {slots} slots, got {count.max()}")
    slot = np.arange(slots)[:, np.newaxis]
    new = (slot >= staff.count) & (slot < count)
    absent = _first_week_absent(week, leaving_tenure_weeks)
    return replace(
        staff,
        join_week=np.where(new, week, staff.join_week),
        leave_week=np.where(new, absent, staff.leave_week),
        count=count,
    )


def start_ramps(staff: Staff, week: int, places: Ints) -> Staff:
    """Give those who wait a buddy, first come first served, as far as the places of each lane go.

    Args:
        staff: before.
        week: in which the ramps begin.
        places: newcomers who can get a buddy now, (l,).
    """
    waiting = present(staff, week) & (staff.ramp_week == NEVER)
    ramp_week = staff.ramp_week.copy()
    left = places.copy()
    for row in np.flatnonzero(waiting.any(axis=1)):
        taken = waiting[row] & (left > 0)
        ramp_week[row, taken] = week
        left -= taken
    return replace(staff, ramp_week=ramp_week)


def present(staff: Staff, week: int) -> Bools:
    """Tell if each person is there in this week, (p, l)."""
    return (staff.join_week <= week) & (week < staff.leave_week)


def headcount(staff: Staff, week: int) -> Ints:
    """Give the people present, (l,)."""
    return _count(present(staff, week))


def leavers(staff: Staff, week: int) -> Ints:
    """Give the people for whom this is the first week absent, (l,)."""
    return _count(staff.leave_week == week)


def mentored(staff: Staff, week: int, *, mentoring_weeks: Floats) -> Ints:
    """Give the newcomers who have a buddy at their side this week, (l,); ``mentoring_weeks`` is (l,)."""
    since = week - staff.ramp_week
    return _count(present(staff, week) & (since >= 0) & (since < mentoring_weeks))


def experienced(staff: Staff, week: int, *, mentoring_weeks: Floats) -> Ints:
    """Give the people present who need no buddy any more, and can be one or interview, (l,)."""
    return _count(present(staff, week) & (week - staff.ramp_week >= mentoring_weeks))


def effective_millionths(staff: Staff, week: int, *, initial_share: Floats, tau_weeks: Floats) -> Ints:
    """Give the productive people in millionths, summed as integers, (l,).

    A week counts as its middle, the first one with a buddy as half a week of ramp; who waits for one has the
    initial share.

    >>> staff = founding_staff(2, np.zeros((1, 1)), np.full((1, 1), np.inf))
    >>> staff = hire(staff, 3, np.array([1]), np.full((2, 1), np.inf))
    >>> effective_millionths(staff, 5, initial_share=np.array([0.25]), tau_weeks=np.array([2.0]))
    array([1250000])
    >>> with_buddy = start_ramps(staff, 5, np.array([1]))
    >>> effective_millionths(with_buddy, 5, initial_share=np.array([0.25]), tau_weeks=np.array([2.0]))
    array([1415899])
    """
    since = np.maximum(week - staff.ramp_week + 0.5, 0.0)
    each = productivity_millionths(since, initial_share=initial_share, tau_weeks=tau_weeks)
    total: Ints = np.where(present(staff, week), each, 0).sum(axis=0, dtype=np.int64)
    return total


def _first_week_absent(week: int, stay_weeks: Floats) -> Ints:
    """Give the first week absent, after a stay in whole weeks, at least the present one."""
    finite = np.minimum(stay_weeks, float(NEVER))
    return np.minimum(week + whole(np.maximum(np.ceil(finite), 1.0)), NEVER)


def _count(those: Bools) -> Ints:
    counted: Ints = those.sum(axis=0, dtype=np.int64)
    return counted
