"""Weekly columns that are measured of the simulated requests of a window."""

from simulator.quantities.quantity import Quantity

_PERCENTILES = tuple(
    Quantity(
        name=f"latency_p{percent}_ms",
        kind="duration",
        unit="ms",
        better="lower",
        threshold="latency_p95_ms" if percent == 95 else None,
        meaning=f"{percent} % of the simulated requests of the peak window are answered within this time.",
    )
    for percent in (50, 95, 99)
)
WINDOW: tuple[Quantity, ...] = (
    Quantity(
        name="latency_mean_ms",
        kind="duration",
        unit="ms",
        better="lower",
        meaning="The simulated requests of the peak window take this long on average.",
    ),
    *_PERCENTILES,
    Quantity(
        name="latency_mean_week_ms",
        kind="duration",
        unit="ms",
        better="lower",
        meaning="Simulated requests take this long on average, weighted by the requests of each window.",
    ),
    Quantity(
        name="error_share_window",
        kind="share",
        unit="fraction",
        better="lower",
        meaning="This share of the simulated requests of the peak window fails.",
    ),
    Quantity(
        name="cpu_utilization_share",
        kind="share",
        unit="fraction",
        better="lower",
        threshold="cpu_utilization_share",
        meaning="The workers of the service are busy for this share of the peak window.",
    ),
    Quantity(
        name="database_utilization_share",
        kind="share",
        unit="fraction",
        better="lower",
        threshold="database_utilization_share",
        meaning="The cores of the database are busy for this share of the peak window.",
    ),
    Quantity(
        name="hottest_shard_utilization_share",
        kind="share",
        unit="fraction",
        better="lower",
        meaning="The cores of the busiest shard are busy for this share of the peak window.",
    ),
    Quantity(
        name="replication_lag_p95_ms",
        kind="duration",
        unit="ms",
        better="lower",
        meaning="95 % of the simulated writes reach a replica within this time.",
    ),
    Quantity(
        name="stale_read_share_window",
        kind="share",
        unit="fraction",
        better="lower",
        meaning="This share of the simulated reads on replicas misses the last write of their shard.",
    ),
    Quantity(
        name="window_short",
        kind="level",
        unit="0 or 1",
        better="lower",
        meaning="The peak window is short if it lasts under 20 relaxation times, or if a load is above 85 %.",
    ),
)
