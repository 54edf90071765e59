"""Reads go to the node of their shard with the fewest reads in progress, stepped event by event.

Who is where depends on every choice before, so each shard is a lane that goes through its reads, its writes
and the writes that its replicas begin to apply, in the order in which they come. When those begin is what
the last round told, as it depends on how the primary fared.

Axes: e event, l lane (a shard), n node, s server, k read in progress.
"""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Array, Bools, Ints
from simulator.engines.lanes.kernels import FAR
from simulator.engines.lanes.ragged import Ragged
from simulator.engines.lanes.streams import in_order
from simulator.serving.calls.rows import BY_POLICY, Calls
from simulator.serving.window.served import CallTimes

EVERY_REPLICA = -2
"""Node of a write that begins to be applied."""


def least_outstanding(calls: Calls, shards: "Shards", at: Ints, cell: Ints, times: CallTimes) -> Array:
    """Give the node of every call, (n,): as it was, but chosen for the reads ``at`` that are free to choose.

    Args:
        calls: of the cells.
        shards: nodes and cores of each cell.
        at: calls that are made, ascending.
        cell: of each of these.
        times: when they come.
    """
    assert calls.routes is not None
    node = calls.routes.node.copy()
    if not len(at):
        return node
    copied = np.flatnonzero(shards.taken_up[at] > 0)
    station = cell << shards.bits | calls.shard[at]
    coming = in_order(
        np.concatenate([station, station[copied]]),
        np.concatenate([times.arrive[at], shards.taken_up[at[copied]]]),
        # The same call once as a query and once as a copy: they never meet in a tick at the same node.
        np.concatenate([at << 1, at[copied] << 1 | 1]),
    )
    call, copy = coming.at >> 1, (coming.at & 1).astype(np.bool_)
    lanes = Ragged.of(np.bincount(coming.station))
    stations = coming.station[lanes.index[0]]
    wanted = np.where(copy, EVERY_REPLICA, node[call])
    service = np.where(copy, calls.apply[call], calls.ticks[call])
    steps = _Steps.begin(shards, stations >> shards.bits)
    chosen = np.empty(lanes.index.shape, dtype=np.int64)
    rows = (lanes.padded(coming.arrive, int(FAR)), lanes.padded(service, 1), lanes.padded(wanted, 0), chosen)
    for arrive, ticks, bound, into in zip(*rows, strict=True):
        into[:] = steps.step(arrive, ticks, bound)
    decided = lanes.flat(chosen, len(call))
    node[call[~copy]] = decided[~copy]
    return node


@dataclass(frozen=True, kw_only=True)
class Shards:
    """The layout of the nodes of each cell's shards."""

    bits: int
    """Number of bits of a station's number that tell the shard."""
    read_replicas: Ints
    """Read replicas of each shard, by cell, (c,)."""
    cores: Ints
    """Cores of each node, by cell, (c,)."""
    taken_up: Ints
    """Tick at which replicas begin to apply each call, from the last round; 0 where they do not, (n,)."""


@dataclass(kw_only=True)
class _Steps:
    """The state of the nodes of every lane's shard."""

    free: Ints
    """Each server comes free at this tick, ascending along s, (n, s, l)."""
    absent: Bools
    """True for a node that the shard does not have, (n, l)."""
    in_progress: Ints
    """Each of the last reads of a node is done at this tick, (n, k, l)."""
    sent: Ints
    """Number of reads sent to each node so far, (n, l)."""

    @classmethod
    def begin(cls, shards: Shards, cell: Ints) -> "_Steps":
        nodes, servers = int(shards.read_replicas[cell].max()) + 1, int(shards.cores[cell].max())
        free = np.zeros((nodes, servers + 1, len(cell)), dtype=np.int64)
        free[:, np.arange(servers + 1)[:, np.newaxis] >= shards.cores[cell]] = 2 * FAR
        return cls(
            free=free,
            absent=np.arange(nodes)[:, np.newaxis] > shards.read_replicas[cell],
            in_progress=np.zeros((nodes, 8, len(cell)), dtype=np.int64),
            sent=np.zeros((nodes, len(cell)), dtype=np.int64),
        )

    def step(self, arrive: Ints, ticks: Ints, bound: Ints) -> Ints:
        """Let one call come to every lane, and tell its node."""
        outstanding = (self.in_progress > arrive).sum(axis=1)
        fewest = np.where(self.absent, FAR, outstanding).argmin(axis=0)
        choosing = bound == BY_POLICY
        chosen = np.where(choosing, fewest, bound)
        for node, free in enumerate(self.free):
            here = (chosen == node) | ((bound == EVERY_REPLICA) & (node > 0))
            depart = np.where(here, np.maximum(free[0], arrive) + ticks, free[0])
            free[:-1] = np.minimum(np.maximum(free[:-1], depart), free[1:])
            self._count(node, here & choosing, arrive, depart)
        return chosen

    def _count(self, node: int, sent: Bools, arrive: Ints, depart: Ints) -> None:
        """Remember when the reads that were sent to a node are done, in place of ones that are."""
        lanes = np.flatnonzero(sent)
        if not len(lanes):
            return
        slot = self.sent[node, lanes] % self.in_progress.shape[1]
        if (self.in_progress[node, slot, lanes] > arrive[lanes]).any():
            slot = self._make_room(node, lanes)
        self.in_progress[node, slot, lanes] = depart[lanes]
        self.sent[node, lanes] += 1

    def _make_room(self, node: int, lanes: Ints) -> Ints:
        """Double the places for reads in progress; the new ones are taken next."""
        places = self.in_progress.shape[1]
        self.in_progress = np.concatenate([self.in_progress, np.zeros_like(self.in_progress)], axis=1)
        self.sent[:] = places
        following: Ints = self.sent[node, lanes]
        return following
