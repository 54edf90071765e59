"""The nodes of a database: primaries, replicas that apply what they write, locks on their rows."""

from collections.abc import Callable, Generator
from typing import Any

import simpy

from simulator.arrays import Ints
from simulator.engines.events.router import Router, least_outstanding, round_robin
from simulator.engines.events.station import Station
from simulator.queueing.order import Rank
from simulator.scenario.keys.calls import ReadPolicy

Steps = Generator[simpy.Event, Any, None]
Node = tuple[int, Station]
"""A node of a shard: 0 and the primary's cores, or the number of a read replica and its cores."""


class ReadReplica:
    """A copy of a shard: appliers that take up one write after the other, and cores for all work."""

    def __init__(self, env: simpy.Environment, cores: int, appliers: int) -> None:
        """Start with empty appliers and ``cores`` idle cores."""
        self.env = env
        self.applier = Station(env, Rank.APPLY, servers=appliers)
        self.cores = Station(env, Rank.REPLICA, servers=cores)

    def apply(self, call: int, ticks: int, row: Ints, applied: simpy.Event) -> Steps:
        """Apply a write: it takes an applier, and then a core in competition with the reads."""
        applying = self.applier.enter(call, ticks)
        yield applying.started
        working = self.cores.enter(call, ticks)
        yield applying.left
        applied.succeed()
        yield working.left
        row[:] = applying.start, applying.end, working.start, working.end


class DatabaseShard:
    """A primary, its read replicas, and the policy that sends a read to one of them."""

    def __init__(
        self, env: simpy.Environment, *, read_replicas: int, cores: int, appliers: int, policy: ReadPolicy
    ) -> None:
        """Build the nodes of one shard."""
        self.env = env
        self.primary = Station(env, Rank.PRIMARY, servers=cores)
        self.replicas = [ReadReplica(env, cores, appliers) for _ in range(read_replicas)]
        self.nodes: list[Node] = list(
            enumerate([self.primary, *(replica.cores for replica in self.replicas)])
        )
        readers = (self.nodes[1:] or self.nodes) if policy == "replicas" else self.nodes
        choose: Callable[[], Node] = round_robin(readers)
        self.reading = [0] * len(self.nodes)
        """Reads in progress on each node, of those that the policy sent there."""
        if policy == "least_outstanding":
            choose = least_outstanding(self.nodes, self.reading)
        self.reads: Router[Node] = Router(env, Rank.PRIMARY, choose)
        self._locks: dict[int, Station] = {}

    def lock(self, row: int) -> Station:
        """Give the lock of one of the shard's rows: held by one write at a time, in the order of asking."""
        if row not in self._locks:
            self._locks[row] = Station(self.env, Rank.LOCK, servers=1, gate=True)
        return self._locks[row]

    def stations(self) -> list[Station]:
        """Give every station of the shard."""
        replicas = [station for replica in self.replicas for station in (replica.applier, replica.cores)]
        return [self.primary, *replicas, *self._locks.values()]
