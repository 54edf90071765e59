"""From unit draws to ticks: the one place where rates, means and shares become requests."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.arrays import Floats, Ints
from simulator.draws.requests import RequestDraws
from simulator.serving.replay import Replay
from simulator.units import TICKS_PER_S

CACHED_REQUESTS = 16_384
"""Requests of which a handful of arrays fit into a core's second cache."""
HIT, READ, WRITE = 0, 1, 2
"""Where a request goes after the service: nowhere further, to a node that reads, to the primary."""


@dataclass(frozen=True, kw_only=True)
class CellLoad:
    """Rates, means and capacities of each cell (a window of a run); every array ends in c: (c,)."""

    rate_per_s: Floats
    service_ticks: Floats
    write_share: Floats
    hit_share: Floats
    read_ticks: Floats
    write_ticks: Floats
    apply_ticks: Floats
    shard_bounds: Floats
    """Cumulative shares of the shards, (s, c); 1 and more past a cell's last shard."""
    replicas: Ints
    workers: int
    queue_room: int
    patience: Ints
    """Ticks."""
    shards: Ints
    read_replicas: Ints
    """Of each shard."""
    cores: Ints
    """Of each database node."""
    replay: Replay | None = None
    """How the rate moves about its mean; None where it stays as it is."""

    def of(self, cells: slice) -> "CellLoad":
        """The load of some of the cells."""
        arrays = {name: values for name, values in vars(self).items() if isinstance(values, np.ndarray)}
        taken: dict[str, Any] = {name: values[..., cells] for name, values in arrays.items()}
        return replace(self, **taken)


@dataclass(frozen=True, kw_only=True)
class RequestWork:
    """What each request will ask for, in ticks: rows c are cells, columns j requests in order of arrival."""

    arrive: Ints
    service: Ints
    branch: npt.NDArray[np.int8]
    shard: npt.NDArray[np.uint8]
    query: Ints
    """On the node that reads, or on the primary."""
    apply: Ints
    """On each read replica, for a write; 0 otherwise."""

    def of(self, rows: slice) -> "RequestWork":
        """The work of some of the cells."""
        return RequestWork(**{name: values[rows] for name, values in vars(self).items()})


def work_of(draws: RequestDraws, load: CellLoad) -> RequestWork:
    """Turn unit draws into the work of a week's windows. Every service takes at least a tick."""
    shape = draws.gap.shape
    work = RequestWork(
        arrive=np.empty(shape, dtype=np.int64),
        service=np.empty(shape, dtype=np.int64),
        branch=np.empty(shape, dtype=np.int8),
        shard=np.zeros(shape, dtype=np.uint8),
        query=np.empty(shape, dtype=np.int64),
        apply=np.zeros(shape, dtype=np.int64),
    )
    not_hit = load.write_share + (1 - load.write_share) * (1 - load.hit_share)
    ticks_per_arrival = TICKS_PER_S / load.rate_per_s
    for rows in cached_rows(shape):
        cell = (rows, np.newaxis)
        # Poisson arrivals: the unit-rate process through the inverse of its cumulative rate (Çinlar, 1975).
        evenly = np.cumsum(draws.gap[rows], axis=1) * ticks_per_arrival[cell]
        work.arrive[rows] = evenly if load.replay is None else load.replay.ticks(evenly)
        _whole_ticks(draws.service[rows] * load.service_ticks[cell], into=work.service[rows])
        uniform, branch, shard = draws.branch[rows], work.branch[rows], work.shard[rows]
        write = uniform < load.write_share[cell]
        np.add(write.view(np.int8), (uniform < not_hit[cell]).view(np.int8), out=branch)
        for bound in load.shard_bounds[:-1]:
            shard += (draws.shard[rows] >= bound[cell]).view(np.uint8)
        query = draws.query[rows]
        _whole_ticks(query * load.read_ticks[cell], into=work.query[rows])
        at, writes = np.flatnonzero(write), np.count_nonzero(write, axis=1)
        for mean, ticks in ((load.write_ticks, work.query), (load.apply_ticks, work.apply)):
            written = np.empty(len(at), dtype=np.int64)
            _whole_ticks(query.reshape(-1)[at] * np.repeat(mean[rows], writes), into=written)
            ticks[rows].reshape(-1)[at] = written
    return work


def cached_rows(shape: tuple[int, ...]) -> Iterator[slice]:
    """Slices of the rows of a (c, j) array, few enough at a time to stay in cache."""
    at_once = max(CACHED_REQUESTS // shape[1], 1)
    for first in range(0, shape[0], at_once):
        yield slice(first, first + at_once)


def _whole_ticks(ticks: Floats, *, into: Ints) -> None:
    np.rint(ticks, out=ticks)
    np.maximum(ticks, 1.0, out=ticks)
    into[:] = ticks
