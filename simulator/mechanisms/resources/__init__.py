"""What a tier needs beside cores: memory, links and disks, held against what is installed."""

from simulator.mechanisms.mechanism import Mechanism

RESOURCES = Mechanism(
    name="resources",
    tables=("service.memory", "database.memory", "database.storage", "network"),
    examples=("memory_bandwidth_storage.toml",),
)
