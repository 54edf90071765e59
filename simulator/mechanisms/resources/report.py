"""The report's part of memory, bandwidth and storage: labels of the columns."""

from simulator.report.reported import Reported

REPORT = Reported(
    weeks={
        "service_memory_share": "memory, service",
        "database_memory_share": "memory, database",
        "bandwidth_p95_mbit_per_s": "Mbit/s, P95",
        "bandwidth_share": "bandwidth",
        "stored_gb": "stored GB",
        "storage_share": "storage",
    },
)
