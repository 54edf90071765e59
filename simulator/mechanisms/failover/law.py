"""A shard without a primary for a while fails requests and loses writes.

Weekly arithmetic: an outage comes at any moment of the week alike, so it meets the week's mean rate.

Axes: s shard, l lane.
"""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.scenario.keys.calls import Saga
from simulator.scenario.root import Scenario
from simulator.serving.capacity.node_work import own_write_share
from simulator.serving.capacity.topology import Topology
from simulator.serving.recovery import recovery_time_s
from simulator.serving.shards.shares import Shares
from simulator.units import S_PER_HOUR, S_PER_WEEK


@dataclass(frozen=True, kw_only=True)
class Needing:
    """Share of a week's requests that cannot be answered without the primary of a shard, (s, l) each."""

    writes: Floats
    reads: Floats


def downtime_s(inputs: Scenario[Floats], read_replicas: Ints, stored_gb: Floats, failures: Ints) -> Floats:
    """Give the seconds of a week in which each shard has no primary, (s, l): a recovery for each failure.

    A promotion where the shard has a read replica or a standby, else a restore of what it stores, (s, l). All
    of an outage counts for the week in which it begins, at most that week.
    """
    recovery = recovery_time_s(inputs, read_replicas, stored_gb)
    return np.minimum(failures * recovery, float(S_PER_WEEK))


def needing_primary(inputs: Scenario[Floats], topology: Topology, shares: Shares) -> Needing:
    """Tell what needs each primary: its writes, and the reads that no other node of the shard serves.

    A request of several shards fails where any of them cannot do its part. The cache goes on answering.
    """
    written = inputs.database.write_share
    missed = (1.0 - written) * (1.0 - topology.hit_share)
    return Needing(
        writes=written * _writes_touching(inputs, topology.shards, shares.write),
        reads=missed
        * _reads_touching(inputs, topology.shards, shares.read)
        * reads_without_primary(inputs, topology.read_replicas),
    )


def reads_without_primary(inputs: Scenario[Floats], read_replicas: Ints) -> Floats:
    """Give the share of the reads of a shard that fail while it has no primary, (l,).

    All where there is no read replica, as a standby serves nobody before it is promoted, or where the policy
    is the primary alone. Else those that follow an own write within the window, as they are bound to it.
    """
    reads = inputs.database.reads
    bound = 1.0 if reads.policy == "primary" else own_write_share(reads)
    return np.where(read_replicas > 0, bound, 1.0)


def lost_with_primary(
    inputs: Scenario[Floats], read_replicas: Ints, unapplied: Floats, writes_per_s: Floats
) -> Floats:
    """Give the acknowledged writes that each failure of a primary loses, (s, l).

    Nothing with a synchronous standby; nothing where a write waits for the replicas, or for one to have
    received it, as the one that has it is promoted. With asynchronous replicas those that had not been
    applied (L = λW of the lag, as failures see time averages). Without a copy what came since the
    last backup, which is half an interval old on average.

    Args:
        inputs: of the block.
        read_replicas: of each shard, (l,).
        unapplied: mean number of writes that a replica has yet to apply, (s, l).
        writes_per_s: that come to the primary, (s, l).
    """
    recovery = inputs.database.recovery
    assert recovery is not None  # who asks has it
    if recovery.standby:
        return np.zeros(writes_per_s.shape)
    since_backup = recovery.backup_interval_hours * S_PER_HOUR / 2
    waits = inputs.database.replication.mode != "asynchronous"
    copied = np.zeros(unapplied.shape) if waits else unapplied
    return np.where(read_replicas > 0, copied, writes_per_s * since_backup)


def _writes_touching(inputs: Scenario[Floats], shards: Ints, share: Floats) -> Floats:
    """Give the share of the writes with a part on each shard, its own ``share`` among them."""
    database, others = inputs.database, 1.0 - share
    index, crossing = database.lookup_index, database.cross_shard_writes
    single = share + index.write_share * others / shards if index else share
    if not crossing:
        return single
    goes_on = 1.0 - crossing.step_failure_share if isinstance(crossing, Saga) else np.ones(len(shards))
    reached = np.zeros(len(shards))  # parts after the first that a saga comes to, or that are prepared
    for step in range(1, crossing.shards):
        reached = reached + (step < shards) * goes_on**step
    crosses = (shards > 1) * crossing.share
    several = share + others * reached / np.maximum(shards - 1, 1)
    return single * (1.0 - crosses) + several * crosses


def _reads_touching(inputs: Scenario[Floats], shards: Ints, share: Floats) -> Floats:
    """Give the share of the reads behind the cache with a part on each shard."""
    scatter, index = inputs.database.scatter_gather, inputs.database.lookup_index
    if not scatter:
        return share
    scattered = (shards > 1) * scatter.share
    everywhere = share + (1.0 - share) / shards if index else np.ones(share.shape)
    return share * (1.0 - scattered) + everywhere * scattered
