"""A database comes back after the loss of a primary in a recovery time, without its last writes."""

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.scenario.root import Scenario
from simulator.units import MB_PER_GB, S_PER_HOUR


def recovery_time_s(inputs: Scenario[Floats], read_replicas: Ints, stored_shard_gb: Floats) -> Floats:
    """Give the time of a shard without a primary: a promotion where there is another copy, else a restore.

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
    """Give the recovery point: the time whose writes are lost with a primary, (lanes,).

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
