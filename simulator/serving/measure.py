"""What is measured of a window: latency, errors and utilisation, from starts and departures in ticks.

All sums are of integers, so they do not depend on the order in which they are taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.arrays import Array, Floats, Ints
from simulator.serving.calls import HIT, Calls
from simulator.serving.cross_shard import CrossShard, cells_together, cross_shard_writes
from simulator.serving.ranks import p95_ms
from simulator.serving.served import Applies, Served
from simulator.serving.staleness import connections_in_use_share, stale_read_share, unapplied_writes
from simulator.serving.work import CellLoad, RequestWork, cached_rows
from simulator.units import TICKS_PER_MS, TICKS_PER_WEEK

PERCENTS = (50, 95, 99)
BIN_SHIFT = 17
"""Bits of a float32 below its bin: what is left has 64 bins an octave, each at most 1.6 % wide."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One value a cell, (c,), except the histogram."""

    requests: int
    """In each cell, those of the warm-up included."""

    latency_ms: dict[int, Floats]
    """By percent: order statistics (nearest rank) of the requests answered; infinite where none was."""
    latency_mean_ms: Floats
    error_share: Floats
    cpu_utilization_share: Floats
    database_utilization_share: Floats
    hottest_shard_utilization_share: Floats
    database_in_use: Floats
    """Mean number of calls in progress on a database node, waiting ones included."""
    replication_lag_p95_ms: Floats
    stale_read_share: Floats
    """Of the reads on replicas."""
    connections_in_use_share: Floats
    """Of the service replicas' connections to the database."""
    unapplied_writes: Floats | None = None
    """That a replica of each shard has yet to apply, on average, (c, s); None where nobody asks."""
    cross_shard: CrossShard | None = None
    """Of writes to several shards; None where none may be made."""
    latency_bins: npt.NDArray[np.int32]
    """Bin of each measured, answered request, (c, j); negative for the others."""


def joined(parts: Sequence[Measured]) -> Measured:
    """The cells of several measurements, one after the other."""
    if len(parts) == 1:
        return parts[0]
    together: dict[str, Any] = {
        name: np.concatenate([vars(part)[name] for part in parts])
        for name in vars(parts[0])
        if isinstance(vars(parts[0])[name], np.ndarray)
    }
    percentiles = {q: np.concatenate([part.latency_ms[q] for part in parts]) for q in PERCENTS}
    crossing = cells_together([part.cross_shard for part in parts if part.cross_shard])
    return Measured(requests=parts[0].requests, latency_ms=percentiles, cross_shard=crossing, **together)


def measure(
    work: RequestWork,
    load: CellLoad,
    served: Served,
    *,
    warmup: int,
    fixed_ticks: Ints,
    deadline_ticks: Ints,
    background_error_share: Floats,
    with_backlog: bool = False,
) -> Measured:
    """Measure requests ``warmup``, … of every cell, in the time between their first and last arrival.

    A request is an error when it is turned away, gives up, is not back within the week or is back
    after the deadline; errors from other causes come on top, independent of these.
    """
    opens, closes = work.arrive[:, warmup].copy(), work.arrive[:, -1].copy()
    span = np.maximum(closes - opens, 1)
    nodes = load.shards * (1 + load.read_replicas)
    cells, requests = work.arrive.shape
    sums = _Sums.of(cells, shards=len(load.shard_bounds), measured=requests - warmup)
    for rows in cached_rows(work.arrive.shape):
        window = (opens[rows, np.newaxis], closes[rows, np.newaxis])
        _add_up(sums, rows, work, served, window)
        latency = _narrow(_latency(rows, work, served, fixed_ticks)[:, warmup:])
        sums.bins[rows] = latency.astype(np.float32).view(np.int32) >> BIN_SHIFT
        _order(sums, rows, latency, deadline_ticks)
    if work.calls.routes is not None:
        _add_up_calls(sums, work.calls, served, (opens, closes))
    busy = sums.in_shard + _applying(work.calls, served.applies, sums.in_shard.shape, opens, closes)
    measured, failed = requests - warmup, sums.unanswered + sums.late
    answered = measured - sums.unanswered
    mean_ms = sums.latency / np.maximum(answered, 1) / TICKS_PER_MS
    return Measured(
        requests=requests,
        latency_ms={
            percent: np.where(answered > 0, ticks / TICKS_PER_MS, np.inf)
            for percent, ticks in zip(PERCENTS, sums.percentile, strict=True)
        },
        latency_mean_ms=np.where(answered > 0, mean_ms, np.inf),
        error_share=1 - (1 - background_error_share) * (1 - failed / measured),
        cpu_utilization_share=sums.in_service / (span * load.replicas * load.workers),
        database_utilization_share=busy.sum(axis=1) / (span * nodes * load.cores),
        hottest_shard_utilization_share=busy.max(axis=1) / (span * load.cores * (1 + load.read_replicas)),
        database_in_use=sums.in_database / (span * nodes),
        replication_lag_p95_ms=_lag_p95_ms(served.applies, opens, closes),
        stale_read_share=stale_read_share(work, load, served, opens, closes),
        connections_in_use_share=connections_in_use_share(load, served, opens, closes),
        unapplied_writes=unapplied_writes(work, load, served, opens, closes) if with_backlog else None,
        cross_shard=cross_shard_writes(work, load, served, warmup),
        latency_bins=sums.bins,
    )


