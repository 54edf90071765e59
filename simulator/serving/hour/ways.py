"""Each way of a request has the stations that it waits at, and answers that are late by their waits.

Axes: s shard, l lane; t step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.serving.hour.paths import Paths, Work


@dataclass(frozen=True, kw_only=True)
class Way:
    """The requests that visit the same tiers."""

    share: Floats
    """Share of all requests, (s, l), or (1, l) where they meet no shard."""
    work: Work
    tiers: tuple[str, ...]
    """Tiers that it waits at, in their order."""


def ways_of(paths: Paths, tiers: Sequence[str]) -> tuple[Way, ...]:
    """Give the four ways: from the cache, a read by the primary or by a replica, and a write."""
    pool = tuple(tier for tier in ("connections",) if tier in tiers)
    locks = tuple(tier for tier in ("locks",) if tier in tiers)
    applied = ("applier",) if paths.waits_for_appliers else ()
    reading = paths.read_share
    return (
        Way(share=paths.hit_share[np.newaxis], work=paths.hit, tiers=("service",)),
        Way(share=reading * paths.on_primary, work=paths.read, tiers=("service", *pool, "primary")),
        Way(share=reading * (1.0 - paths.on_primary), work=paths.read, tiers=("service", *pool, "replica")),
        Way(
            share=paths.write_share,
            work=paths.write,
            tiers=("service", *pool, *locks, "primary", *applied),
        ),
    )


def mean_time_s(ways: Sequence[Way], waits_s: Mapping[str, Floats]) -> Floats:
    """Give the mean over the requests of their work and of the mean waits on their way, (l,)."""
    taken = np.zeros(ways[0].share.shape[1])
    for way in ways:
        time = way.work.mean_s + np.zeros(way.share.shape)
        for tier in way.tiers:
            time = time + waits_s[tier]
        taken = taken + _over_shards(way, time)
    return taken


def of_all_requests(ways: Sequence[Way], shares: Sequence[Floats]) -> Floats:
    """Give shares of the requests of each way and shard, (s, l) each, as one share of all, (l,)."""
    total = np.zeros(ways[0].share.shape[1])
    for way, share in zip(ways, shares, strict=True):
        total = total + _over_shards(way, np.broadcast_to(share, way.share.shape))
    return total


def _over_shards(way: Way, values: Floats) -> Floats:
    total = np.zeros(values.shape[1])
    for share, value in zip(way.share, values, strict=True):
        total = total + share * value
    return total
