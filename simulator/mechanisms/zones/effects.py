"""The effects that the keys of zones and recovery have on a run: rows of the test of all keys."""

from simulator.mechanisms.effect import ALONE, CERTAIN, MEASURED, REQUESTS, Effect, waited

ROUND_TRIPS = {"zones": {"count": 2, "round_trip_ms": 20.0}}
EFFECTS = (
    Effect(
        key="zones.count",
        to=2,
        moves="zone_lost_service_share",
        direction="+",
        given=CERTAIN | {"zones.count": 3},
    ),
    Effect(
        key="zones.count",
        to=2,
        moves="zone_lost_primary_share",
        direction="+",
        given=MEASURED | {"zones.count": 3, "database.read_replicas": 2},
    ),
    waited("zones.count", 4, "+", ROUND_TRIPS),
    waited("zones.round_trip_ms", 100.0, "+", ROUND_TRIPS),
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
