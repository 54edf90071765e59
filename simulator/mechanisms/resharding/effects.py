"""The effects that the keys of resharding have on a run: rows of the test of all keys."""

from simulator.mechanisms.effect import REQUESTS, SERVED, Effect, plan

MOVING = (
    SERVED
    | {"scenario.horizon_months": 2, "database.read_ms": 24.8, "database.sharding.placement": "modulo"}
    | {
        "database.storage": {"installed_gb": 9_000.0, "gb_per_user": 0.03, "kb_per_write": 0.0},
        "database.resharding": {
            "copy_mb_per_s": 20.0,
            "chunk_mb": 1.0,
            "read_ms_per_mb": 5.0,
            "write_ms_per_mb": 20.0,
            "verify_share": 0.5,
            "write_stop_s": 30.0,
            "clean_up_weeks": 1.0,
        },
    }
    | plan("shard", shards=3, key="user_hash")
)
"""A company that moves two thirds of its 22 TB, half of them to a shard that serves already."""
EFFECTS = (
    Effect(
        key="database.resharding.copy_mb_per_s",
        to=30.0,
        moves="resharding_hours",
        direction="-",
        given=MOVING,
    ),
    Effect(
        key="database.resharding.chunk_mb",
        to=8.0,
        moves="replication_lag_p95_ms",
        direction="+",
        given=MOVING | {"database.replication": {"appliers": 1}},  # a chunk holds up the writes behind it
        requests=1024,
    ),
    Effect(
        key="database.resharding.read_ms_per_mb",
        to=10.0,
        moves="offered_primary_share",
        direction="+",
        given=MOVING,
    ),
    Effect(
        key="database.resharding.write_ms_per_mb",
        to=30.0,
        moves="resharding_target_utilization_share",
        direction="+",
        given=MOVING,
    ),
    Effect(
        key="database.resharding.throttle_lag_ms",
        to=1.0,
        moves="resharding_throttled_share",
        direction="+",
        given=MOVING,
        requests=REQUESTS,
    ),
    Effect(
        key="database.resharding.verify_share",
        to=1.0,
        moves="resharding_hours",
        direction="+",
        given=MOVING,
    ),
    Effect(
        key="database.resharding.write_stop_s",
        to=3_600.0,
        moves="error_share_week",
        direction="+",
        given=MOVING,
        requests=REQUESTS,
    ),
    Effect(
        key="database.resharding.clean_up_weeks",
        to=3.0,
        moves="cost_storage_eur",
        direction="+",
        given=MOVING,
    ),
)
