"""A lost zone leaves some capacity; the database comes back when a primary is lost."""

from simulator.mechanisms.mechanism import Mechanism

ZONES = Mechanism(
    name="zones",
    tables=("zones", "database.recovery"),
    examples=("zones_and_recovery.toml",),
)
