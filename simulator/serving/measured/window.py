"""A window is measured from starts and departures in ticks: latency, errors and utilisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.arrays import Floats, Ints
from simulator.serving.measured.busy import Busy, add_calls, add_requests, applying_ticks
from simulator.serving.measured.copied import copy_held_share, copy_ticks
from simulator.serving.measured.cross_shard import CrossShard, cells_together, cross_shard_writes
from simulator.serving.measured.latencies import (
    PERCENTS,
    Latencies,
    bins_of,
    latency_ticks,
    narrow,
    put_in_order,
)
from simulator.serving.measured.ranks import p95_ms
from simulator.serving.measured.staleness import connections_in_use_share, stale_read_share
from simulator.serving.window.served import Applies, Served
from simulator.serving.window.work import CellLoad, RequestWork, cached_rows
from simulator.units import TICKS_PER_MS


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The measurements of some cells, one value a cell, (c,), except the histogram."""

    requests: int
    """Number of requests in each cell, those of the warm-up included."""

    latency_ms: dict[int, Floats]
    """Order statistics (nearest rank) of the answered requests by percent; infinite without an answer."""
    latency_mean_ms: Floats
    error_share: Floats
    cpu_utilization_share: Floats
    database_utilization_share: Floats
    hottest_shard_utilization_share: Floats
    database_in_use: Floats
    """Mean number of calls in progress on a database node, waiting ones included."""
    replication_lag_p95_ms: Floats
    stale_read_share: Floats
    """Share of the reads on replicas that are stale."""
    connections_in_use_share: Floats
    """Share of the service replicas' connections to the database that are in use."""
    copy_held_share: Floats
    """Share of the chunks of a copy that were left out; 0 where nothing is copied."""
    cross_shard: CrossShard | None = None
    """Measurements of writes to several shards; None where there may be none."""
    latency_bins: npt.NDArray[np.int32]
    """Bin of each measured, answered request, (c, j); negative for the others."""


def joined(parts: Sequence[Measured]) -> Measured:
    """Join the cells of several measurements, one after the other."""
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
) -> Measured:
    """Measure requests ``warmup``, … of every cell, in the time between their first and last arrival.

    A request is an error when it is turned away, gives up, is not back within the week or is back
    after the deadline; errors from other causes come on top, independent of these.
    """
    opens, closes = work.arrive[:, warmup].copy(), work.arrive[:, -1].copy()
    span = np.maximum(closes - opens, 1)
    nodes = load.shards * (1 + load.read_replicas)
    cells, requests = work.arrive.shape
    busy = Busy.of(cells, shards=len(load.shard_bounds))
    latencies = Latencies.of(cells, measured=requests - warmup)
    for rows in cached_rows(work.arrive.shape):
        window = (opens[rows, np.newaxis], closes[rows, np.newaxis])
        add_requests(busy, rows, work, served, window)
        latency = narrow(latency_ticks(rows, work, served, fixed_ticks)[:, warmup:])
        latencies.bins[rows] = bins_of(latency)
        put_in_order(latencies, rows, latency, deadline_ticks)
    if work.calls.routes is not None:
        add_calls(busy, work.calls, served, (opens, closes))
    in_shard = busy.in_shard + applying_ticks(work.calls, served.applies, busy.in_shard.shape, opens, closes)
    if work.chunks is not None and served.copy is not None:
        in_shard = in_shard + copy_ticks(work.chunks, served.copy, in_shard.shape, opens, closes)
    measured, failed = requests - warmup, latencies.unanswered + latencies.late
    answered = measured - latencies.unanswered
    mean_ms = latencies.total / np.maximum(answered, 1) / TICKS_PER_MS
    return Measured(
        requests=requests,
        latency_ms={
            percent: np.where(answered > 0, ticks / TICKS_PER_MS, np.inf)
            for percent, ticks in zip(PERCENTS, latencies.percentile, strict=True)
        },
        latency_mean_ms=np.where(answered > 0, mean_ms, np.inf),
        error_share=1 - (1 - background_error_share) * (1 - failed / measured),
        cpu_utilization_share=busy.in_service / (span * load.replicas * load.workers),
        database_utilization_share=in_shard.sum(axis=1) / (span * nodes * load.cores),
        hottest_shard_utilization_share=in_shard.max(axis=1) / (span * load.cores * (1 + load.read_replicas)),
        database_in_use=busy.in_database / (span * nodes),
        replication_lag_p95_ms=_lag_p95_ms(served.applies, opens, closes),
        stale_read_share=stale_read_share(work, load, served, opens, closes),
        connections_in_use_share=connections_in_use_share(load, served, opens, closes),
        copy_held_share=copy_held_share(work.chunks, served.copy, opens, closes),
        cross_shard=cross_shard_writes(work, load, served, warmup),
        latency_bins=latencies.bins,
    )


def _lag_p95_ms(applies: Applies, opens: Ints, closes: Ints) -> Floats:
    """Give the P95 of the time from the primary's answer to the replica's application; 0 without replicas."""
    inside = (applies.queued >= opens[applies.cell]) & (applies.queued < closes[applies.cell])
    cell = applies.cell[inside]
    lag = (applies.apply_end - applies.queued)[inside]
    return p95_ms(cell, lag, len(opens))
