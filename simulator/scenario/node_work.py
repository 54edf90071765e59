"""The calls that a request makes of a shard and of each of its nodes: arithmetic on numbers or arrays.

Work is in units of one read of a single shard. The share of a shard counts for what goes to it by its
key; parts of the same request on other shards are spread evenly over those.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.arrays import Array
from simulator.scenario.calls import Reads, Saga, TwoPhaseCommit
from simulator.scenario.tiers import Database

Value = Any
"""A number, or an array of one a lane."""


def as_it_is(value: Value) -> Value:
    """What to make of a quantity in a run: the array that it is."""
    return value


@dataclass(frozen=True, kw_only=True)
class Calls:
    """Calls of one kind that a request makes of a node, on average."""

    visits: Value
    cost: Value
    """Mean work of one of them, in reads."""

    @property
    def work(self) -> Value:
        """Of a request."""
        return self.visits * self.cost


@dataclass(frozen=True, kw_only=True)
class ShardWork:
    """The calls of one request on a shard."""

    reads: tuple[Calls, ...]
    """Wherever the policy sends them."""
    writes: tuple[Calls, ...]
    """On the primary."""
    applied: tuple[Calls, ...]
    """On each read replica."""

    def primary(self, read_share: Value) -> tuple[Calls, ...]:
        """Calls of the primary that gets this share of the reads."""
        return _shared(self.reads, read_share) + self.writes

    def replica(self, read_share: Value) -> tuple[Calls, ...]:
        """Calls of a read replica that gets this share of the reads."""
        return _shared(self.reads, read_share) + self.applied


def work_of(calls: tuple[Calls, ...]) -> Value:
    """Work of a request that makes these calls, in reads, the terms added in their order."""
    total = calls[0].work
    for kind in calls[1:]:
        total = total + kind.work
    return total


def visits_of(calls: tuple[Calls, ...]) -> Value:
    """How many calls those are."""
    total = calls[0].visits
    for kind in calls[1:]:
        total = total + kind.visits
    return total


def _shared(calls: tuple[Calls, ...], share: Value) -> tuple[Calls, ...]:
    return tuple(Calls(visits=kind.visits * share, cost=kind.cost) for kind in calls)


def shard_work(
    database: Database[Any],
    number: Callable[[Any], Value],
    *,
    hit_share: Value,
    shards: Value,
    read_share: Value,
    write_share: Value,
) -> ShardWork:
    """Calls of a request on a shard that holds some share of the data that is read and written.

    Args:
        database: of the scenario.
        number: what to make of a quantity: one number for all runs, or the array that it is.
        hit_share: of the reads, answered by the cache.
        shards: there are.
        read_share: of the reads that goes to this one by its key; 1 / ``shards`` for the average.
        write_share: of the writes.
    """
    written, cost = number(database.write_share), number(database.write_cost_ratio)
    index, crossing = database.lookup_index, database.cross_shard_writes
    crosses = (np.asarray(shards) > 1) * number(crossing.share) if crossing else 0.0
    single = written * (1.0 - crosses)
    plain = [Calls(visits=single * write_share, cost=cost)]
    if index:
        also = single * number(index.write_share) / shards
        plain.append(Calls(visits=also, cost=cost * number(index.cost_ratio)))
    writes, copied = list(plain), list(plain)
    if crossing:
        visits = written * crosses * crossing_visits(crossing, number, shards, write_share)
        ratios = [1.0]
        if isinstance(crossing, TwoPhaseCommit):
            ratios = [number(crossing.prepare_cost_ratio), number(crossing.commit_cost_ratio)]
        writes += [Calls(visits=visits, cost=cost * ratio) for ratio in ratios]
        copied.append(Calls(visits=visits, cost=cost))
    applying = number(database.apply_cost_ratio)
    return ShardWork(
        reads=_reads(database, number, (1.0 - written) * (1.0 - hit_share), shards, read_share),
        writes=tuple(writes),
        applied=tuple(Calls(visits=kind.visits, cost=kind.cost * applying) for kind in copied),
    )


def _reads(
    database: Database[Any], number: Callable[[Any], Value], reads: Value, shards: Value, read_share: Value
) -> tuple[Calls, ...]:
    """The reads of a shard: of its own rows, parts of those that ask every shard, and of the index."""
    scatter, index = database.scatter_gather, database.lookup_index
    if not scatter:
        return (Calls(visits=reads * read_share, cost=1.0),)
    scattered = (np.asarray(shards) > 1) * number(scatter.share)
    if not index:
        return (
            Calls(visits=reads * (1.0 - scattered) * read_share, cost=1.0),
            Calls(visits=reads * scattered, cost=number(scatter.part_cost_ratio)),
        )
    return (
        Calls(visits=reads * read_share, cost=1.0),
        Calls(visits=reads * scattered / shards, cost=number(index.cost_ratio)),
    )


def own_write_share(reads: Reads[Any], number: Callable[[Any], Value]) -> Value:
    """Share of the reads that are bound to the primary, as they follow an own write within the window."""
    window, rate = reads.own_writes_window_ms, reads.own_writes_per_s
    if window is None or rate is None:
        return 0.0
    return -np.expm1(-number(window) / 1_000 * number(rate))


def read_shares(
    database: Database[Any], number: Callable[[Any], Value], read_replicas: Value
) -> tuple[Value, Value]:
    """Share of a shard's reads on its primary, and on the replica that gets the most of them.

    Fewest in progress spreads them as evenly as turns do, for want of a law.
    """
    reads, nodes = database.reads, 1 + np.asarray(read_replicas)
    own = own_write_share(reads, number)
    if reads.policy == "primary":
        primary, replica = 1.0 + 0.0 * nodes, 0.0 * nodes
    elif reads.policy == "nearest":
        primary, replica = _nearest(database.cross_zone.zones if database.cross_zone else 1, nodes)
    else:
        primary = replica = 1.0 / nodes
    return own + (1.0 - own) * primary, (1.0 - own) * replica


def _nearest(zones: int, nodes: Array) -> tuple[Value, Value]:
    """Each zone's reads go evenly to its nodes, or to the primary where it has none."""
    near = [np.maximum(-(-(nodes - zone) // zones), 0) for zone in range(zones)]
    primary = sum((count == 0) / zones for count in near) + 1.0 / (zones * near[0])
    replica = 0.0 * nodes
    for zone, count in enumerate(near):
        has_replica = count > (1 if zone == 0 else 0)
        replica = np.maximum(replica, np.where(has_replica, 1.0 / (zones * np.maximum(count, 1)), 0.0))
    return primary, replica


def crossing_visits(
    crossing: TwoPhaseCommit[Any] | Saga[Any], number: Callable[[Any], Value], shards: Value, share: Value
) -> Value:
    """How often a write to several shards comes to this one: once, or each time that a saga does."""
    touched = np.minimum(crossing.shards, shards)
    others = (1.0 - share) / np.maximum(np.asarray(shards) - 1, 1)
    if isinstance(crossing, TwoPhaseCommit):
        return share + others * (touched - 1)
    fails, visits = number(crossing.step_failure_share), 0.0
    for step in range(crossing.shards):
        # Done if none before failed; undone if it was well and one after it fails.
        well = (1.0 - fails) ** step
        undone = well * (1.0 - fails) * (1.0 - (1.0 - fails) ** np.maximum(touched - 1 - step, 0))
        visits = visits + (step < touched) * (well + undone) * (share if step == 0 else others)
    return visits
