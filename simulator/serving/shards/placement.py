"""A placement puts the hash of a user on a shard; data move when the number of shards changes.

A hash is uniform on [0, 1). Every placement cuts the hashes into pieces that lie on one shard whole, so that
the share of a shard is a sum of pieces, and what two numbers of shards have in common as well.

Axes: l lane, k hash or piece, s shard.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from simulator.arrays import Floats, Ints
from simulator.draws.streams import Streams
from simulator.scenario.keys.sharding import PlacementRule
from simulator.serving.shards.popularity import Popularity

HASHES = 2.0**53
"""Number of hashes: a drawn uniform times this is a whole number."""


@dataclass(frozen=True, kw_only=True)
class Placement:
    """A rule that puts hashes on any number of shards."""

    rule: PlacementRule
    logical_shards: int = 1
    ring: Floats | None = None
    """Points of each shard on the ring of consistent hashing, (l, s, virtual nodes)."""

    def owner(self, hashes: Floats, shards: int, lane: int) -> Ints:
        """Give the shard of each hash, (k,)."""
        match self.rule:
            case "hash_range":
                return (hashes * shards).astype(np.int64)
            case "modulo":
                return _whole(hashes) % shards
            case "logical":
                return _whole(hashes) % self.logical_shards * shards // self.logical_shards
            case "consistent":
                points, of_shard = self._points(shards, lane)
                owner: Ints = of_shard[np.searchsorted(points, hashes) % len(points)]
                return owner

    def pieces(self, counts: tuple[int, ...], lane: int) -> tuple[Floats, Floats]:
        """Cut the hashes into pieces that lie on one shard whole for each of these numbers of shards.

        Returns: a hash in each, (k,), and its size in any unit, (k,).
        """
        if self.rule == "consistent":
            points, _ = self._points(max(counts), lane)
            return np.append(points, 1.0), np.diff(points, prepend=0.0, append=1.0)
        number = self.logical_shards if self.rule == "logical" else math.lcm(*counts)
        which = np.arange(number, dtype=np.float64)
        return (which + 0.5) / number if self.rule == "hash_range" else which / HASHES, np.ones(number)

    def _points(self, shards: int, lane: int) -> tuple[Floats, Ints]:
        """Give the points of the first shards in order, and the shard of each."""
        assert self.ring is not None  # drawn for consistent hashing
        points = self.ring[lane, :shards]
        order = np.argsort(points, axis=None, kind="stable")
        return points.reshape(-1)[order], order // points.shape[1]


def _whole(hashes: Floats) -> Ints:
    return (hashes * HASHES).astype(np.int64)


def placement_of(
    rule: PlacementRule, streams: Streams, *, shards_max: int, virtual_nodes: int, logical_shards: int
) -> Placement:
    """Give the placement for up to ``shards_max`` shards; fewer of them keep their points on the ring."""
    ring = None
    if rule == "consistent":
        drawn = streams.draw("shard:ring", "uniform", shards_max * virtual_nodes)
        ring = drawn.reshape(streams.lanes, shards_max, virtual_nodes)
    return Placement(rule=rule, logical_shards=logical_shards, ring=ring)


@dataclass(frozen=True, kw_only=True)
class Moved:
    """The shares of keys and of load that change shard when the number of shards does, (lanes,) each."""

    keys_share: Floats
    load_share: Floats


def moved_shares(
    placement: Placement, popularity: Popularity, hashes: Floats, *, before: int, after: int
) -> Moved:
    """Give the share of the keys, and of the load on them, that moves from ``before`` to ``after`` shards.

    A shard is what holds the data, whatever its number: the new ones are numbered so that as many keys as
    possible stay where they are. From n to n + 1, modulo moves n / (n + 1) and consistent hashing about
    1 / (n + 1) of the keys (Karger et al., 1997); twice the shards move half by modulo and by ranges.

    Args:
        placement: of the hashes.
        popularity: of the users or tenants.
        hashes: of the most active of them, (lanes, k) with k at least those of ``popularity.head``.
        before: shards until now.
        after: shards from then on.
    """
    lanes, placed = popularity.head.shape
    keys_share, load_share = np.empty(lanes), np.empty(lanes)
    for lane in range(lanes):
        keys = keys_by_shard(placement, lane, before=before, after=after)
        own = hashes[lane, :placed]
        load = _by_shard(placement, lane, own, popularity.head[lane], (before, after))
        load += popularity.rest[lane] * keys
        stays = linear_sum_assignment(keys, maximize=True)
        keys_share[lane] = 1 - math.fsum(keys[stays])
        load_share[lane] = 1 - math.fsum(load[stays]) / math.fsum(load.reshape(-1))
    return Moved(keys_share=keys_share, load_share=load_share)


def keys_by_shard(placement: Placement, lane: int, *, before: int, after: int) -> Floats:
    """Give the share of the keys by the number of their shard before and after, (before, after)."""
    at, size = placement.pieces((before, after), lane)
    keys: Floats = _by_shard(placement, lane, at, size, (before, after)) / math.fsum(size)
    return keys


def _by_shard(
    placement: Placement, lane: int, hashes: Floats, weight: Floats, shards: tuple[int, int]
) -> Floats:
    """Add up the weight of some hashes by the number of their shard, before and after, (before, after)."""
    before, after = shards
    pair = placement.owner(hashes, before, lane) * after + placement.owner(hashes, after, lane)
    found = np.bincount(pair, weight, minlength=before * after).astype(np.float64)
    return found.reshape(before, after)
