"""Calls go through the shards: primaries, the writes that replicas apply, and the reads between them.

The tiers feed forward, so each is swept once: first the primaries, then the appliers, last the
replicas' cores. A station is a cell's shard, ``cell << bits | shard``, or a replica of one.

Axes: c cell, n call.
"""

from dataclasses import dataclass, replace

import numpy as np

from simulator.arrays import Array, Bools, Ints
from simulator.engines.lanes.streams import Stream, in_order
from simulator.serving.calls.rows import BY_POLICY, WRITE, Calls
from simulator.serving.window.served import Applies, CallTimes


@dataclass(frozen=True, kw_only=True)
class Tier:
    """The database of some cells, one value a cell, (c,)."""

    shards: int
    """Number of shards of the cell that has the most."""
    read_replicas: Ints
    """Each shard has this many read replicas."""
    cores: Ints
    appliers: int
    """Each replica has this many appliers."""
    replicas_only: bool
    """Reads that take turns pass the primary over wherever there is a read replica."""

    @property
    def readers(self) -> tuple[Ints, Ints]:
        """Give the first node that reads by turns, and how many do, (c,) both."""
        passed_over = np.minimum(self.read_replicas, int(self.replicas_only))
        return passed_over, 1 + self.read_replicas - passed_over

    @property
    def bits(self) -> int:
        """Give how many bits of a station's number tell the shard."""
        return (self.shards - 1).bit_length()


@dataclass(frozen=True, kw_only=True)
class Swept:
    """The times of the calls that were swept; the others keep their former times."""

    times: CallTimes
    taken_up: Ints
    """The replicas begin to apply a write at this tick; 0 where they do not, (n,)."""
    applies: Applies


def no_times(calls: Calls) -> CallTimes:
    """Give the times of calls of which none has been made."""
    n = len(calls.shard)
    return CallTimes(
        node=np.full(n, -1, dtype=np.int16),
        arrive=np.zeros(n, dtype=np.int64),
        start=np.zeros(n, dtype=np.int64),
        end=np.zeros(n, dtype=np.int64),
    )


def sweep(
    calls: Calls, tier: Tier, at: Ints, cell: Ints, times: CallTimes, node: Array | None = None
) -> Swept:
    """Serve the calls ``at`` (ascending) as they come at ``times.arrive``; write their starts and ends.

    Args:
        calls: of the cells of ``tier``.
        tier: the database.
        at: calls that are made.
        cell: of each of these.
        times: where to find and put the ticks.
        node: that serves each call, (n,), ``BY_POLICY`` for reads that take turns; None where all do.
    """
    coming = in_order(cell << tier.bits | calls.shard[at], times.arrive[at], at)
    cores, replicas = np.repeat(tier.cores, 1 << tier.bits), tier.read_replicas
    if not replicas.any():
        times.node[coming.at] = 0
        _serve(times, coming, calls.ticks[coming.at], cores)
        return Swept(times=times, taken_up=np.zeros(len(calls.shard), dtype=np.int64), applies=_no_applies())
    write = calls.branch[coming.at] == WRITE
    of = coming.station >> tier.bits
    copies = replicas[of]
    if node is None:
        serving = _by_turns(coming.station, ~write, 1 + copies)
    else:
        bound, takes_turn = node[coming.at], node[coming.at] == BY_POLICY
        first, readers = tier.readers
        turn = first[of] + _by_turns(coming.station, takes_turn, readers[of])
        serving = np.where(takes_turn, turn, bound)
    times.node[coming.at] = serving
    primary, reading = coming.those(np.flatnonzero(serving == 0)), np.flatnonzero(serving > 0)
    _serve(times, primary, calls.ticks[primary.at], cores)
    most = int(replicas.max()).bit_length()
    reads = coming.those(reading)
    reads = replace(reads, station=reads.station << most | serving[reading])
    applied = write & (copies > 0)
    if calls.routes is not None:  # what is only prepared is not applied yet
        applied &= calls.apply[coming.at] > 0
    queue, begun = _take_up(times, calls, coming.those(np.flatnonzero(applied)), tier.appliers)
    taken_up = np.zeros(len(calls.shard), dtype=np.int64)
    taken_up[queue.at] = begun
    copying = _on_every_replica(queue, begun, replicas[queue.station >> tier.bits], most)
    applies = _serve_replicas(times, calls, reads, copying, np.repeat(cores, 1 << most), most)
    return Swept(times=times, taken_up=taken_up, applies=_of_cells(applies, calls))


