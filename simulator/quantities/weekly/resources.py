"""Weekly columns of memory, bandwidth, storage, zones and recovery."""

from simulator.quantities.quantity import Quantity

RESOURCES: tuple[Quantity, ...] = (
    Quantity(
        name="bandwidth_mean_mbit_per_s",
        kind="rate",
        unit="Mbit/s",
        meaning="Answers take this much bandwidth in the peak hours, on average.",
    ),
    Quantity(
        name="bandwidth_p95_mbit_per_s",
        kind="rate",
        unit="Mbit/s",
        better="lower",
        meaning="95 % of the seconds of the peak hours take no more bandwidth than this.",
    ),
    Quantity(
        name="bandwidth_share",
        kind="share",
        unit="fraction",
        better="lower",
        threshold="bandwidth_share",
        meaning="The 95th percentile of a second's traffic is this share of the bandwidth that there is.",
    ),
    Quantity(
        name="written_gb",
        kind="size",
        unit="GB",
        meaning="All writes so far have left this much data, in one copy.",
    ),
    Quantity(
        name="stored_gb",
        kind="size",
        unit="GB",
        meaning="The database holds this much data, in one copy.",
    ),
    Quantity(
        name="stored_shard_gb",
        kind="size",
        unit="GB",
        meaning="The fullest shard holds this much data.",
    ),
    Quantity(
        name="storage_share",
        kind="share",
        unit="fraction",
        better="lower",
        threshold="storage_share",
        meaning="The fullest shard takes this share of a node's storage.",
    ),
    Quantity(
        name="service_memory_share",
        kind="share",
        unit="fraction",
        better="lower",
        meaning="A replica of the service uses this share of its memory in the peak hours.",
    ),
    Quantity(
        name="database_memory_share",
        kind="share",
        unit="fraction",
        better="lower",
        meaning="A node of the database uses this share of its memory in the peak hours.",
    ),
    Quantity(
        name="memory_share",
        kind="share",
        unit="fraction",
        better="lower",
        threshold="memory_share",
        meaning="The fuller of a service replica and a database node uses this share of its memory.",
    ),
    *(
        Quantity(
            name=f"zone_lost_{tier}_share",
            kind="share",
            unit="fraction",
            better="lower",
            meaning=f"The {station} would be offered this share of what it can do with a zone lost.",
        )
        for tier, station in (
            ("service", "service"),
            ("primary", "busiest primary"),
            ("replica", "busiest read replica"),
        )
    ),
    Quantity(
        name="recovery_time_s",
        kind="duration",
        unit="s",
        better="lower",
        meaning="The fullest shard would take this long to serve again after its primary is lost (RTO).",
    ),
    Quantity(
        name="recovery_point_s",
        kind="duration",
        unit="s",
        better="lower",
        meaning="Writes of this many seconds would be lost with a primary (RPO).",
    ),
)
