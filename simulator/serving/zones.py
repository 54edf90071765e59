"""A lost zone leaves some capacity; the database comes back after a while and loses some writes."""

from dataclasses import replace

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.scenario.root import Scenario
from simulator.serving.capacity.offered import Offered, offered_load
from simulator.serving.capacity.topology import Topology
from simulator.serving.shards.shares import Shares
from simulator.units import MB_PER_GB, S_PER_HOUR


def left_without_a_zone(nodes: Ints, zones: int) -> Ints:
    """Nodes that are left when the zone that holds the most of them is lost: n - ceil(n / z).

    >>> left_without_a_zone(np.array([13, 6, 1]), 3)
    array([8, 4, 0])
    """
    return nodes - -(-nodes // zones)


def offered_with_a_zone_lost(
    inputs: Scenario[Floats], topology: Topology, *, rate_per_s: Floats, replicas: Ints, shares: Shares
) -> Offered:
    """Offered utilisation before anything is started elsewhere; infinite for a tier with nothing left.

    A shard that loses its primary promotes a read replica. Nodes with a standby in another zone lose nothing.

    Args:
        inputs: of the block.
        topology: with all zones.
        rate_per_s: requests, (lanes,).
        replicas: of the service with all zones, (lanes,).
        shares: of the traffic on each shard, (s, lanes).
    """
    assert inputs.zones is not None  # a scenario that asks has zones
    recovery, zones = inputs.database.recovery, inputs.zones.count
    nodes = 1 + topology.read_replicas
    if recovery is None or not recovery.standby:
        nodes = left_without_a_zone(nodes, zones)
    serving = left_without_a_zone(replicas, zones)
    left = offered_load(
        inputs,
        replace(topology, read_replicas=np.maximum(nodes - 1, 0)),
        rate_per_s=rate_per_s,
        replicas=np.maximum(serving, 1),
        shares=shares,
    )
    return replace(
        left,
        service=np.where(serving > 0, left.service, np.inf),
        primary=np.where(nodes > 0, left.primary, np.inf),
    )


def recovery_time_s(inputs: Scenario[Floats], read_replicas: Ints, stored_shard_gb: Floats) -> Floats:
    """Tell how long a shard is without a primary: a promotion where there is another copy, else a restore.

    A restored shard serves at once, without what was written since the backup: that is lost (its recovery
    point), and no log is replayed to get it back, which would take time.

    Args:
        inputs: of the block, with ``database.recovery``.
        read_replicas: of each shard, (lanes,).
        stored_shard_gb: what is restored, (lanes,).
    """
    recovery = inputs.database.recovery
    assert recovery is not None  # who asks has it
    restore = stored_shard_gb * MB_PER_GB / recovery.restore_mb_per_s
    copied = recovery.standby | (read_replicas > 0)
    return np.where(copied, recovery.promotion_s, restore)


def recovery_point_s(inputs: Scenario[Floats], read_replicas: Ints, lag_s: Floats) -> Floats:
    """Tell how much of the last writes is lost with a primary, as the time in which they were made.

    Nothing with a synchronous standby, or where a write waits until a replica has received it; with
    asynchronous read replicas what had not been applied, their mean lag in the busiest hours on the shard
    that is furthest behind; without any copy all since the last backup, at worst its interval.

    Args:
        inputs: of the block, with ``database.recovery``.
        read_replicas: of each shard, (lanes,).
        lag_s: from the primary's end of a write to the applier's, (lanes,).
    """
    recovery = inputs.database.recovery
    assert recovery is not None  # who asks has it
    if recovery.standby:
        return np.zeros(len(lag_s))
    since_backup = recovery.backup_interval_hours * S_PER_HOUR
    waits = inputs.database.replication.mode != "asynchronous"
    lost = np.zeros(len(lag_s)) if waits else lag_s
    return np.where(read_replicas > 0, lost, since_backup)
