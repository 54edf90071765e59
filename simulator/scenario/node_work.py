"""What a request asks of one shard on average, and of each of its nodes: arithmetic on numbers or arrays.

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
class ShardWork:
    """Of one request, on a shard."""

    reads: Value
    writes: Value
    """On the primary."""
    applied: Value
    """On each read replica."""

    def primary(self, read_share: Value) -> Value:
        """Work of the primary that gets this share of the reads."""
        return self.reads * read_share + self.writes

    def replica(self, read_share: Value) -> Value:
        """Work of a read replica that gets this share of the reads."""
        return self.reads * read_share + self.applied


def shard_work(
    database: Database[Any],
    number: Callable[[Any], Value],
    *,
    hit_share: Value,
    shards: Value,
    read_share: Value,
    write_share: Value,
) -> ShardWork:
    """Work of a request on a shard that holds some share of the data that is read and written.

    Args:
        database: of the scenario.
        number: what to make of a quantity: one number for all runs, or the array that it is.
        hit_share: of the reads, answered by the cache.
        shards: there are.
        read_share: of the reads that goes to this one by its key; 1 / ``shards`` for the average.
        write_share: of the writes.
    """
    written, cost = number(database.write_share), number(database.write_cost_ratio)
    scatter, index, crossing = database.scatter_gather, database.lookup_index, database.cross_shard_writes
    several = np.asarray(shards) > 1
    reads = (1.0 - written) * (1.0 - hit_share)
    scattered = several * number(scatter.share) if scatter else 0.0
    part = number(scatter.part_cost_ratio) if scatter else 0.0
    if index:
        part = read_share + number(index.cost_ratio) / shards
    crosses = several * number(crossing.share) if crossing else 0.0
    single, also = written * (1.0 - crosses), 0.0
    if index:
        also = number(index.write_share) * number(index.cost_ratio) / shards
    touched, copied = _crossing(crossing, number, shards, write_share) if crossing else (0.0, 0.0)
    apply_cost = cost * number(database.apply_cost_ratio)
    return ShardWork(
        reads=reads * ((1.0 - scattered) * read_share + scattered * part),
        writes=cost * (single * (write_share + also) + written * crosses * touched),
        applied=apply_cost * (single * (write_share + also) + written * crosses * copied),
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


def _crossing(
    crossing: TwoPhaseCommit[Any] | Saga[Any], number: Callable[[Any], Value], shards: Value, share: Value
) -> tuple[Value, Value]:
    """Writes on the primary and on each replica that a write to several shards comes to on this one."""
    touched = np.minimum(crossing.shards, shards)
    others = (1.0 - share) / np.maximum(np.asarray(shards) - 1, 1)
    if isinstance(crossing, TwoPhaseCommit):
        visits = share + others * (touched - 1)
        return visits * (number(crossing.prepare_cost_ratio) + number(crossing.commit_cost_ratio)), visits
    fails, visits = number(crossing.step_failure_share), 0.0
    for step in range(crossing.shards):
        # Done if none before failed; undone if it was well and one after it fails.
        well = (1.0 - fails) ** step
        undone = well * (1.0 - fails) * (1.0 - (1.0 - fails) ** np.maximum(touched - 1 - step, 0))
        visits = visits + (step < touched) * (well + undone) * (share if step == 0 else others)
    return visits, visits
