"""Requests through the stateless replicas: round robin makes each replica a lane of its own.

Axes: c cell, j request, i turn of a replica, r replica.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.arrays import Array, Ints
from simulator.engines.lanes.kernels import FAR, outcomes
from simulator.queueing.order import Outcome
from simulator.serving.work import CellLoad, RequestWork


@dataclass(frozen=True, kw_only=True)
class ServiceTimes:
    """What became of the requests at the service, (c, j)."""

    outcome: npt.NDArray[np.int8]
    start: Ints
    end: Ints
    """0 where there was none."""


def serve(work: RequestWork, load: CellLoad) -> ServiceTimes:
    """Serve a week's windows; cells with equally many replicas are done together."""
    shape = work.arrive.shape
    times = ServiceTimes(
        outcome=np.empty(shape, dtype=np.int8),
        start=np.empty(shape, dtype=np.int64),
        end=np.empty(shape, dtype=np.int64),
    )
    for replicas in np.unique(load.replicas):
        _serve_alike(work, load, np.flatnonzero(load.replicas == replicas), int(replicas), times)
    return times


def _serve_alike(
    work: RequestWork, load: CellLoad, cells: Ints, replicas: int, times: ServiceTimes
) -> None:
    """Request k of a cell goes to replica k mod R: R requests in a row are one job of each replica."""
    arrive = _by_replica(work.arrive[cells], replicas, FAR)
    service = _by_replica(work.service[cells], replicas, 1)
    patience = np.repeat(load.patience[cells], replicas)
    start, outcome = outcomes(arrive, service, load.workers, room=load.queue_room, patience=patience)
    end = start + service
    served = outcome == Outcome.SERVED
    if not served.all():
        start, end = np.where(served, start, 0), np.where(served, end, 0)
    requests = work.arrive.shape[1]
    times.outcome[cells] = _by_request(outcome, replicas, requests)
    times.start[cells] = _by_request(start, replicas, requests)
    times.end[cells] = _by_request(end, replicas, requests)


def _by_replica(values: Ints, replicas: int, filler: int) -> Ints:
    """(c, j) to (i, c x r)."""
    cells, requests = values.shape
    turns = -(-requests // replicas)
    padded = np.full((turns, cells, replicas), filler, dtype=values.dtype)
    whole = requests // replicas
    padded[:whole] = values[:, : whole * replicas].reshape(cells, whole, replicas).transpose(1, 0, 2)
    if whole < turns:
        padded[whole, :, : requests - whole * replicas] = values[:, whole * replicas :]
    return padded.reshape(turns, cells * replicas)


def _by_request(values: Array, replicas: int, requests: int) -> Array:
    """(i, c x r) to (c, j)."""
    turns = len(values)
    by_turn = values.reshape(turns, -1, replicas).transpose(1, 0, 2)
    return by_turn.reshape(by_turn.shape[0], turns * replicas)[:, :requests]
