"""The busy time of servers and calls within each cell's window, from which utilisation follows.

All sums are of integers, so they do not depend on the order in which they are taken.
"""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Ints
from simulator.serving.calls.rows import Calls
from simulator.serving.window.served import Applies, Served, overlap
from simulator.serving.window.work import RequestWork


@dataclass(frozen=True, kw_only=True)
class Busy:
    """Ticks spent within each cell's window, gathered a few rows at a time."""

    in_service: Ints
    """Worker ticks, (c,)."""
    in_database: Ints
    """Ticks of calls waiting or served, (c,)."""
    in_shard: Ints
    """Core ticks of queries, (c, s)."""

    @classmethod
    def of(cls, cells: int, *, shards: int) -> "Busy":
        """Begin with no time spent."""
        return cls(
            in_service=np.empty(cells, dtype=np.int64),
            in_database=np.empty(cells, dtype=np.int64),
            in_shard=np.empty((cells, shards), dtype=np.int64),
        )


def add_requests(
    busy: Busy, rows: slice, work: RequestWork, served: Served, window: tuple[Ints, Ints]
) -> None:
    """Ticks spent within the windows of some cells, in the database only where each request makes one call.

    ``window`` is where each of these cells' windows opens and closes, in ticks, (rows, 1) both.

    Of [start, end) that is the end less the start, both moved into the window: then a tick that ends one
    interval and begins the next is moved once, and what had no start and no end adds nothing.
    """
    service_end = _within(served.service_end[rows], *window)
    served_ticks = service_end.sum(axis=1)
    busy.in_service[rows] = served_ticks - _within(served.service_start[rows], *window).sum(axis=1)
    if work.calls.routes is not None:
        return
    start, end = (
        _within(ticks.reshape(work.arrive.shape)[rows], *window)
        for ticks in (served.calls.start, served.calls.end)
    )
    left = np.maximum(service_end, end)  # a call that was not made, or is not back, took no time
    busy.in_database[rows] = left.sum(axis=1) - served_ticks
    spent = np.subtract(end, start, out=left)
    here = busy.in_shard[rows]
    shard = work.calls.shard.reshape(work.arrive.shape)[rows]
    at = shard + np.arange(0, here.size, here.shape[1])[:, np.newaxis]
    # As float64 these counts of ticks are exact: a window is far shorter than 2**53 ticks.
    here[:] = np.bincount(at.reshape(-1), spent.reshape(-1), minlength=here.size).reshape(here.shape)


def add_calls(busy: Busy, calls: Calls, served: Served, window: tuple[Ints, Ints]) -> None:
    """Add the database's time, where requests have calls of their own; ``window`` in ticks, (c,) both."""
    cell, times, (cells, shards) = calls.cell, served.calls, busy.in_shard.shape
    opens, closes = (edge[cell] for edge in window)
    inside = overlap(times.arrive, times.end, opens, closes)
    busy.in_database[:] = np.bincount(cell, inside, minlength=cells)
    spent = overlap(times.start, times.end, opens, closes)
    served_ticks = np.bincount(cell * shards + calls.shard, spent, minlength=cells * shards)
    busy.in_shard[:] = served_ticks.reshape(cells, shards)


def _within(ticks: Ints, opens: Ints, closes: Ints) -> Ints:
    moved: Ints = np.minimum(ticks, closes)
    return np.maximum(moved, opens, out=moved)


def applying_ticks(calls: Calls, applies: Applies, shape: tuple[int, ...], opens: Ints, closes: Ints) -> Ints:
    """Give the core ticks of writes applied within each cell's window, of ``shape`` (c, s)."""
    spent = overlap(applies.start, applies.end, opens[applies.cell], closes[applies.cell])
    at = applies.cell * shape[1] + calls.shard[calls.row(applies.cell, applies.call)]
    return np.bincount(at, spent, minlength=shape[0] * shape[1]).astype(np.int64).reshape(shape)
