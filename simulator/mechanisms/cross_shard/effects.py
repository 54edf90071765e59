"""The effects that the keys of cross-shard writes have on a run: rows of the test of all keys."""

from simulator.mechanisms.effect import offered, waited

CROSSING = {"protocol": "two_phase_commit", "share": 0.3, "shards": 2}
COMMIT = {"database.cross_shard_writes": CROSSING | {"prepare_cost_ratio": 1.0, "commit_cost_ratio": 0.5}}
A_SAGA = {"protocol": "saga", "share": 0.3, "shards": 2, "step_failure_share": 0.0}


EFFECTS = (
    offered("database.cross_shard_writes.protocol", A_SAGA, "-", COMMIT, at="database.cross_shard_writes"),
    offered("database.cross_shard_writes.share", 0.6, "+", COMMIT),
    offered("database.cross_shard_writes.shards", 4, "+", COMMIT),
    offered("database.cross_shard_writes.prepare_cost_ratio", 2.0, "+", COMMIT),
    offered("database.cross_shard_writes.commit_cost_ratio", 1.0, "+", COMMIT),
    waited("database.cross_shard_writes.locks", 1, "+", COMMIT),
    offered(
        "database.cross_shard_writes.step_failure_share", 0.5, "-", {"database.cross_shard_writes": A_SAGA}
    ),
)
