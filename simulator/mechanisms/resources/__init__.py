"""A tier needs more than cores: its memory, links and disks are held against what is installed."""

from simulator.mechanisms.mechanism import Mechanism

RESOURCES = Mechanism(
    name="resources",
    tables=("service.memory", "database.memory", "database.storage", "network"),
    examples=("memory_bandwidth_storage.toml",),
)