def _by_turns(shard: Ints, read: Bools, nodes: Ints) -> Ints:
    """Give each read its place among the nodes that read, in turn from the first; 0 for a write."""
    counted = np.concatenate([[0], np.cumsum(read)])
    jobs = np.bincount(shard)
    before = counted[np.cumsum(jobs) - jobs]
    turn = counted[:-1] - np.repeat(before, jobs)
    return np.where(read, turn % nodes, 0)


def _serve(times: CallTimes, coming: Stream, service: Ints, cores: Ints) -> None:
    start = coming.start(service, cores)
    times.start[coming.at] = start
    times.end[coming.at] = start + service


def _take_up(times: CallTimes, calls: Calls, writes: Stream, appliers: int) -> tuple[Stream, Ints]:
    """Let the appliers take up the writes in the order in which the primary was done with them.

    All replicas of a shard get its writes at the same ticks and take as long over them, so that one
    lane tells the appliers of all of them.
    """
    queue = in_order(writes.station, times.end[writes.at], writes.at)
    stations = int(queue.station.max(initial=-1)) + 1
    return queue, queue.start(calls.apply[queue.at], np.full(stations, appliers))


def _on_every_replica(queue: Stream, taken_up: Ints, copies: Ints, most: int) -> Stream:
    """Give the writes as they come to the cores of every replica."""
    replica = np.arange(int(copies.sum())) - np.repeat(np.cumsum(copies) - copies, copies) + 1
    return Stream(
        station=np.repeat(queue.station, copies) << most | replica,
        arrive=np.repeat(taken_up, copies),
        at=np.repeat(queue.at, copies),
    )


def _serve_replicas(
    times: CallTimes, calls: Calls, reads: Stream, copying: Stream, cores: Ints, most: int
) -> Applies:
    """Serve reads and applied writes in the order in which they come to the replicas' cores."""
    merged = in_order(
        np.concatenate([reads.station, copying.station]),
        np.concatenate([reads.arrive, copying.arrive]),
        np.concatenate([reads.at, copying.at]),
    )
    write = calls.branch[merged.at] == WRITE
    read, applied = np.flatnonzero(~write), np.flatnonzero(write)
    service = calls.ticks[merged.at]
    service[applied] = calls.apply[merged.at[applied]]
    start = merged.start(service, cores)
    at, begun = merged.at[read], start[read]
    times.start[at] = begun
    times.end[at] = begun + service[read]
    writes, begun, service = merged.those(applied), start[applied], service[applied]
    return Applies(
        cell=writes.at,
        call=writes.at,
        replica=writes.station & ((1 << most) - 1),
        queued=times.end[writes.at],
        apply_start=writes.arrive,
        apply_end=writes.arrive + service,
        start=begun,
        end=begun + service,
    )


def _of_cells(applies: Applies, calls: Calls) -> Applies:
    """Number the calls of each cell from its first."""
    request = applies.call if calls.routes is None else calls.routes.request[applies.call]
    cell = request // calls.requests
    return replace(applies, cell=cell, call=applies.call - calls.row(cell, np.zeros_like(cell)))


def _no_applies() -> Applies:
    none = np.empty(0, dtype=np.int64)
    return Applies(
        cell=none,
        call=none,
        replica=none,
        queued=none,
        apply_start=none,
        apply_end=none,
        start=none,
        end=none,
    )
