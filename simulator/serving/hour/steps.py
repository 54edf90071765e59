"""The coarse simulation of stations through an hour, in steps of seconds, all noise drawn before.

In a step so many come and so many can be served, each with the variance of their kind. What cannot wait
leaves. A grid of steps sees a limit too late by κ, 0.5826 times the spread of a step (Siegmund, 1979;
Broadie, Glasserman and Kou, 1997) and less where the load drives the backlog against it within a step (Chang
and Peres, 1997): the backlog is cut 2κ below it, and is κ more than the grid says where there is any.

Axes: t step, r row of stations, l lane.
"""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Floats, ratio
from simulator.units import S_PER_HOUR

STEPS = 240
"""Number of steps of an hour, 15 seconds each, or of a longer stretch of hours that are loaded alike."""
STEPS_OF_DRAIN = 60
"""Number of steps of a stretch in which backlogs only drain, which leaves nothing to chance."""
OVERSHOOT = 0.5826
"""Overshoot of a grid of steps without drift, -ζ(1/2) / √(2π), in spreads of a step."""
LEAST_LIMIT = 4 * OVERSHOOT
"""Shortest limit, in spreads of a step, that a grid resolves; a shorter one settles within a few steps."""


@dataclass(frozen=True, kw_only=True)
class Flow:
    """The results of a row of stations in an hour."""

    wait_s: Floats
    """Wait of an arrival in the middle of each step, (t, r, l)."""
    done: Floats
    """Visits that were served in each step, (t, r, l)."""
    lost_share: Floats
    """Share of the visits that could not wait, (r, l)."""
    left: Floats
    """Backlog at the end, in visits, (r, l)."""
    waiting_s: Floats
    """Time with a backlog, (r, l)."""


@dataclass(frozen=True, kw_only=True)
class Station:
    """The constants of a row of stations in an hour, (r, l) each."""

    capacity_per_s: Floats
    """Capacity in visits a second."""
    overshoot: Floats
    """Overshoot κ by which the grid sees a limit too late, in visits."""
    step_s: float
    near: Bools
    """True where the load may make a backlog; elsewhere there is none once the first has gone."""
    most: Floats | None = None
    """Backlog from which on no more may wait; None where all may."""


def step_s_of(hours: int, steps: int = STEPS) -> float:
    """Give the length of a step of so many hours."""
    return hours * S_PER_HOUR / steps


def spread_of_step(
    come_per_s: Floats, gap_scv: Floats, able_per_s: Floats, work_scv: Floats, step_s: float
) -> Floats:
    """Give the standard deviation of a step's change of the backlog, in visits.

    >>> one = np.ones(1)
    >>> spread_of_step(40 * one, one, 40 * one, one, 15.0).round(3)  # 4 servers of 100 ms
    array([34.641])
    """
    return np.sqrt((come_per_s * gap_scv + able_per_s * work_scv) * step_s)


def overshoot_of(drift: Floats, spread: Floats) -> Floats:
    """Give the overshoot κ by which a grid of steps sees a limit too late.

    The highest of a Brownian motion that falls by β spreads a step is 1/(2β) of them in the mean, and less by
    κ at the ends of its steps: by 0.5826 - β/4 + 0.0415 β² - …, and from β = 2 on, where hardly any step is
    higher than the one before, by almost all of it. The two are within three percent where they meet.

    Args:
        drift: change of the backlog in a step, in visits.
        spread: its standard deviation.

    >>> one = np.ones(3)
    >>> overshoot_of(np.array([0.0, 0.5, 4.0]), one).round(3)
    array([0.583, 0.468, 0.125])
    """
    pull = ratio(np.abs(drift), spread)
    near = OVERSHOOT + pull * (pull * 0.0415 - 0.25)
    return np.where(pull < 2.0, near, 0.5 / np.maximum(pull, 2.0)) * spread


def added_up(values: Floats) -> Floats:
    """Add up over the first axis, row by row: no lane's rounding depends on how many lanes there are.

    A single column would be added up in pairs, so it is added up beside itself.
    """
    single = values[0].size == 1
    rows = np.repeat(values.reshape(-1, 1), 2, axis=1) if single else values
    total: Floats = np.add.reduce(rows, axis=0)
    return total[:1].reshape(values.shape[1:]) if single else total


def flow_of(station: Station, come: Floats, able: Floats, start: Floats) -> Flow:
    """Take stations through an hour.

    Args:
        station: what is steady.
        come: visits in each step, (t, r, l).
        able: that can be served in each step, (t, r, l).
        start: backlog, (r, l).
    """
    far = ~station.near & (start <= 0)
    if far.any():
        able = np.where(far, np.inf, able)
    overshoot = station.overshoot
    kept = None if station.most is None else np.maximum(station.most - 2 * overshoot, 0.0)
    levels = _levels(station, come, able, start, kept)
    over = levels[:-1] + come
    done = np.minimum(over, able)
    lost = np.zeros(start.shape)
    if kept is not None:
        over -= done
        over -= kept
        lost = added_up(np.maximum(over, 0.0, out=over)) / added_up(come)
    if not station.near.all():
        _stay_empty(station, come, done, levels[1:])
    left, waiting = levels[-1].copy(), np.count_nonzero(levels[1:], axis=0)
    if overshoot.any():
        levels += overshoot * (levels > 0)
    waits = levels[:-1] + levels[1:]
    waits /= 2 * station.capacity_per_s
    return Flow(
        wait_s=waits,
        done=done,
        lost_share=lost,
        left=left,
        waiting_s=station.step_s * waiting.astype(np.float64),
    )


def _levels(station: Station, come: Floats, able: Floats, start: Floats, kept: Floats | None) -> Floats:
    """Give the backlog before the first step and after each, (t + 1, r, l), at most ``kept``.

    What can be done in a step is subtracted from what is there, so that a step takes as few calls as it can.
    """
    levels, nothing = np.empty((len(come) + 1, *start.shape)), np.zeros(start.shape)
    levels[0] = before = start
    fading = kept is None and not station.near.any()
    add, subtract, maximum, minimum = np.add, np.subtract, np.maximum, np.minimum
    for step, (after, coming, ability) in enumerate(zip(levels[1:], come, able, strict=True)):
        if fading and not before.any():  # what the load does not make will not come again
            levels[step + 1 :] = 0.0
            break
        add(before, coming, out=after)
        subtract(after, ability, out=after)
        maximum(after, nothing, out=after)
        if kept is not None:
            minimum(after, kept, out=after)
        before = after
    return levels


def _stay_empty(station: Station, come: Floats, done: Floats, left: Floats) -> None:
    """Pass on what comes, once a backlog has gone that the load does not make."""
    gone = np.logical_or.accumulate(left <= 0, axis=0) & ~station.near
    left[gone] = 0.0
    since = gone[:-1]
    done[1:][since] = come[1:][since]
