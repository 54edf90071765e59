"""A move of data advances by the week: copied, carried over, verified, and then switched.

Arrays are (lanes,).
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from simulator.arrays import Bools, Floats
from simulator.units import HOURS_PER_WEEK, MB_PER_GB, S_PER_HOUR


class Phase(IntEnum):
    """A week leaves a move in this phase."""

    NONE = 0
    COPY = 1
    CATCH_UP = 2
    VERIFY = 3
    SWITCH = 4
    CLEAN_UP = 5


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Work that is left before the switch, (lanes,) each."""

    left_gb: Floats
    """Data that are still to be copied, in GB."""
    behind_gb: Floats
    """Data written since the copy began and still to be carried over, in GB."""
    unverified_gb: Floats

    @property
    def done(self) -> Bools:
        """Tell if all is ready for the switch."""
        done: Bools = (self.left_gb <= 0) & (self.behind_gb <= 0) & (self.unverified_gb <= 0)
        return done

    @property
    def phase(self) -> Floats:
        """Give the first phase that is not over; ``SWITCH`` where all are."""
        over = [self.left_gb > 0, self.behind_gb > 0, self.unverified_gb > 0]
        phase: Floats = np.select(over, [Phase.COPY, Phase.CATCH_UP, Phase.VERIFY], Phase.SWITCH)
        return phase


@dataclass(frozen=True, kw_only=True)
class MovedWeek:
    """Progress of a move within one week."""

    progress: Progress
    """Work that is left at the end of the week."""
    hours: Floats
    """The move took this many hours of the week."""
    falls_behind: Bools
    """True means that what is written comes faster than it is carried over: such a move never ends."""


def gb_per_hour(mb_per_s: Floats) -> Floats:
    """Convert MB a second into GB an hour, the unit of a week's work.

    >>> gb_per_hour(np.array([50.0]))
    array([180.])
    """
    return mb_per_s * S_PER_HOUR / MB_PER_GB


def moved_in_week(progress: Progress, rate: Floats, writes: Floats) -> MovedWeek:
    """Take the phases one after the other, as far as the week goes.

    D GB are copied in D / R hours. What was written in them, W an hour, is carried over at R while W an hour
    come on top: in W D / R / (R - W) hours, and never from W = R on. Verifying reads its part at R; what is
    written by then is carried over as it comes.

    Args:
        progress: at the beginning of the week.
        rate: R, in GB an hour, less what the throttle held back.
        writes: W, in GB an hour.

    >>> one = np.ones(1)
    >>> start = Progress(left_gb=100 * one, behind_gb=0 * one, unverified_gb=50 * one)
    >>> moved_in_week(start, 10 * one, 2 * one).hours  # 10 + 2.5 + 5
    array([17.5])
    """
    left_hours = np.full(len(rate), float(HOURS_PER_WEEK))
    copying = np.minimum(_hours(progress.left_gb, rate), left_hours)
    left_gb = _rest(progress.left_gb, rate, left_hours)
    left_hours = left_hours - copying
    behind = progress.behind_gb + writes * copying
    catching_up = np.minimum(_hours(behind, rate - writes), left_hours)
    stuck = (left_gb <= 0) & (behind > 0) & (rate <= writes)
    behind_gb = np.where(
        left_gb > 0,
        behind,
        np.where(stuck, behind + (writes - rate) * left_hours, _rest(behind, rate - writes, left_hours)),
    )
    catching_up = np.where(left_gb > 0, 0.0, catching_up)
    left_hours = left_hours - catching_up
    ready = (left_gb <= 0) & (behind_gb <= 0)
    verifying = np.where(ready, np.minimum(_hours(progress.unverified_gb, rate), left_hours), 0.0)
    unverified = np.where(ready, _rest(progress.unverified_gb, rate, left_hours), progress.unverified_gb)
    return MovedWeek(
        progress=Progress(left_gb=left_gb, behind_gb=behind_gb, unverified_gb=unverified),
        hours=copying + catching_up + verifying,
        falls_behind=(left_gb + behind_gb > 0) & (rate <= writes),
    )


def _hours(gb: Floats, rate: Floats) -> Floats:
    """Tell how long so much takes; for ever where nothing goes."""
    forever = np.where(gb > 0, np.inf, 0.0)
    return np.divide(gb, rate, out=forever, where=(gb > 0) & (rate > 0))


def _rest(gb: Floats, rate: Floats, hours: Floats) -> Floats:
    """Tell what is left of it after so many hours: exactly nothing where they suffice."""
    return np.where(_hours(gb, rate) <= hours, 0.0, gb - np.maximum(rate, 0.0) * hours)
