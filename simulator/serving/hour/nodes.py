"""The nodes of the shards through an hour: row locks, primaries, their appliers, and read replicas.

Axes: t step, r row of stations, l lane.
"""

import numpy as np

from simulator.arrays import Floats, Ints, ratio
from simulator.serving.hour.hour import OF_SHARD, Hour
from simulator.serving.hour.paths import Paths
from simulator.serving.hour.tier import through_tier

_ROWS = ("primary", "replica", "applier")
"""Rows of noise of a shard; locks, which few companies have, have their own."""


def through_nodes(hour: Hour, paths: Paths, passed: Floats) -> None:
    """Take what comes to the database, (t, l), through the shards of which any station is told."""
    shards = _told_shards(hour)
    if len(shards):
        _through_shards(hour, paths, shards, passed[:, np.newaxis])


def _through_shards(hour: Hour, paths: Paths, shards: Ints, passed: Floats) -> None:
    """Take the requests that come to some shards, (t, 1, l), through their nodes."""
    written: Floats | float = 1.0
    if hour.tells["locks"]:
        noise = hour.noise.normals("locks", int(shards[-1]) + 1, hour.chancy)
        coming = passed * hour.tiers["locks"].visits[shards]
        done = through_tier(hour, "locks", shards, coming, noise[shards].swapaxes(0, 1))
        written = ratio(done, coming, otherwise=1.0)
    noise = hour.noise.normals("shards", len(_ROWS) * (int(shards[-1]) + 1), hour.chancy)
    of = {tier: noise[len(_ROWS) * shards + row].swapaxes(0, 1) for row, tier in enumerate(_ROWS)}
    if hour.tells["primary"] or hour.tells["applier"]:
        visits = hour.tiers["primary"].visits[shards]
        reading = paths.read_share[shards] * paths.on_primary
        reads = np.minimum(ratio(reading, visits), 1.0)
        coming = passed * visits * (reads + (1.0 - reads) * written)
        done = through_tier(hour, "primary", shards, coming, of["primary"])
        applied = hour.tiers["applier"].visits[shards]
        copied = ratio(applied, visits)
        through_tier(hour, "applier", shards, done * copied, of["applier"])
    if hour.tells["replica"]:
        coming = passed * hour.tiers["replica"].visits[shards]
        through_tier(hour, "replica", shards, coming, of["replica"])


def _told_shards(hour: Hour) -> Ints:
    """Give the shards of which any station is simulated in steps."""
    told = [hour.told[tier].any(axis=1) for tier in OF_SHARD if tier in hour.tiers]
    return np.flatnonzero(np.logical_or.reduce(told))
