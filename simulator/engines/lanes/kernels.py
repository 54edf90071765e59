"""First come, first served by c servers, for many independent stations at once.

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
LANES_AT_ONCE = 3_072
"""Columns that stay in cache while the rows go by; not a power of two, which would alias."""


def starts(arrive: Ints, service: Ints, servers: int, *, out: Ints | None = None) -> Ints:
    """Start of each job where all wait as long as it takes.

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
    for first in range(0, arrive.shape[1], LANES_AT_ONCE):
        columns = slice(first, first + LANES_AT_ONCE)
        _sweep(arrive[:, columns], service[:, columns], servers, start[:, columns])
    return start


def _sweep(arrive: Ints, service: Ints, servers: int, start: Ints) -> None:
    free = np.zeros((servers, arrive.shape[1]), dtype=np.int64)  # (s, l) tick
    depart, between = np.empty_like(free[0]), np.empty_like(free[0])
    lowest, highest = free[0], free[-1]
    inner = [(free[level], free[level + 1]) for level in range(1, servers - 1)]
    for a, s, begin in zip(arrive, service, start, strict=True):
        np.maximum(lowest, a, out=begin)
        if servers == 1:
            np.add(begin, s, out=lowest)
            continue
        np.add(begin, s, out=depart)
        np.minimum(depart, free[1], out=lowest)  # x is never below V1
        for level, above in inner:
            np.maximum(level, depart, out=between)
            np.minimum(between, above, out=level)
        np.maximum(highest, depart, out=highest)


def outcomes(arrive: Ints, service: Ints, servers: int, *, room: int, patience: Ints) -> tuple[Ints, Array]:
    """Start and outcome of each job where waiting has limits.

    All lanes are first computed as if nobody had to be turned away. Where that leaves no wait beyond
    the patience and no queue beyond the room, it is the answer; the other lanes are done again, job by
    job with the limits.

    Args:
        arrive: (j, l), not descending along j; ``FAR`` pads short lanes.
        service: (j, l), at least 1.
        servers: of each station.
        room: places to wait.
        patience: ticks that a job waits for a server, (l,).

    Returns:
        Starts, (j, l), meaningless for jobs not served, and outcomes, (j, l) int8.
    """
    start = starts(arrive, service, servers)
    outcome = np.full(arrive.shape, Outcome.SERVED, dtype=np.int8)
    limited = _limits_bind(arrive, start, room, patience)
    if limited.any():
        lanes = np.flatnonzero(limited)
        start[:, lanes], outcome[:, lanes] = _with_limits(
            arrive[:, lanes], service[:, lanes], servers, room, patience[lanes]
        )
    return start, outcome


def _limits_bind(arrive: Ints, start: Ints, room: int, patience: Ints) -> Bools:
    """Lanes in which somebody waited beyond the patience, or found ``room`` others waiting."""
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
