"""Queries through the shards: primaries, the writes that replicas apply, and the reads between them.

The tiers feed forward, so each is swept once: first the primaries, then the appliers, last the
replicas' cores.

Axes: c cell, j request. Flat arrays hold one job an element, in order of station, tick and index; a
station is a cell's shard, or a replica of one.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.arrays import Bools, Ints
from simulator.engines.lanes.kernels import FAR, starts
from simulator.engines.lanes.order import sorted_jobs
from simulator.engines.lanes.ragged import Ragged
from simulator.engines.lanes.service import ServiceTimes
from simulator.queueing.order import Outcome
from simulator.serving.served import Applies
from simulator.serving.work import HIT, WRITE, CellLoad, RequestWork


@dataclass(frozen=True, kw_only=True)
class QueryTimes:
    """What became of the requests in the database, (c, j)."""

    node: npt.NDArray[np.int16]
    start: Ints
    end: Ints
    applies: Applies


@dataclass(frozen=True, kw_only=True)
class Stream:
    """Jobs on their way to stations, flat."""

    station: Ints
    arrive: Ints
    job: Ints

    def those(self, kept: Bools) -> "Stream":
        """Some of the jobs, in the same order."""
        return Stream(station=self.station[kept], arrive=self.arrive[kept], job=self.job[kept])

    def start(self, service: Ints, servers: Ints) -> Ints:
        """Start of each job; ``servers`` is that of each job's station."""
        start = np.empty_like(self.arrive)
        for count in np.unique(servers):
            alike = np.flatnonzero(servers == count)
            lanes = Ragged.of(np.bincount(self.station[alike]))
            arrive = lanes.padded(self.arrive[alike], int(FAR))
            begun = starts(arrive, lanes.padded(service[alike], 1), int(count))
            start[alike] = lanes.flat(begun, len(alike))
        return start


def in_order(station: Ints, arrive: Ints, job: Ints) -> Stream:
    """Put jobs in the order in which their stations see them."""
    station, arrive, job = sorted_jobs(station, arrive, job)
    return Stream(station=station, arrive=arrive, job=job)


def query(work: RequestWork, load: CellLoad, service: ServiceTimes) -> QueryTimes:
    """Send on to the database what the cache does not answer."""
    shards = len(load.shard_bounds)
    cell, job = np.nonzero((work.branch != HIT) & (service.outcome == Outcome.SERVED))
    calls = in_order(cell * shards + work.shard[cell, job], service.end[cell, job], job)
    cell, job = calls.station // shards, calls.job
    write = work.branch[cell, job] == WRITE
    node = _nodes(calls.station, ~write, 1 + load.read_replicas[cell])
    times = QueryTimes(
        node=np.full(work.arrive.shape, -1, dtype=np.int16),
        start=np.zeros_like(work.arrive),
        end=np.zeros_like(work.arrive),
        applies=_no_applies(),
    )
    times.node[cell, job] = node
    _serve_primaries(times, work, load, calls.those(node == 0))
    replicas = int(load.read_replicas.max(initial=0))
    if not replicas:
        return times
    elsewhere = node > 0
    reads = Stream(
        station=calls.station[elsewhere] * replicas + node[elsewhere] - 1,
        arrive=calls.arrive[elsewhere],
        job=job[elsewhere],
    )
    return _serve_replicas(times, work, load, reads, calls.those(write & (load.read_replicas[cell] > 0)))


def _nodes(shard: Ints, read: Bools, nodes: Ints) -> Ints:
    """Node of each call: reads take their shard's nodes in turn from the first, writes go to the primary."""
    counted = np.concatenate([[0], np.cumsum(read)])
    jobs = np.bincount(shard)
    before = counted[np.cumsum(jobs) - jobs]
    turn = counted[:-1] - before[shard]
    return np.where(read, turn % nodes, 0)


def _serve_primaries(times: QueryTimes, work: RequestWork, load: CellLoad, calls: Stream) -> None:
    cell = calls.station // len(load.shard_bounds)
    service = work.query[cell, calls.job]
    start = calls.start(service, load.cores[cell])
    times.start[cell, calls.job] = start
    times.end[cell, calls.job] = start + service


def _serve_replicas(
    times: QueryTimes, work: RequestWork, load: CellLoad, reads: Stream, writes: Stream
) -> QueryTimes:
    """Let the writes be applied on every replica of their shard, in competition with its reads."""
    replicas = int(load.read_replicas.max())
    apply_start = _apply(times, work, load, writes)
    cell = writes.station // len(load.shard_bounds)
    copies = np.repeat(np.arange(len(cell)), load.read_replicas[cell])
    which = np.arange(len(copies)) - np.repeat(
        np.cumsum(load.read_replicas[cell]) - load.read_replicas[cell], load.read_replicas[cell]
    )
    merged = in_order(
        np.concatenate([reads.station, writes.station[copies] * replicas + which]),
        np.concatenate([reads.arrive, apply_start[cell, writes.job][copies]]),
        np.concatenate([reads.job, writes.job[copies]]),
    )
    cell, job = merged.station // (len(load.shard_bounds) * replicas), merged.job
    applied = work.branch[cell, job] == WRITE
    service = np.where(applied, work.apply[cell, job], work.query[cell, job])
    start = merged.start(service, load.cores[cell])
    end, read = start + service, ~applied
    times.start[cell[read], job[read]] = start[read]
    times.end[cell[read], job[read]] = end[read]
    cell, job = cell[applied], job[applied]
    taken_up = apply_start[cell, job]
    return QueryTimes(
        node=times.node,
        start=times.start,
        end=times.end,
        applies=Applies(
            cell=cell,
            job=job,
            replica=merged.station[applied] % replicas + 1,
            queued=times.end[cell, job],
            apply_start=taken_up,
            apply_end=taken_up + service[applied],
            start=start[applied],
            end=end[applied],
        ),
    )


def _apply(times: QueryTimes, work: RequestWork, load: CellLoad, writes: Stream) -> Ints:
    """When each write is taken up by the appliers of its shard, (c, j).

    All replicas of a shard get its writes at the same ticks and take as long over them, so their
    appliers are one lane.
    """
    cell = writes.station // len(load.shard_bounds)
    queue = in_order(writes.station, times.end[cell, writes.job], writes.job)
    cell = queue.station // len(load.shard_bounds)
    apply_start = np.zeros_like(work.arrive)
    service = work.apply[cell, queue.job]
    apply_start[cell, queue.job] = queue.start(service, np.ones_like(cell))
    return apply_start


def _no_applies() -> Applies:
    none = np.empty(0, dtype=np.int64)
    return Applies(
        cell=none, job=none, replica=none, queued=none, apply_start=none, apply_end=none, start=none, end=none
    )
