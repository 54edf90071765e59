"""The effects that the keys of failovers have on a run: rows of the test of all keys."""

from simulator.mechanisms.effect import ALONE, REQUESTS, Effect, last

FAILING = ALONE | {"database.read_replicas": 1, "database.shard_key": "date"}
"""A company with all writes on the newest of two shards, so that its failure fails more than the other's."""
EFFECTS = (
    Effect(
        key="database.failover.failures_per_node_year",
        to=50.0,
        moves="failover_downtime_s",
        direction="+",
        given=FAILING | {"database.failover": {"failures_per_node_year": 5.0}},
        requests=REQUESTS,
    ),
    Effect(
        key="database.failover.planned[].week",
        at="database.failover.planned",
        to=[{"week": 3, "shard": 1}],
        moves=last("failovers"),
        direction="+",
        given=FAILING | {"database.failover": {"planned": [{"week": 1, "shard": 1}]}},
        requests=REQUESTS,
    ),
    Effect(
        key="database.failover.planned[].shard",
        at="database.failover.planned",
        to=[{"week": 1, "shard": 1}],
        moves="failover_failed_share",
        direction="+",
        given=FAILING | {"database.failover": {"planned": [{"week": 1, "shard": 0}]}},
        requests=REQUESTS,
    ),
)
