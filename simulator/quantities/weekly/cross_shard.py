"""Weekly columns of writes to several shards."""

from simulator.quantities.quantity import Quantity

CROSSING: tuple[Quantity, ...] = (
    Quantity(
        name="cross_shard_p95_ms",
        kind="duration",
        unit="ms",
        better="lower",
        meaning="95 % of the simulated writes to several shards end within this time.",
    ),
    Quantity(
        name="cross_shard_undone_share",
        kind="share",
        unit="fraction",
        better="lower",
        meaning="This share of the simulated writes to several shards is undone.",
    ),
    Quantity(
        name="cross_shard_work_ratio",
        kind="ratio",
        unit="times",
        better="lower",
        meaning="A write to several shards takes this many times the work of a write to one shard.",
    ),
)
