"""Queries through the shards: primaries, the writes that replicas apply, and the reads between them.

The tiers feed forward, so each is swept once: first the primaries, then the appliers, last the
replicas' cores. A station is a cell's shard, ``cell << bits | shard``, or a replica of one.

Axes: c cell, j request.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from simulator.arrays import Bools, Ints
from simulator.engines.lanes.service import ServiceTimes
from simulator.engines.lanes.streams import Stream, in_order
from simulator.queueing.order import Outcome
from simulator.serving.served import Applies
from simulator.serving.work import HIT, WRITE, RequestWork


@dataclass(frozen=True, kw_only=True)
class QueryTimes:
    """What became of the requests in the database, (c, j)."""

    node: npt.NDArray[np.int16]
    start: Ints
    end: Ints
    applies: Applies


@dataclass(frozen=True, kw_only=True)
class Tier:
    """The database of some cells, one value a cell, (c,)."""

    shards: int
    """The most that a cell has."""
    read_replicas: Ints
    """Of each shard."""
    cores: Ints


def query(work: RequestWork, tier: Tier, service: ServiceTimes) -> QueryTimes:
    """Send on to the database what the cache does not answer."""
    bits = (tier.shards - 1).bit_length()
    asked = (work.branch != HIT) & (service.outcome == Outcome.SERVED)
    at = np.flatnonzero(asked)
    cell = np.repeat(np.arange(len(asked)), np.count_nonzero(asked, axis=1))
    calls = in_order(cell << bits | work.shard.reshape(-1)[at], service.end.reshape(-1)[at], at)
    times = QueryTimes(
        node=np.full(work.arrive.shape, -1, dtype=np.int16),
        start=np.zeros_like(work.arrive),
        end=np.zeros_like(work.arrive),
        applies=_no_applies(),
    )
    cores, replicas = np.repeat(tier.cores, 1 << bits), tier.read_replicas
    if not replicas.any():
        times.node.reshape(-1)[calls.at] = 0
        _serve(times, calls, work.query.reshape(-1)[calls.at], cores)
        return times
    write = work.branch.reshape(-1)[calls.at] == WRITE
    copies = replicas[calls.station >> bits]
    node = _nodes(calls.station, ~write, 1 + copies)
    times.node.reshape(-1)[calls.at] = node
    primary, reading = calls.those(np.flatnonzero(node == 0)), np.flatnonzero(node > 0)
    _serve(times, primary, work.query.reshape(-1)[primary.at], cores)
    most = int(replicas.max()).bit_length()
    reads = calls.those(reading)
    reads = replace(reads, station=reads.station << most | node[reading])
    written = np.flatnonzero(write & (copies > 0))
    copied = _apply(times, work, calls.those(written), copies[written], most)
    return _serve_replicas(times, work, reads, copied, cores, most)


def _nodes(shard: Ints, read: Bools, nodes: Ints) -> Ints:
    """Node of each call: reads take their shard's nodes in turn from the first, writes go to the primary."""
    counted = np.concatenate([[0], np.cumsum(read)])
    jobs = np.bincount(shard)
    before = counted[np.cumsum(jobs) - jobs]
    turn = counted[:-1] - np.repeat(before, jobs)
    return np.where(read, turn % nodes, 0)


def _serve(times: QueryTimes, calls: Stream, service: Ints, cores: Ints) -> None:
    start = calls.start(service, cores)
    times.start.reshape(-1)[calls.at] = start
    times.end.reshape(-1)[calls.at] = start + service


def _apply(times: QueryTimes, work: RequestWork, writes: Stream, copies: Ints, most: int) -> Stream:
    """Let the appliers take up the writes, one after the other: the writes as every replica gets them.

    All replicas of a shard get its writes at the same ticks and take as long over them, so that one
    lane tells the appliers of all of them.
    """
    queue = in_order(writes.station, times.end.reshape(-1)[writes.at], writes.at)
    stations = int(queue.station.max(initial=-1)) + 1
    taken_up = queue.start(work.apply.reshape(-1)[queue.at], np.ones(stations, dtype=np.int64))
    of_shard = np.zeros(stations, dtype=np.int64)
    of_shard[writes.station] = copies
    each = of_shard[queue.station]
    replica = np.arange(int(each.sum())) - np.repeat(np.cumsum(each) - each, each) + 1
    return Stream(
        station=np.repeat(queue.station, each) << most | replica,
        arrive=np.repeat(taken_up, each),
        at=np.repeat(queue.at, each),
    )


def _serve_replicas(
    times: QueryTimes, work: RequestWork, reads: Stream, copied: Stream, cores: Ints, most: int
) -> QueryTimes:
    """Serve reads and applied writes in the order in which they come to the replicas' cores."""
    merged = in_order(
        np.concatenate([reads.station, copied.station]),
        np.concatenate([reads.arrive, copied.arrive]),
        np.concatenate([reads.at, copied.at]),
    )
    write = work.branch.reshape(-1)[merged.at] == WRITE
    read, applied = np.flatnonzero(~write), np.flatnonzero(write)
    service = work.query.reshape(-1)[merged.at]
    service[applied] = work.apply.reshape(-1)[merged.at[applied]]
    start = merged.start(service, np.repeat(cores, 1 << most))
    at, begun = merged.at[read], start[read]
    times.start.reshape(-1)[at] = begun
    times.end.reshape(-1)[at] = begun + service[read]
    writes, begun, service = merged.those(applied), start[applied], service[applied]
    cell, job = np.divmod(writes.at, work.arrive.shape[1])
    return replace(
        times,
        applies=Applies(
            cell=cell,
            job=job,
            replica=writes.station & ((1 << most) - 1),
            queued=times.end.reshape(-1)[writes.at],
            apply_start=writes.arrive,
            apply_end=writes.arrive + service,
            start=begun,
            end=begun + service,
        ),
    )


def _no_applies() -> Applies:
    none = np.empty(0, dtype=np.int64)
    return Applies(
        cell=none, job=none, replica=none, queued=none, apply_start=none, apply_end=none, start=none, end=none
    )
