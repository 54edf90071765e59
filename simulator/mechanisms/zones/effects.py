"""What each key of zones and recovery moves."""

from simulator.mechanisms.effect import ALONE, CERTAIN, MEASURED, REQUESTS, Effect

EFFECTS = (
    Effect(
        key="service.zones",
        to=2,
        moves="zone_lost_service_share",
        direction="+",
        given=CERTAIN | {"service.zones": 3},
    ),
    Effect(
        key="database.zones",
        to=2,
        moves="zone_lost_primary_share",
        direction="+",
        given=MEASURED | {"database.zones": 3, "database.read_replicas": 2},
    ),
    Effect(
        key="database.recovery.standby",
        to=True,
        moves="recovery_point_s",
        direction="-",
        given=ALONE,
        requests=REQUESTS,
    ),
    Effect(
        key="database.recovery.promotion_s",
        to=200.0,
        moves="recovery_time_s",
        direction="+",
        given=ALONE | {"database.read_replicas": 1},
        requests=REQUESTS,
    ),
    Effect(
        key="database.recovery.restore_mb_per_s",
        to=400.0,
        moves="recovery_time_s",
        direction="-",
        given=ALONE,
        requests=REQUESTS,
    ),
    Effect(
        key="database.recovery.backup_interval_hours",
        to=1.0,
        moves="recovery_point_s",
        direction="-",
        given=ALONE,
        requests=REQUESTS,
    ),
)
