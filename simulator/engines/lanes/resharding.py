"""The chunks of a copy are jobs among the calls of the shards, of no request, and with a throttle.

When a chunk is written depends on when it was read, and whether it is read at all on how far replicas are
behind then. Both are guessed and settled in rounds with the calls (``feedback``).

Axes: c cell, n call, m chunk, k job: the calls of a cell, then two for each of its chunks.
"""

from dataclasses import dataclass, replace

import numpy as np

from simulator.arrays import Array, Bools, Ints
from simulator.engines.lanes.database import Swept
from simulator.engines.lanes.gates import NEVER
from simulator.serving.calls.copying import NO_LIMIT, NOWHERE, Chunks
from simulator.serving.calls.rows import BY_POLICY, NO_LOCK, READ, WRITE, Calls, Routes
from simulator.serving.window.served import Applies, CallTimes, CopyTimes


@dataclass(kw_only=True)
class Copy:
    """The chunks of some cells, and the guess of which are written, and when."""

    chunks: Chunks
    jobs: Calls
    """Calls and chunks together, (k,)."""
    own: Ints
    """Index of each call among the jobs, (n,)."""
    read: Ints
    """Index of the reading of each chunk among the jobs, (m,)."""
    write: Ints
    calls: Ints
    """Number of calls of each cell, (c,)."""
    held: Bools
    """True for a chunk that the throttle leaves out, (m,)."""
    written: Ints
    """Tick at which each chunk comes to its target, (m,)."""

    @classmethod
    def begin(cls, calls: Calls, chunks: Chunks, cells: int) -> "Copy":
        """Begin with the guess that no chunk is held back and none waits."""
        calls = _routed(calls)
        counts = np.bincount(calls.cell, minlength=cells)
        before = 2 * np.searchsorted(chunks.cell, np.arange(cells + 1))
        own = np.arange(len(calls.shard)) + before[calls.cell]
        first = np.cumsum(counts)[chunks.cell] + before[chunks.cell]
        read = first + 2 * chunks.number(np.arange(len(chunks.cell)))
        return cls(
            chunks=chunks,
            jobs=_jobs(calls, chunks, own, read),
            own=own,
            read=read,
            write=read + 1,
            calls=counts,
            held=np.zeros(len(read), dtype=np.bool_),
            written=chunks.tick + chunks.read,
        )

    def beside(self, at: Ints, swept: Bools, times: CallTimes) -> Ints:
        """Give the calls ``at`` of the cells ``swept``, (c,), with the chunks that are copied, ascending."""
        here = self.places(swept)
        for ticks in vars(times).values():
            ticks[here] = 0
        times.node[here] = -1
        carried = swept[self.chunks.cell] & ~self.held
        to_target = carried & (self.chunks.target != NOWHERE)
        times.arrive[self.read[carried]] = self.chunks.tick[carried]
        times.arrive[self.write[to_target]] = self.written[to_target]
        return np.sort(np.concatenate([at, self.read[carried], self.write[to_target]]))

    def places(self, swept: Bools) -> Ints:
        """Give the places of the chunks of some cells, (c,), copied or not."""
        here = swept[self.chunks.cell]
        return np.concatenate([self.read[here], self.write[here]])

    def learn(self, times: CallTimes, taken_up: Ints, swept: Bools) -> Bools:
        """Update the guess from the last round, and tell for which cells it changed."""
        here = np.flatnonzero(swept[self.chunks.cell])
        held = self._held(times, taken_up, swept)[here]
        guessed = self.chunks.tick[here] + self.chunks.read[here]
        written = np.where(self.held[here], guessed, times.end[self.read[here]])
        to_target = ~held & (self.chunks.target[here] != NOWHERE)
        changed = (held != self.held[here]) | (to_target & (written != self.written[here]))
        self.held[here], self.written[here] = held, written
        moved: Bools = np.zeros(len(self.calls), dtype=np.bool_)
        moved[self.chunks.cell[here[changed]]] = True
        return moved

    def _held(self, times: CallTimes, taken_up: Ints, swept: Bools) -> Bools:
        """Tell which chunks have a source or target that is too far behind, (m,)."""
        chunks, bits = self.chunks, 8 * self.jobs.shard.itemsize
        cell = self.jobs.cell
        copied = np.flatnonzero((taken_up > 0) & swept[cell])
        station = cell[copied] << bits | self.jobs.shard[copied]
        applied = np.minimum(taken_up[copied] + self.jobs.apply[copied], NEVER)
        lags = Lags.of(station, times.end[copied], applied)
        behind = lags.age(chunks.cell << bits | chunks.shard, chunks.tick)
        serving = np.maximum(chunks.target, 0)
        behind_there = lags.age(chunks.cell << bits | serving, chunks.tick)
        worst = np.where(chunks.target == NOWHERE, behind, np.maximum(behind, behind_there))
        held: Bools = (chunks.limit != NO_LIMIT) & (worst > chunks.limit)
        return held

    def apart(self, swept: Swept) -> tuple[Swept, CopyTimes]:
        """Separate the times of the calls from those of the chunks."""
        times, applies = swept.times, swept.applies
        of_chunk = applies.call >= self.calls[applies.cell]

        def those(rows: Bools) -> Applies:
            return Applies(**{name: values[rows] for name, values in vars(applies).items()})

        chunk = those(of_chunk)
        copy = CopyTimes(
            held=self.held,
            read_start=times.start[self.read],
            read_end=times.end[self.read],
            write_start=times.start[self.write],
            write_end=times.end[self.write],
            applies=replace(chunk, call=(chunk.call - self.calls[chunk.cell]) // 2),
        )
        own = CallTimes(**{name: values[self.own] for name, values in vars(times).items()})
        return Swept(times=own, taken_up=swept.taken_up[self.own], applies=those(~of_chunk)), copy


@dataclass(frozen=True, kw_only=True)
class Lags:
    """The replication lag of some stations, in the order of station and of the primary's completions."""

    station: Ints
    since: Ints
    """Tick at which the primary completed each write."""
    upto: Ints
    """Tick by which this write and all before it are applied, with an offset that keeps stations apart."""
    apart: int

    @classmethod
    def of(cls, station: Ints, since: Ints, applied: Ints) -> "Lags":
        """Make the lags from writes in any order."""
        order = np.lexsort((since, station))
        station, since, apart = station[order], since[order], 2 * NEVER
        upto = np.maximum.accumulate(station * apart + applied[order])
        return cls(station=station, since=since, upto=upto, apart=apart)

    def age(self, station: Ints, tick: Ints) -> Ints:
        """Give the age of the oldest unapplied write at a station as a tick begins; 0 where all are applied.

        The oldest is the first that, with those before, is not applied earlier.
        """
        if not len(self.station):
            return np.zeros_like(tick)
        oldest = np.searchsorted(self.upto, station * self.apart + tick)
        found = np.minimum(oldest, len(self.station) - 1)
        lacks = (oldest == found) & (self.station[found] == station) & (self.since[found] < tick)
        return np.where(lacks, tick - self.since[found], 0)


def _routed(calls: Calls) -> Calls:
    """Give the same calls with one call a request, which takes its turn or goes to the primary."""
    if calls.routes is not None:
        return calls
    none = np.zeros(len(calls.shard), dtype=np.int64)
    routes = Routes(
        request=np.arange(len(none)),
        trip=none,
        node=np.where(calls.branch == WRITE, np.int16(0), np.int16(BY_POLICY)),
        zone=none.astype(np.int8),
        lock=none + NO_LOCK,
        unlocks=none + NO_LOCK,
    )
    return replace(calls, routes=routes)


def _jobs(calls: Calls, chunks: Chunks, own: Ints, read: Ints) -> Calls:
    """Give the calls with two jobs for each chunk: one reads it on a primary, one writes it on another."""
    assert calls.routes is not None
    count, last = len(own) + 2 * len(read), chunks.cell * calls.requests + calls.requests - 1

    def joined(of_calls: Array, of_read: Array | int, of_write: Array | int) -> Array:
        column = np.empty(count, dtype=of_calls.dtype)
        column[own], column[read], column[read + 1] = of_calls, of_read, of_write
        return column

    routes, none = calls.routes, np.zeros_like(read)
    return Calls(
        requests=calls.requests,
        branch=joined(calls.branch, READ, WRITE),
        shard=joined(calls.shard, chunks.shard, np.maximum(chunks.target, 0)),
        ticks=joined(calls.ticks, chunks.read, chunks.write),
        apply=joined(calls.apply, none, chunks.apply),
        routes=Routes(
            request=joined(routes.request, last, last),
            trip=joined(routes.trip, none, none),
            node=joined(routes.node, none, none),
            zone=joined(routes.zone, none, none),
            lock=joined(routes.lock, NO_LOCK, NO_LOCK),
            unlocks=joined(routes.unlocks, NO_LOCK, NO_LOCK),
        ),
    )