@dataclass(frozen=True, kw_only=True)
class _Sums:
    """What is gathered of the cells, a few rows at a time."""

    in_service: Ints
    """Worker ticks, (c,)."""
    in_database: Ints
    """Ticks of calls waiting or served, (c,)."""
    in_shard: Ints
    """Core ticks of queries, (c, s)."""
    unanswered: Ints
    late: Ints
    latency: Ints
    """Sum of the latencies, (c,)."""
    percentile: Ints
    """Ticks, (percent, c)."""
    bins: npt.NDArray[np.int32]

    @classmethod
    def of(cls, cells: int, *, shards: int, measured: int) -> "_Sums":
        return cls(
            in_service=np.empty(cells, dtype=np.int64),
            in_database=np.empty(cells, dtype=np.int64),
            in_shard=np.empty((cells, shards), dtype=np.int64),
            unanswered=np.empty(cells, dtype=np.int64),
            late=np.empty(cells, dtype=np.int64),
            latency=np.empty(cells, dtype=np.int64),
            percentile=np.empty((len(PERCENTS), cells), dtype=np.int64),
            bins=np.empty((cells, measured), dtype=np.int32),
        )


def _add_up(sums: _Sums, rows: slice, work: RequestWork, served: Served, window: tuple[Ints, Ints]) -> None:
    """Ticks spent within each cell's window, in the database only where each request makes one call.

    Of [start, end) that is the end less the start, both moved into the window: then a tick that ends one
    interval and begins the next is moved once, and what had no start and no end adds nothing.
    """
    service_end = _within(served.service_end[rows], *window)
    served_ticks = service_end.sum(axis=1)
    sums.in_service[rows] = served_ticks - _within(served.service_start[rows], *window).sum(axis=1)
    if work.calls.routes is not None:
        return
    start, end = (
        _within(ticks.reshape(work.arrive.shape)[rows], *window)
        for ticks in (served.calls.start, served.calls.end)
    )
    left = np.maximum(service_end, end)  # a call that was not made, or is not back, took no time
    sums.in_database[rows] = left.sum(axis=1) - served_ticks
    spent = np.subtract(end, start, out=left)
    here = sums.in_shard[rows]
    shard = work.calls.shard.reshape(work.arrive.shape)[rows]
    at = shard + np.arange(0, here.size, here.shape[1])[:, np.newaxis]
    # As float64 these counts of ticks are exact: a window is far shorter than 2**53 ticks.
    busy = np.bincount(at.reshape(-1), spent.reshape(-1), minlength=here.size)
    here[:] = busy.reshape(here.shape)


