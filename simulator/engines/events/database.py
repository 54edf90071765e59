"""The nodes of a database: primaries, and the replicas that apply their writes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import simpy

from simulator.engines.events.cross_shard import RowLocks
from simulator.engines.events.moment import Steps
from simulator.engines.events.router import Router, least_outstanding, round_robin
from simulator.engines.events.station import Station
from simulator.queueing.order import Rank
from simulator.scenario.keys.calls import ReadPolicy


class Node(NamedTuple):
    """A node of a shard that serves calls."""

    number: int
    """0 for the primary, from 1 the read replicas."""
    cores: Station


@dataclass(kw_only=True, slots=True)
class Applied:
    """A write or chunk on a replica, with ticks that are 0 until it is done there."""

    number: int
    """Index of the call, or of the chunk."""
    replica: int
    """Number of the replica within its shard, from 1."""
    apply_start: int = 0
    apply_end: int = 0
    start: int = 0
    """Tick at which it gets a core."""
    end: int = 0


class ReadReplica:
    """A copy of a shard: appliers that take up one write after the other, and cores for all work."""

    def __init__(self, env: simpy.Environment, cores: int, appliers: int) -> None:
        """Start with empty appliers and ``cores`` idle cores."""
        self.env = env
        self.applier = Station(env, Rank.APPLY, servers=appliers)
        self.cores = Station(env, Rank.REPLICA, servers=cores)

    def apply(self, job: int, ticks: int, noted: Applied, applied: simpy.Event) -> Steps:
        """Apply a write: it takes an applier, and then a core in competition with the reads."""
        applying = self.applier.enter(job, ticks)
        yield applying.started
        working = self.cores.enter(job, ticks)
        yield applying.left
        applied.succeed()
        yield working.left
        noted.apply_start, noted.apply_end = applying.start, applying.end
        noted.start, noted.end = working.start, working.end


class DatabaseShard:
    """A primary, its read replicas, and the policy that sends a read to one of them."""

    def __init__(
        self, env: simpy.Environment, *, read_replicas: int, cores: int, appliers: int, policy: ReadPolicy
    ) -> None:
        """Build the nodes of one shard."""
        self.primary = Station(env, Rank.PRIMARY, servers=cores)
        self.replicas = [ReadReplica(env, cores, appliers) for _ in range(read_replicas)]
        stations = [self.primary, *(replica.cores for replica in self.replicas)]
        self.nodes = [Node(number, station) for number, station in enumerate(stations)]
        readers = (self.nodes[1:] or self.nodes) if policy == "replicas" else self.nodes
        choose: Callable[[], Node] = round_robin(readers)
        self.reading = [0] * len(self.nodes)
        """Reads in progress on each node, of those that the policy sent there."""
        if policy == "least_outstanding":
            choose = least_outstanding(self.nodes, self.reading)
        self.reads: Router[Node] = Router(env, Rank.PRIMARY, choose)
        self.locks = RowLocks(env)

    def stations(self) -> list[Station]:
        """Give every station of the shard."""
        replicas = [station for replica in self.replicas for station in (replica.applier, replica.cores)]
        return [self.primary, *replicas, *self.locks.stations()]
