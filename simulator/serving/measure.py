"""What is measured of a window: latency, errors and utilisation, from starts and departures in ticks.

All sums are of integers, so they do not depend on the order in which they are taken.
"""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.queueing.order import Outcome
from simulator.serving.served import Applies, Served
from simulator.serving.work import HIT, CellLoad, RequestWork
from simulator.units import TICKS_PER_MS, TICKS_PER_WEEK

PERCENTS = (50, 95, 99)
BIN_SHIFT = 17
"""Bits of a float32 below its bin: what is left has 64 bins an octave, each at most 1.6 % wide."""


FAR = np.int64(1) << 61
"""A start later than any end: an interval that is not there."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One value a cell, (c,), except the histogram."""

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
    latency_bins: Ints
    """Bin of each measured, answered request, (c, j); -1 for the others."""


def measure(
    work: RequestWork,
    load: CellLoad,
    served: Served,
    *,
    warmup: int,
    fixed_ticks: Ints,
    deadline_ticks: Ints,
    background_error_share: Floats,
) -> Measured:
    """Measure requests ``warmup``, … of every cell, in the time between their first and last arrival.

    A request is an error when it is turned away, gives up, is not back within the week or is back
    after the deadline; errors from other causes come on top, independent of these.
    """
    opens, closes = work.arrive[:, warmup], work.arrive[:, -1]
    span = np.maximum(closes - opens, 1)
    finish = np.where(work.branch == HIT, served.service_end, served.query_end)
    answered = (served.outcome == Outcome.SERVED) & (finish > 0) & (finish < TICKS_PER_WEEK)
    latency = np.where(answered, finish - work.arrive + fixed_ticks[:, np.newaxis], -1)[:, warmup:]
    late = latency > deadline_ticks[:, np.newaxis]
    failed = np.count_nonzero((latency < 0) | late, axis=1) / latency.shape[1]
    nodes = load.shards * (1 + load.read_replicas)
    busy = _database_busy(work, served, load, opens, closes)
    per_shard = span * load.cores * (1 + load.read_replicas)
    asked = np.where(served.query_end > 0, served.service_end, FAR)
    return Measured(
        latency_ms=_percentiles_ms(latency),
        latency_mean_ms=_mean_ms(latency),
        error_share=1 - (1 - background_error_share) * (1 - failed),
        cpu_utilization_share=_time_within(served.service_start, served.service_end, opens, closes)
        / (span * load.replicas * load.workers),
        database_utilization_share=busy.sum(axis=0) / (span * nodes * load.cores),
        hottest_shard_utilization_share=busy.max(axis=0) / per_shard,
        database_in_use=_time_within(asked, served.query_end, opens, closes) / (span * nodes),
        replication_lag_p95_ms=_lag_p95_ms(served.applies, opens, closes),
        latency_bins=_bins(latency),
    )


def _time_within(start: Ints, end: Ints, opens: Ints, closes: Ints) -> Ints:
    """Ticks of each cell's intervals [start, end) that lie in its [opens, closes), added up, (c,)."""
    return _overlap(start, end, opens[:, np.newaxis], closes[:, np.newaxis]).sum(axis=1)


def _overlap(start: Ints, end: Ints, opens: Ints, closes: Ints) -> Ints:
    """Ticks of [start, end) that lie in [opens, closes)."""
    shared: Ints = np.maximum(np.minimum(end, closes) - np.maximum(start, opens), 0)
    return shared


def _database_busy(work: RequestWork, served: Served, load: CellLoad, opens: Ints, closes: Ints) -> Ints:
    """Busy core ticks of every shard, queries and applied writes, (s, c)."""
    applies = served.applies
    cell, job = np.nonzero(served.query_end)
    shard = np.concatenate([work.shard[cell, job], work.shard[applies.cell, applies.job]])
    start = np.concatenate([served.query_start[cell, job], applies.start])
    end = np.concatenate([served.query_end[cell, job], applies.end])
    cell = np.concatenate([cell, applies.cell])
    spent = _overlap(start, end, opens[cell], closes[cell])
    shards, cells = load.shard_bounds.shape
    # As float64 these counts of ticks are exact: a window is far shorter than 2**53 ticks.
    busy = np.bincount(shard * cells + cell, weights=spent, minlength=shards * cells)
    return busy.astype(np.int64).reshape(shards, cells)


def _percentiles_ms(latency: Ints) -> dict[int, Floats]:
    """Nearest rank: the smallest value that at least that share does not exceed (ISO 16269-4)."""
    ordered = np.sort(latency, axis=1)
    unanswered = np.count_nonzero(latency < 0, axis=1)
    answered = latency.shape[1] - unanswered
    cells = np.arange(len(latency))
    found = {}
    for percent in PERCENTS:
        rank = unanswered + np.maximum(-(-answered * percent // 100), 1) - 1
        ticks = ordered[cells, np.minimum(rank, latency.shape[1] - 1)]
        found[percent] = np.where(answered > 0, ticks / TICKS_PER_MS, np.inf)
    return found


def _mean_ms(latency: Ints) -> Floats:
    answered = latency >= 0
    count = np.count_nonzero(answered, axis=1)
    total = np.where(answered, latency, 0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1) / TICKS_PER_MS, np.inf)


def _bins(latency: Ints) -> Ints:
    bins = latency.astype(np.float32).view(np.int32) >> BIN_SHIFT
    return np.where(latency >= 0, bins, -1).astype(np.int64)


def _lag_p95_ms(applies: Applies, opens: Ints, closes: Ints) -> Floats:
    """Time from the primary's answer until a replica has applied the write; 0 without replicas."""
    inside = _within(applies, opens, closes)
    cell = applies.cell[inside]
    lag = (applies.apply_end - applies.queued)[inside]
    order = np.lexsort((lag, cell))
    count = np.bincount(cell, minlength=len(opens))
    first = np.cumsum(count) - count
    rank = first + np.maximum(-(-count * 95 // 100), 1) - 1
    padded = np.append(lag[order], 0)
    return np.where(count > 0, padded[np.minimum(rank, len(lag))] / TICKS_PER_MS, 0.0)


def _within(applies: Applies, opens: Ints, closes: Ints) -> Bools:
    return (applies.queued >= opens[applies.cell]) & (applies.queued < closes[applies.cell])