def _add_up_calls(sums: _Sums, calls: Calls, served: Served, window: tuple[Ints, Ints]) -> None:
    """The database's part of it, where requests call each in its own way."""
    cell, times, (cells, shards) = calls.cell, served.calls, sums.in_shard.shape
    opens, closes = (edge[cell] for edge in window)
    inside = _overlap(times.arrive, times.end, opens, closes)
    sums.in_database[:] = np.bincount(cell, inside, minlength=cells)
    spent = _overlap(times.start, times.end, opens, closes)
    busy = np.bincount(cell * shards + calls.shard, spent, minlength=cells * shards)
    sums.in_shard[:] = busy.reshape(cells, shards)


def _within(ticks: Ints, opens: Ints, closes: Ints) -> Ints:
    moved: Ints = np.minimum(ticks, closes)
    return np.maximum(moved, opens, out=moved)


def _overlap(start: Ints, end: Ints, opens: Ints, closes: Ints) -> Ints:
    """Ticks of [start, end) that lie in [opens, closes); an end of 0 is that of no interval."""
    shared: Ints = np.minimum(end, closes)
    shared -= np.maximum(start, opens)
    return np.maximum(shared, 0, out=shared)


def _applying(calls: Calls, applies: Applies, shape: tuple[int, ...], opens: Ints, closes: Ints) -> Ints:
    """Core ticks of applied writes, (c, s)."""
    spent = _overlap(applies.start, applies.end, opens[applies.cell], closes[applies.cell])
    at = applies.cell * shape[1] + calls.shard[calls.row(applies.cell, applies.call)]
    return np.bincount(at, spent, minlength=shape[0] * shape[1]).astype(np.int64).reshape(shape)


def _latency(rows: slice, work: RequestWork, served: Served, fixed_ticks: Ints) -> Ints:
    """Ticks from arrival to answer, fixed part included, (c, j); -1 where there was none within the week."""
    finish: Ints = served.service_end[rows] * (work.branch[rows] == HIT)
    finish += served.back[rows]  # 0 for a hit
    latency = finish - work.arrive[rows]
    latency += fixed_ticks[rows, np.newaxis]
    if finish.min() <= 0 or finish.max() >= TICKS_PER_WEEK:
        latency[(finish <= 0) | (finish >= TICKS_PER_WEEK)] = -1
    return latency


def _narrow(latency: Ints) -> Array:
    """The same in 32 bits where they suffice (for half an hour): sorted and binned in half the time."""
    return latency.astype(np.int32) if latency.max() <= np.iinfo(np.int32).max else latency


def _order(sums: _Sums, rows: slice, latency: Array, deadline_ticks: Ints) -> None:
    """Nearest rank: the smallest value that at least that share does not exceed (ISO 16269-4)."""
    ordered: Array = np.sort(latency, axis=1)
    cells, requests = latency.shape
    # Hardly ever is there one of these, and the order tells.
    unanswered, deadline = sums.unanswered[rows], deadline_ticks[rows]
    unanswered[:] = np.count_nonzero(ordered < 0, axis=1) if (ordered[:, 0] < 0).any() else 0
    late = (ordered[:, -1] > deadline).any()
    sums.late[rows] = np.count_nonzero(ordered > deadline[:, np.newaxis], axis=1) if late else 0
    wanted = -(-(requests - unanswered) * np.array(PERCENTS)[:, np.newaxis] // 100)
    rank = unanswered + np.maximum(wanted, 1) - 1
    sums.percentile[:, rows] = ordered[np.arange(cells), np.minimum(rank, requests - 1)]
    # Each of the unanswered stands in the sum as -1.
    sums.latency[rows] = latency.sum(axis=1, dtype=np.int64) + unanswered


def _lag_p95_ms(applies: Applies, opens: Ints, closes: Ints) -> Floats:
    """Time from the primary's answer until a replica has applied the write; 0 without replicas."""
    inside = (applies.queued >= opens[applies.cell]) & (applies.queued < closes[applies.cell])
    cell = applies.cell[inside]
    lag = (applies.apply_end - applies.queued)[inside]
    return p95_ms(cell, lag, len(opens))
