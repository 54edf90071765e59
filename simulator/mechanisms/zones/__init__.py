"""What is left when a zone is lost, and how the database comes back when a primary is."""

from simulator.mechanisms.mechanism import Mechanism

ZONES = Mechanism(
    name="zones",
    tables=("service.zones", "database.zones", "database.recovery"),
    examples=("zones_and_recovery.toml",),
)
