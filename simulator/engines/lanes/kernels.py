"""The kernels serve many independent stations at once, each first come, first served by c servers.

A station keeps the *sorted* vector V of the ticks at which its servers come free (Kiefer and Wolfowitz,
1955). A job (a, s) starts at max(V1, a); its departure x takes the place of V1 and the vector stays
sorted by V'j = min(max(Vj, x), Vj+1): a median of three on all levels at once.

Axes: j job of a station in order of arrival, l lane (a station), s server.
"""

import numpy as np

from simulator.arrays import Array, Bools, Ints
from simulator.queueing.order import Outcome

FAR = np.int64(1) << 61
"""Tick of a job that does not come: later than any, and still far from overflow."""
LANES_AT_ONCE = 5_000
"""Number of columns that stay in cache while the rows go by; not a power of two, which would alias."""
FEW_SERVERS = 64
"""Number of servers beyond which fewer columns go at once, as their vectors would take hundreds of
megabytes."""


def starts(arrive: Ints, service: Ints, servers: int, *, out: Ints | None = None) -> Ints:
    """Give the start of each job where all wait as long as it takes.

    Args:
        arrive: (j, l), not descending along j; ``FAR`` pads short lanes.
        service: (j, l), at least 1.
        servers: of each station, at least 1.
        out: (j, l), where to put the answer; may be ``arrive`` itself.

    Returns: (j, l)

    >>> arrive = np.array([[0], [1], [2]])
    >>> starts(arrive, np.array([[10], [4], [4]]), 2).ravel()
    array([0, 1, 5])
    """
    start = np.empty_like(arrive) if out is None else out
    several = LANES_AT_ONCE // max(servers // FEW_SERVERS, 1)
    for first in range(0, arrive.shape[1], several):
        columns = slice(first, first + several)
        _sweep(arrive[:, columns], service[:, columns], servers, start[:, columns])
    return start


def _sweep(arrive: Ints, service: Ints, servers: int, start: Ints) -> None:
    if servers > 2:
        _sweep_levels(arrive, service, servers, start)
        return
    soonest, later = np.zeros((2, arrive.shape[1]), dtype=np.int64)
    depart = np.empty_like(later)
    for a, s, begin in zip(arrive, service, start, strict=True):
        np.maximum(soonest, a, out=begin)
        if servers == 1:
            np.add(begin, s, out=soonest)
            continue
        np.add(begin, s, out=depart)
        np.minimum(depart, later, out=soonest)  # x is never below V1
        np.maximum(depart, later, out=later)


def _sweep_levels(arrive: Ints, service: Ints, servers: int, start: Ints) -> None:
    """Go from one vector to another and back: all levels change in one call, however many there are."""
    free = np.zeros((2, servers + 1, arrive.shape[1]), dtype=np.int64)  # (2, s, l) tick
    free[:, -1] = 2 * FAR
    raised, depart = np.empty_like(free[0, :-1]), np.empty_like(free[0, 0])
    now, then = ((vector[0], vector[:-1], vector[1:]) for vector in free)
    for a, s, begin in zip(arrive, service, start, strict=True):
        soonest, levels, above = now
        np.maximum(soonest, a, out=begin)
        np.add(begin, s, out=depart)
        np.maximum(levels, depart, out=raised)
        np.minimum(raised, above, out=then[1])
        now, then = then, now


def outcomes(arrive: Ints, service: Ints, servers: int, *, room: int, patience: Ints) -> tuple[Ints, Array]:
    """Give the start and the outcome of each job where waiting has limits.

    All lanes are first computed as if nobody had to be turned away. Where that leaves no wait beyond
    the patience and no queue beyond the room, it is the answer; the other lanes are done again, job by
    job with the limits.

    Args:
        arrive: (j, l), not descending along j; ``FAR`` pads short lanes.
        service: (j, l), at least 1, and 0 where ``FAR`` pads: more of these than ``room`` must not wait.
        servers: of each station.
        room: places to wait; more than there are jobs are none to be short of.
        patience: ticks that a job waits for a server, (l,).

    Returns:
        Starts, (j, l), meaningless for jobs not served, and outcomes, (j, l) int8.
    """
    start, room = starts(arrive, service, servers), min(room, len(arrive))
    outcome = np.full(arrive.shape, Outcome.SERVED, dtype=np.int8)
    limited = _limits_bind(arrive, start, room, patience)
    if limited.any():
        lanes = np.flatnonzero(limited)
        start[:, lanes], outcome[:, lanes] = _with_limits(
            arrive[:, lanes], service[:, lanes], servers, room, patience[lanes]
        )
    return start, outcome


def _limits_bind(arrive: Ints, start: Ints, room: int, patience: Ints) -> Bools:
    """Tell in which lanes somebody waited beyond the patience, or found ``room`` others waiting."""
    longest = (start - arrive).max(axis=0, initial=0)
    found_full = (start[: max(len(start) - room, 0)] > arrive[room:]).any(axis=0)
    bind: Bools = (longest > patience) | found_full
    return bind


def _with_limits(arrive: Ints, service: Ints, servers: int, room: int, patience: Ints) -> tuple[Ints, Array]:
    """Sweep with a memory of when the last ``room`` jobs that were let in left the queue.

    Those ticks never descend, so the queue is full for a job if the one let in ``room`` before it is
    still there. Giving up comes after the admissions of its tick, so such a job still stands in the
    queue at that tick.
    """
    lanes = np.arange(arrive.shape[1])
    free = np.zeros((servers + 1, len(lanes)), dtype=np.int64)
    free[-1] = 2 * FAR
    left_queue = np.full((max(room, 1), len(lanes)), -1, dtype=np.int64)
    let_in = np.zeros(len(lanes), dtype=np.int64)
    start, outcome = np.empty_like(arrive), np.empty(arrive.shape, dtype=np.int8)
    for a, s, begin, became in zip(arrive, service, start, outcome, strict=True):
        np.maximum(free[0], a, out=begin)
        turn = let_in % len(left_queue)
        full = (begin > a) & ((left_queue[turn, lanes] > a) if room else True)
        late = begin > a + patience
        became[:] = np.where(full, Outcome.TURNED_AWAY, np.where(late, Outcome.GAVE_UP, Outcome.SERVED))
        served = became == Outcome.SERVED
        left_queue[turn, lanes] = np.where(
            full, left_queue[turn, lanes], np.where(late, a + patience + 1, begin)
        )
        let_in += ~full
        depart = np.where(served, begin + s, free[0])
        free[:-1] = np.minimum(np.maximum(free[:-1], depart), free[1:])
    return start, outcome
