"""Stale reads and connections in use, as shares of a window."""

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.serving.window.served import Served
from simulator.serving.window.work import CellLoad, RequestWork


def stale_read_share(work: RequestWork, load: CellLoad, served: Served, opens: Ints, closes: Ints) -> Floats:
    """Give the share of reads on replicas that come before the last write of their shard is applied, (c,).

    P(age of the last write < its lag), as the share of the time in which that is so: reads come at random
    moments and see time averages (Wolff, 1982). It is of the shard, so of one row it is less.
    """
    shards = len(load.shard_bounds)
    stale = _stale_ticks(work, served, shards, opens, closes).reshape(-1, shards)
    reads = np.flatnonzero(served.calls.node > 0)
    station = work.calls.cell_of(reads) * shards + work.calls.shard[reads]
    count = np.bincount(station, minlength=stale.size).reshape(stale.shape)
    seen, asked = np.zeros(len(stale)), count.sum(axis=1)
    for shard in range(shards):
        seen += count[:, shard] * (stale[:, shard] / np.maximum(closes - opens, 1))
    share: Floats = seen / np.maximum(asked, 1)
    return share


def _stale_ticks(work: RequestWork, served: Served, shards: int, opens: Ints, closes: Ints) -> Ints:
    """Give the ticks of the window in which a shard's last write is still to be applied, (c x s)."""
    applies, calls = served.applies, work.calls
    # One replica tells for all: they apply the writes of their shard at the same ticks.
    first = np.flatnonzero(applies.replica == 1)
    cell = applies.cell[first]
    station = cell * shards + calls.shard[calls.row(cell, applies.call[first])]
    queued = applies.queued[first]
    same = station[1:] == station[:-1]
    # A single applier takes writes up as they come, so those told by station are in order as they are.
    if ((station[1:] < station[:-1]) | (same & (queued[1:] < queued[:-1]))).any():
        order = np.lexsort((queued, station))
        station, cell, first = station[order], cell[order], first[order]
        same = station[1:] == station[:-1]
    begin, end = applies.queued[first], applies.apply_end[first].copy()
    end[:-1] = np.where(same, np.minimum(end[:-1], begin[1:]), end[:-1])
    inside = np.minimum(end, closes[cell]) - np.maximum(begin, opens[cell])
    return np.bincount(station, np.maximum(inside, 0), minlength=len(opens) * shards).astype(np.int64)


def connections_in_use_share(load: CellLoad, served: Served, opens: Ints, closes: Ints) -> Floats:
    """Give the share of the service replicas' connections that are held, (c,); 0 without a limit."""
    if not load.calling.connections:
        return np.zeros(len(opens))
    held = np.minimum(served.back, closes[:, np.newaxis])
    held = np.maximum(held - np.maximum(served.connected, opens[:, np.newaxis]), 0).sum(axis=1)
    share: Floats = held / ((closes - opens) * load.replicas * load.calling.connections)
    return share
