"""Data on their way to other shards: copied beside live traffic, carried over, verified, and switched."""

from simulator.mechanisms.mechanism import Mechanism

RESHARDING = Mechanism(
    name="resharding",
    tables=("database.resharding",),
    examples=("resharding.toml",),
    slower=2.0,
)
