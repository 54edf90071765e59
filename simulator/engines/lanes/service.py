"""Requests go through the stateless replicas: round robin makes each replica a lane of its own.

Axes: c cell, j request, i turn of a replica, r replica.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.arrays import Array, Ints
from simulator.engines.lanes.kernels import FAR, LANES_AT_ONCE, outcomes
from simulator.queueing.order import Outcome
from simulator.serving.window.work import CellLoad, RequestWork

SPREAD = 2.0
"""Largest ratio of the longest lane of a batch to its shortest, all being padded to the longest.

The calls that sweep a row cost as much as a thousand lanes, so padding is cheaper than a batch more.
"""


@dataclass(frozen=True, kw_only=True)
class ServiceTimes:
    """The ticks of the requests in the service, (c, j)."""

    outcome: npt.NDArray[np.int8]
    start: Ints
    end: Ints
    """Tick of leaving after service; 0 where there was none."""

    def of(self, rows: slice) -> "ServiceTimes":
        """Give the times of some of the cells."""
        return ServiceTimes(outcome=self.outcome[rows], start=self.start[rows], end=self.end[rows])


def serve(work: RequestWork, load: CellLoad) -> ServiceTimes:
    """Serve a week's windows; cells with about as many replicas are swept together."""
    shape = work.arrive.shape
    times = ServiceTimes(
        outcome=np.full(shape, Outcome.SERVED, dtype=np.int8),
        start=np.empty(shape, dtype=np.int64),
        end=np.empty(shape, dtype=np.int64),
    )
    for batch in _batches(load.replicas, shape[1]):
        _serve_batch(work, load, batch, times)
    return times


@dataclass(frozen=True, kw_only=True)
class _Alike:
    """Cells with equally many replicas, and the place of their lanes in a batch."""

    cells: Ints
    replicas: int
    lanes: slice


def _batches(replicas: Ints, requests: int) -> list[list[_Alike]]:
    """Gather cells into batches wide enough to sweep, whose replicas have about as many turns each."""
    batches: list[list[_Alike]] = []
    turns = 0.0
    for count in np.unique(replicas).tolist():
        cells = np.flatnonzero(replicas == count)
        needed = requests / count
        full = not batches or batches[-1][-1].lanes.stop >= LANES_AT_ONCE
        if full or needed * SPREAD < turns:
            batches.append([])
            turns = needed
        first = batches[-1][-1].lanes.stop if batches[-1] else 0
        batches[-1].append(
            _Alike(cells=cells, replicas=count, lanes=slice(first, first + len(cells) * count))
        )
    return batches


def _serve_batch(work: RequestWork, load: CellLoad, batch: list[_Alike], times: ServiceTimes) -> None:
    """Serve a batch: request k of a cell goes to replica k mod R, so R requests are one turn of each."""
    requests = work.arrive.shape[1]
    shape = (-(-requests // batch[0].replicas), batch[-1].lanes.stop)
    arrive, service = np.empty((2, *shape), dtype=np.int64)
    full = requests // batch[-1].replicas  # turns that every replica has
    arrive[full:], service[full:] = FAR, 0  # what takes no time never makes what pads a lane wait
    patience = np.empty(shape[1], dtype=np.int64)
    for alike in batch:
        _by_replica(work.arrive[alike.cells], alike.replicas, into=arrive[:, alike.lanes])
        _by_replica(work.service[alike.cells], alike.replicas, into=service[:, alike.lanes])
        patience[alike.lanes] = np.repeat(load.patience[alike.cells], alike.replicas)
    start, outcome = outcomes(arrive, service, load.workers, room=load.queue_room, patience=patience)
    all_served = bool((outcome == Outcome.SERVED).all())
    for alike in batch:
        begun = _by_request(start[:, alike.lanes], alike.replicas, requests)
        times.start[alike.cells] = begun
        times.end[alike.cells] = begun + work.service[alike.cells]
        if not all_served:
            became = _by_request(outcome[:, alike.lanes], alike.replicas, requests)
            times.outcome[alike.cells] = became
            for ticks in (times.start, times.end):
                ticks[alike.cells] *= became == Outcome.SERVED


def _by_replica(values: Ints, replicas: int, *, into: Ints) -> None:
    """Rearrange (c, j) to (i, c x r)."""
    cells, requests = values.shape
    whole = requests // replicas
    turns = values[:, : whole * replicas].reshape(cells, whole, replicas).transpose(1, 0, 2)
    into[:whole].reshape(whole, cells, replicas)[:] = turns
    if whole * replicas < requests:
        last = into[whole].reshape(cells, replicas)
        last[:, : requests - whole * replicas] = values[:, whole * replicas :]


def _by_request(values: Array, replicas: int, requests: int) -> Array:
    """Rearrange (i, c x r) to (c, j)."""
    turns = -(-requests // replicas)
    by_turn = values[:turns].reshape(turns, -1, replicas).transpose(1, 0, 2)
    return by_turn.reshape(len(by_turn), turns * replicas)[:, :requests]
