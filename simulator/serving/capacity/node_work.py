"""The calls that a request makes of a shard and of its nodes, as arithmetic on arrays of lanes.

Work is in units of one read of a single shard. The share of a shard counts for what goes to it by its
key; parts of the same request on other shards are spread evenly over those.
"""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.scenario.keys.calls import Reads, Saga, TwoPhaseCommit
from simulator.scenario.keys.tiers import Database
from simulator.scenario.root import Scenario
from simulator.units import MS_PER_S


@dataclass(frozen=True, kw_only=True)
class Calls:
    """Calls of one kind that a request makes of a node, on average."""

    visits: Floats
    cost: Floats
    """Mean work of one of them, in reads."""

    @property
    def work(self) -> Floats:
        """Give the work of a request."""
        return self.visits * self.cost


@dataclass(frozen=True, kw_only=True)
class ShardWork:
    """The calls of one request on a shard."""

    reads: tuple[Calls, ...]
    """Reads of the shard, which go to the nodes that the policy chooses."""
    writes: tuple[Calls, ...]
    """Writes of the shard, on its primary."""
    applied: tuple[Calls, ...]
    """Writes applied on each read replica of the shard."""

    def primary(self, read_share: Floats) -> tuple[Calls, ...]:
        """Give the calls of a primary that gets this share of the reads."""
        return _shared(self.reads, read_share) + self.writes

    def replica(self, read_share: Floats) -> tuple[Calls, ...]:
        """Give the calls of a read replica that gets this share of the reads."""
        return _shared(self.reads, read_share) + self.applied


def work_of(calls: tuple[Calls, ...]) -> Floats:
    """Work of a request that makes these calls, in reads, the terms added in their order."""
    total = calls[0].work
    for kind in calls[1:]:
        total = total + kind.work
    return total


def visits_of(calls: tuple[Calls, ...]) -> Floats:
    """Count the calls of all kinds together."""
    total = calls[0].visits
    for kind in calls[1:]:
        total = total + kind.visits
    return total


def _shared(calls: tuple[Calls, ...], share: Floats) -> tuple[Calls, ...]:
    return tuple(Calls(visits=kind.visits * share, cost=kind.cost) for kind in calls)


def shard_work(
    database: Database[Floats],
    *,
    hit_share: Floats,
    shards: Ints,
    read_share: Floats,
    write_share: Floats,
) -> ShardWork:
    """Give the calls of a request on a shard that holds some share of the data that is read and written.

    Args:
        database: of the scenario.
        hit_share: of the reads, answered by the cache.
        shards: there are.
        read_share: of the reads that goes to this one by its key; 1 / ``shards`` for the average.
        write_share: of the writes.
    """
    written, cost = database.write_share, database.write_cost_ratio
    index, crossing = database.lookup_index, database.cross_shard_writes
    crosses = (shards > 1) * crossing.share if crossing else np.zeros(len(written))
    single = written * (1.0 - crosses)
    plain = [Calls(visits=single * write_share, cost=cost)]
    if index:
        also = single * index.write_share / shards
        plain.append(Calls(visits=also, cost=cost * index.cost_ratio))
    writes, copied = list(plain), list(plain)
    if crossing:
        visits = written * crosses * crossing_visits(crossing, shards, write_share)
        if isinstance(crossing, TwoPhaseCommit):
            writes.append(Calls(visits=visits, cost=cost * crossing.prepare_cost_ratio))
            writes.append(Calls(visits=visits, cost=cost * crossing.commit_cost_ratio))
        else:
            writes.append(Calls(visits=visits, cost=cost))
        copied.append(Calls(visits=visits, cost=cost))
    applying = database.apply_cost_ratio
    return ShardWork(
        reads=_reads(database, (1.0 - written) * (1.0 - hit_share), shards, read_share),
        writes=tuple(writes),
        applied=tuple(Calls(visits=kind.visits, cost=kind.cost * applying) for kind in copied),
    )


def _reads(database: Database[Floats], reads: Floats, shards: Ints, read_share: Floats) -> tuple[Calls, ...]:
    """Give the reads of a shard: of its own rows, parts of those that ask every shard, and of the index."""
    scatter, index, one = database.scatter_gather, database.lookup_index, np.ones(len(reads))
    if not scatter:
        return (Calls(visits=reads * read_share, cost=one),)
    scattered = (shards > 1) * scatter.share
    if not index:
        return (
            Calls(visits=reads * (1.0 - scattered) * read_share, cost=one),
            Calls(visits=reads * scattered, cost=scatter.part_cost_ratio),
        )
    return (
        Calls(visits=reads * read_share, cost=one),
        Calls(visits=reads * scattered / shards, cost=index.cost_ratio),
    )


def own_write_share(reads: Reads[Floats]) -> Floats | float:
    """Give the share of the reads that are bound to the primary, as they follow an own write."""
    window, rate = reads.own_writes_window_ms, reads.own_writes_per_s
    if window is None or rate is None:
        return 0.0
    share: Floats = -np.expm1(-window / MS_PER_S * rate)
    return share


def read_shares(inputs: Scenario[Floats], read_replicas: Ints) -> tuple[Floats, Floats]:
    """Give the share of a shard's reads on its primary, and on the replica that gets the most of them.

    Fewest in progress spreads them as evenly as turns do, for want of a law.
    """
    reads, nodes = inputs.database.reads, 1 + read_replicas
    own = own_write_share(reads) + np.zeros(len(nodes))
    if reads.policy == "primary":
        primary, replica = np.ones(len(nodes)), np.zeros(len(nodes))
    elif reads.policy == "replicas":
        primary, replica = 1.0 * (read_replicas == 0), (read_replicas > 0) / np.maximum(read_replicas, 1)
    elif reads.policy == "nearest":
        primary, replica = _nearest(inputs.zones.count if inputs.zones else 1, nodes)
    else:
        primary = replica = np.ones(len(nodes)) / nodes
    on_primary: Floats = own + (1.0 - own) * primary
    on_replica: Floats = (1.0 - own) * replica
    return on_primary, on_replica


def _nearest(zones: int, nodes: Ints) -> tuple[Floats, Floats]:
    """Send each zone's reads evenly to its nodes, or to the primary where it has none."""
    near = [np.maximum(-(-(nodes - zone) // zones), 0) for zone in range(zones)]
    primary: Floats = 1.0 / (zones * near[0])
    for count in near:
        primary = primary + (count == 0) / zones
    replica: Floats = np.zeros(len(nodes))
    for zone, count in enumerate(near):
        has_replica = count > (1 if zone == 0 else 0)
        replica = np.maximum(replica, np.where(has_replica, 1.0 / (zones * np.maximum(count, 1)), 0.0))
    return primary, replica


def crossing_visits(crossing: TwoPhaseCommit[Floats] | Saga[Floats], shards: Ints, share: Floats) -> Floats:
    """Give how often a write to several shards visits this one: once, or at each visit of a saga."""
    touched = np.minimum(crossing.shards, shards)
    others = (1.0 - share) / np.maximum(shards - 1, 1)
    if isinstance(crossing, TwoPhaseCommit):
        visits: Floats = share + others * (touched - 1)
        return visits
    fails, visits = crossing.step_failure_share, np.zeros(share.shape)
    for step in range(crossing.shards):
        # Done if none before failed; undone if it was well and one after it fails.
        well = (1.0 - fails) ** step
        undone = well * (1.0 - fails) * (1.0 - (1.0 - fails) ** np.maximum(touched - 1 - step, 0))
        visits = visits + (step < touched) * (well + undone) * (share if step == 0 else others)
    return visits
