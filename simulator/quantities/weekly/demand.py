"""Weekly columns of demand and of what is there to meet it."""

from simulator.quantities.quantity import Quantity, Shown, Summed

OFFERED = {
    "service": "service",
    "connections": "pool of connections to the database",
    "locks": "busiest locked row",
    "primary": "busiest primary database",
    "replica": "busiest read replica",
    "applier": "busiest applier of a replica",
}
"""Tiers, and what is held against its capacity in each."""

DEMAND: tuple[Quantity, ...] = (
    Quantity(
        name="users",
        kind="count",
        unit="users",
        better="higher",
        meaning="The company has this many users in the week.",
    ),
    Quantity(
        name="users_lost",
        kind="count",
        unit="users",
        better="lower",
        meaning="The company loses this many users to errors of the week.",
        summed=Summed(
            path="users_lost",
            over="total",
            meaning="A run loses this many users to errors.",
            row=Shown(group="money", below="paid", short=True),
        ),
    ),
    Quantity(
        name="rate_peak_per_s",
        kind="rate",
        unit="requests/s",
        meaning="Requests arrive at this mean rate in the peak hours.",
    ),
    Quantity(
        name="transactions_week",
        kind="count",
        unit="transactions",
        better="higher",
        meaning="Users begin this many transactions in the week.",
    ),
    Quantity(
        name="replicas_peak",
        kind="count",
        unit="replicas",
        meaning="The service runs on this many replicas in the peak hours.",
    ),
    Quantity(
        name="replicas_mean",
        kind="count",
        unit="replicas",
        meaning="The service runs on this many replicas outside of the peak hours.",
    ),
    Quantity(
        name="shards",
        kind="count",
        unit="shards",
        meaning="The database is divided into this many shards.",
    ),
    Quantity(
        name="read_replicas",
        kind="count",
        unit="replicas",
        meaning="Each shard has this many read replicas beside its primary.",
    ),
    Quantity(
        name="hottest_shard",
        kind="count",
        unit="index",
        meaning="The shard with this index, counted from 0, is offered the most load.",
    ),
    Quantity(
        name="hottest_over_mean",
        kind="ratio",
        unit="times",
        better="lower",
        meaning="The hottest shard is offered this many times the load of the mean shard.",
    ),
    *(
        Quantity(
            name=f"offered_{tier}_share",
            kind="share",
            unit="fraction",
            better="lower",
            meaning=f"The {station} is offered this share of the work that it can do in the peak hours.",
        )
        for tier, station in OFFERED.items()
    ),
    Quantity(
        name="saturated",
        kind="level",
        unit="0 or 1",
        better="lower",
        meaning="The week is saturated if some tier is offered all the work that it can do, or more.",
    ),
    Quantity(
        name="latency_at_deadline",
        kind="level",
        unit="0 or 1",
        better="lower",
        meaning="The P95 latency of the week is the deadline, as one answer in twenty comes later.",
    ),
)
