"""Latencies of each cell's requests: percentiles, a histogram, and the number without an answer."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.arrays import Array, Ints
from simulator.serving.calls.rows import HIT
from simulator.serving.window.served import Served
from simulator.serving.window.work import RequestWork
from simulator.units import TICKS_PER_WEEK

PERCENTS = (50, 95, 99)
BIN_SHIFT = 17
"""Bits of a float32 below its bin: what is left has 64 bins an octave, each at most 1.6 % wide."""


@dataclass(frozen=True, kw_only=True)
class Latencies:
    """Latencies of the cells are gathered a few rows at a time."""

    unanswered: Ints
    """Number of requests without an answer, (c,)."""
    late: Ints
    """Number of answers after the deadline, (c,)."""
    total: Ints
    """Ticks of all answers added up, (c,)."""
    percentile: Ints
    """Ticks at each percentile, (percent, c)."""
    bins: npt.NDArray[np.int32]
    """Bin of each request, (c, j); negative where there was no answer."""

    @classmethod
    def of(cls, cells: int, *, measured: int) -> "Latencies":
        """Begin with no latency."""
        return cls(
            unanswered=np.empty(cells, dtype=np.int64),
            late=np.empty(cells, dtype=np.int64),
            total=np.empty(cells, dtype=np.int64),
            percentile=np.empty((len(PERCENTS), cells), dtype=np.int64),
            bins=np.empty((cells, measured), dtype=np.int32),
        )


def latency_ticks(rows: slice, work: RequestWork, served: Served, fixed_ticks: Ints) -> Ints:
    """Give the ticks from arrival to answer, fixed part included, (c, j); -1 without an answer."""
    finish: Ints = served.service_end[rows] * (work.branch[rows] == HIT)
    finish += served.back[rows]  # 0 for a hit
    latency = finish - work.arrive[rows]
    latency += fixed_ticks[rows, np.newaxis]
    if finish.min() <= 0 or finish.max() >= TICKS_PER_WEEK:
        latency[(finish <= 0) | (finish >= TICKS_PER_WEEK)] = -1
    return latency


def narrow(latency: Ints) -> Array:
    """Narrow the latencies to 32 bits where they suffice (half an hour), as these sort in half the time."""
    return latency.astype(np.int32) if latency.max() <= np.iinfo(np.int32).max else latency


def bins_of(latency: Array) -> npt.NDArray[np.int32]:
    """Give the bin of each latency in ticks, negative where that is; the shape stays."""
    return latency.astype(np.float32).view(np.int32) >> BIN_SHIFT


def put_in_order(found: Latencies, rows: slice, latency: Array, deadline_ticks: Ints) -> None:
    """Count and rank the latencies of some cells, in ticks, -1 for what was not answered, (c, j).

    A percentile is the nearest rank: the smallest value that at least that share does not exceed
    (ISO 16269-4).
    """
    ordered: Array = np.sort(latency, axis=1)
    cells, requests = latency.shape
    # Hardly ever is there one of these, and the order tells.
    unanswered, deadline = found.unanswered[rows], deadline_ticks[rows]
    unanswered[:] = np.count_nonzero(ordered < 0, axis=1) if (ordered[:, 0] < 0).any() else 0
    late = (ordered[:, -1] > deadline).any()
    found.late[rows] = np.count_nonzero(ordered > deadline[:, np.newaxis], axis=1) if late else 0
    wanted = -(-(requests - unanswered) * np.array(PERCENTS)[:, np.newaxis] // 100)
    rank = unanswered + np.maximum(wanted, 1) - 1
    found.percentile[:, rows] = ordered[np.arange(cells), np.minimum(rank, requests - 1)]
    # Each of the unanswered stands in the sum as -1.
    found.total[rows] = latency.sum(axis=1, dtype=np.int64) + unanswered
