"""Unit draws become ticks, and rates, means and shares become requests, in this one place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.arrays import Array, Bools, Floats, Ints
from simulator.draws.requests import RequestDraws
from simulator.serving.calls.copying import Chunks, Copying, chunks_of
from simulator.serving.calls.forms import Asked, calls_of
from simulator.serving.calls.rows import HIT, WRITE, Calls
from simulator.serving.calls.rules import Calling
from simulator.serving.window.replay import Replay
from simulator.units import TICKS_PER_S, check_ticks

CACHED_REQUESTS = 16_384
"""Number of requests of which a handful of arrays fit into a core's second cache."""


@dataclass(frozen=True, kw_only=True)
class CellLoad:
    """The rates, means and capacities of each cell (a window of a run); every array ends in c: (c,)."""

    rate_per_s: Floats
    service_ticks: Floats
    write_share: Floats
    hit_share: Floats
    read_ticks: Floats
    write_ticks: Floats
    apply_ticks: Floats
    shard_bounds: Floats
    """Cumulative shares of the shards, (s, c); 1 and more past a cell's last shard."""
    write_shard_bounds: Floats | None
    """Cumulative shares of the writes, (s, c), where they fall on the shards otherwise than reads."""
    replicas: Ints
    workers: int
    queue_room: int
    patience: Ints
    """Ticks after which a waiting request gives up."""
    shards: Ints
    read_replicas: Ints
    """Read replicas of each shard."""
    cores: Ints
    """Cores of each database node."""
    calling: Calling
    replay: Replay | None = None
    """Counts by which the rate moves about its mean; None for a constant rate."""
    replay_begin: Floats | None = None
    """Ticks of mean-rate arrivals into the replay at which a cell begins; None without one."""
    copying: Copying | None = None
    """Rules by which data are copied beside the requests; None where none are."""

    def of(self, cells: slice) -> "CellLoad":
        """Give the load of some of the cells."""
        arrays = {name: values for name, values in vars(self).items() if isinstance(values, np.ndarray)}
        taken: dict[str, Any] = {name: values[..., cells] for name, values in arrays.items()}
        copying = None if self.copying is None else self.copying.of(cells)
        return replace(self, **taken, calling=self.calling.of(cells), copying=copying)


@dataclass(frozen=True, kw_only=True)
class RequestWork:
    """The work of each request, in ticks, (c, j)."""

    arrive: Ints
    service: Ints
    branch: npt.NDArray[np.int8]
    calls: Calls
    """Calls of the requests that the cache does not answer."""
    chunks: Chunks | None = None
    """Chunks of data that are copied beside the requests."""

    def of(self, cells: slice) -> "RequestWork":
        """Give the work of some of the cells."""
        return RequestWork(
            arrive=self.arrive[cells],
            service=self.service[cells],
            branch=self.branch[cells],
            calls=self.calls.of(cells),
            chunks=None if self.chunks is None else self.chunks.of(cells),
        )


def work_of(draws: RequestDraws, load: CellLoad) -> RequestWork:
    """Turn unit draws into the work of a week's windows. Every service takes at least a tick."""
    shape, plain = draws.gap.shape, load.calling.is_plain
    arrive, service = np.empty(shape, dtype=np.int64), np.empty(shape, dtype=np.int64)
    branch, shard = np.empty(shape, dtype=np.int8), np.zeros(shape, dtype=np.uint8)
    query, apply = (np.zeros(shape if plain else (0, 0), dtype=np.int64) for _ in range(2))
    not_hit = load.write_share + (1 - load.write_share) * (1 - load.hit_share)
    ticks_per_arrival = TICKS_PER_S / load.rate_per_s
    for rows in cached_rows(shape):
        cell = (rows, np.newaxis)
        # Poisson arrivals: the unit-rate process through the inverse of its cumulative rate (Çinlar, 1975).
        evenly = np.cumsum(draws.gap[rows], axis=1) * ticks_per_arrival[cell]
        check_ticks(evenly[:, -1])
        if load.replay is not None and load.replay_begin is not None:
            evenly = load.replay.since(evenly, load.replay_begin[cell])
        arrive[rows] = evenly
        _whole_ticks(draws.service[rows] * load.service_ticks[cell], into=service[rows])
        write = draws.branch[rows] < load.write_share[cell]
        np.add(write.view(np.int8), (draws.branch[rows] < not_hit[cell]).view(np.int8), out=branch[rows])
        _count_bounds(draws.shard[rows], load.shard_bounds[:, rows], into=shard[rows])
        if load.write_shard_bounds is not None:
            of_writes = np.zeros_like(shard[rows])
            _count_bounds(draws.shard[rows], load.write_shard_bounds[:, rows], into=of_writes)
            np.copyto(shard[rows], of_writes, where=write)
        if plain:
            _query_ticks(draws.query[rows], write, load, rows, into=(query[rows], apply[rows]))
    calls = Calls(
        requests=shape[1],
        branch=branch.reshape(-1),
        shard=shard.reshape(-1),
        ticks=query.reshape(-1),
        apply=apply.reshape(-1),
        routes=None,
    )
    if not plain:
        calls = _routed(draws, load, branch, shard)
    chunks = None if load.copying is None else chunks_of(load.copying, arrive[:, -1])
    return RequestWork(arrive=arrive, service=service, branch=branch, calls=calls, chunks=chunks)


def _query_ticks(
    query: Floats, write: Bools, load: CellLoad, rows: slice, *, into: tuple[Ints, Ints]
) -> None:
    """Give the work of the one call of each request, and of applying it."""
    _whole_ticks(query * load.read_ticks[rows, np.newaxis], into=into[0])
    at, writes = np.flatnonzero(write), np.count_nonzero(write, axis=1)
    for mean, ticks in zip((load.write_ticks, load.apply_ticks), into, strict=True):
        written = np.empty(len(at), dtype=np.int64)
        _whole_ticks(query.reshape(-1)[at] * np.repeat(mean[rows], writes), into=written)
        ticks.reshape(-1)[at] = written


def _routed(draws: RequestDraws, load: CellLoad, branch: npt.NDArray[np.int8], shard: Array) -> Calls:
    assert draws.calls is not None  # drawn where the rules ask for it
    asked = Asked(
        write=branch == WRITE,
        asks=branch != HIT,
        shard=shard,
        query=draws.query,
        read_ticks=load.read_ticks,
        write_ticks=load.write_ticks,
        apply_ticks=load.apply_ticks,
        shards=load.shards,
        read_replicas=load.read_replicas,
    )
    return calls_of(asked, load.calling, draws.calls)


def cached_rows(shape: tuple[int, ...]) -> Iterator[slice]:
    """Cut the rows of a (c, j) array into slices small enough to stay in cache."""
    at_once = max(CACHED_REQUESTS // shape[1], 1)
    for first in range(0, shape[0], at_once):
        yield slice(first, first + at_once)


def _count_bounds(uniform: Floats, bounds: Floats, *, into: npt.NDArray[np.uint8]) -> None:
    """Give each request's shard: how many of the upper ends, (s, c), its uniform, (c, j), has passed."""
    for bound in bounds[:-1]:
        into += (uniform >= bound[:, np.newaxis]).view(np.uint8)


def _whole_ticks(ticks: Floats, *, into: Ints) -> None:
    np.rint(ticks, out=ticks)
    np.maximum(ticks, 1.0, out=ticks)
    check_ticks(ticks)
    into[:] = ticks
