"""Writes to several shards: how long they take, how many are undone, and what they cost."""

from simulator.mechanisms.mechanism import Mechanism

CROSS_SHARD = Mechanism(
    name="cross_shard",
    tables=("database.cross_shard_writes",),
    examples=("two_phase_commit.toml", "saga.toml"),
    slower=4.0,
)
