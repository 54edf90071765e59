"""From unit draws to ticks: the one place where rates, means and shares become requests."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.arrays import Array, Floats, Ints
from simulator.draws.requests import RequestDraws
from simulator.units import TICKS_PER_S

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
    cores: Ints


@dataclass(frozen=True, kw_only=True)
class RequestWork:
    """What each request will ask for, in ticks: rows c are cells, columns j requests in order of arrival."""

    arrive: Ints
    service: Ints
    branch: npt.NDArray[np.int8]
    shard: npt.NDArray[np.int16]
    query: Ints
    """On the node that reads, or on the primary."""
    apply: Ints
    """On each read replica, for a write; 0 otherwise."""


def work_of(draws: RequestDraws, load: CellLoad) -> RequestWork:
    """Turn unit draws into the work of a week's windows. Every service takes at least a tick."""
    branch = _branches(draws.branch, load)
    write = branch == WRITE
    query_ticks = np.where(write, _of_cell(load.write_ticks), _of_cell(load.read_ticks))
    return RequestWork(
        arrive=_arrivals(draws.gap, load.rate_per_s),
        service=_whole_ticks(draws.service * _of_cell(load.service_ticks)),
        branch=branch,
        shard=_shards(draws.shard, load.shard_bounds),
        query=_whole_ticks(draws.query * query_ticks),
        apply=np.where(write, _whole_ticks(draws.query * _of_cell(load.apply_ticks)), 0),
    )


def _of_cell(values: Array) -> Array:
    """A value a cell, to stand beside every request of its row."""
    return values[:, np.newaxis]


def _arrivals(gap: Floats, rate_per_s: Floats) -> Ints:
    """Poisson arrivals: the unit-rate process through the inverse of its cumulative rate (Çinlar, 1975)."""
    return (np.cumsum(gap, axis=1) * _of_cell(TICKS_PER_S / rate_per_s)).astype(np.int64)


def _whole_ticks(ticks: Floats) -> Ints:
    return np.maximum(np.rint(ticks), 1.0).astype(np.int64)


def _branches(uniform: Floats, load: CellLoad) -> npt.NDArray[np.int8]:
    not_hit = load.write_share + (1 - load.write_share) * (1 - load.hit_share)
    branch = (uniform < _of_cell(load.write_share)).astype(np.int8)
    branch += uniform < _of_cell(not_hit)
    return branch


def _shards(uniform: Floats, bounds: Floats) -> npt.NDArray[np.int16]:
    shard = np.zeros(uniform.shape, dtype=np.int16)
    for bound in bounds[:-1]:
        shard += uniform >= _of_cell(bound)
    return shard
