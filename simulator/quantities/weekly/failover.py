"""Weekly columns of failovers."""

from simulator.quantities.quantity import Quantity

FAILOVER: tuple[Quantity, ...] = (
    Quantity(
        name="failovers",
        kind="count",
        unit="failovers",
        better="lower",
        meaning="This many primaries fail in the week and are replaced.",
    ),
    Quantity(
        name="failover_downtime_s",
        kind="duration",
        unit="s",
        better="lower",
        meaning="Shards are without a primary for this long in the week, added up over the shards.",
    ),
    Quantity(
        name="failover_failed_share",
        kind="share",
        unit="fraction",
        better="lower",
        meaning="This share of the week's requests fails because a shard has no primary.",
    ),
    *(
        Quantity(
            name=f"failover_{what}_{came}",
            kind="count",
            unit=what,
            better="lower",
            meaning=meaning,
        )
        for what, came, meaning in (
            ("requests", "failed", "This many requests of the week fail because a shard has no primary."),
            ("writes", "failed", "This many writes of the week fail because a shard has no primary."),
            ("writes", "lost", "This many writes of the week are lost after they have been answered."),
        )
    ),
    Quantity(
        name="primary_available_share",
        kind="share",
        unit="fraction",
        better="higher",
        decimals=4,
        meaning="A shard has a primary for this share of the week, on average.",
    ),
)
