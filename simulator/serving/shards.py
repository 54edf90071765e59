"""How unevenly the load falls on the shards, by what the shard key is.

- ``user_hash``: a shard's share is a sum of the shares of the users it got. The most active ones decide how
  uneven that is and are placed one by one; the many behind them are spread evenly.
- ``user_range``: ranges of equally many users by when they joined, activity having nothing to do with it; who
  joins later is in the last range.
- ``geography`` and ``function``: whole regions or domains.
- ``date``: every write is new and goes to the newest shard.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.draws.streams import Streams
from simulator.scenario.root import Scenario
from simulator.scenario.sharding import ShardKey
from simulator.serving.placement import Placement, placement_of
from simulator.serving.popularity import PLACED_USERS, Popularity, counted_popularity, zipf_popularity

SHARD_KEYS: tuple[ShardKey, ...] = get_args(ShardKey)
Layout = tuple[ShardKey, int]
"""A shard key and a number of shards."""


@dataclass(frozen=True, kw_only=True)
class Shares:
    """Share of the traffic on each shard, (s, lanes), each column adding to 1 but for rounding."""

    read: Floats
    write: Floats
    """The same array where reads and writes fall alike."""

    @property
    def alike(self) -> bool:
        """Whether reads and writes fall on the shards alike."""
        return self.write is self.read

    @property
    def hottest(self) -> "Shares":
        """As if there were but the hottest shard, (1, lanes), where one is the hottest for both."""
        if not self.alike:
            return self
        most = self.read.max(axis=0, keepdims=True)
        return Shares(read=most, write=most)


def draw_user_hashes(streams: Streams) -> Floats:
    """Draw where the most active users hash to, uniform in [0, 1), shape (lanes, PLACED_USERS)."""
    return streams.draw("shard:hash", "uniform", PLACED_USERS)


def popularity_of(inputs: Scenario[Floats], lanes: int) -> Popularity:
    """The activity of users or tenants that a scenario gives."""
    sharding = inputs.database.sharding
    if sharding.popularity is not None:
        return counted_popularity(sharding.popularity.counts, sharding.popularity.rest, lanes=lanes)
    users = inputs.demand.users
    entities = users if sharding.tenants is None else np.full(lanes, float(sharding.tenants))
    return zipf_popularity(entities, inputs.database.popularity_exponent)


def draw_placement(inputs: Scenario[Floats], streams: Streams, *, shards_max: int) -> Placement:
    """The placement of hashes that a scenario gives, for up to so many shards."""
    sharding = inputs.database.sharding
    return placement_of(
        sharding.placement,
        streams,
        shards_max=shards_max,
        virtual_nodes=sharding.virtual_nodes,
        logical_shards=sharding.logical_shards,
    )


def shares_of_layouts(
    inputs: Scenario[Floats], layouts: tuple[Layout, ...], streams: Streams
) -> dict[Layout, Shares]:
    """The shares under each key and number of shards that a run may come to, before anybody has joined."""
    sharding = inputs.database.sharding
    hashes, popularity = draw_user_hashes(streams), popularity_of(inputs, streams.lanes)
    placement = draw_placement(inputs, streams, shards_max=max(count for _, count in layouts))
    by_time = Placement(rule="hash_range")  # who joined when is as random as a hash

    def alike(share: Floats) -> Shares:
        return Shares(read=share, write=share)

    def shares(key: ShardKey, count: int) -> Shares:
        match key:
            case "user_hash":
                return alike(shard_shares(hashes, count, popularity, placement))
            case "user_range":
                return alike(shard_shares(hashes, count, popularity, by_time))
            case "geography":
                return alike(_of_parts(sharding.region_shares, count, streams.lanes))
            case "function":
                return alike(_of_parts(sharding.domain_shares, count, streams.lanes))
            case "date":
                return date_shares(count, sharding.newest_read_share)

    return {layout: shares(*layout) for layout in layouts}


def shard_shares(hashes: Floats, n_shards: int, popularity: Popularity, placement: Placement) -> Floats:
    """Share of the traffic on each of ``n_shards`` when users, or tenants, are hashed onto them.

    A user keeps the hash when the number of shards changes; ``hashes`` is (lanes, k), k at least the number
    of those who are placed one by one.

    Returns: (n_shards, lanes), each column adding to 1 but for rounding.
    """
    lanes, count = popularity.head.shape
    placed, rest = np.empty((n_shards, lanes)), np.empty((n_shards, lanes))
    for lane in range(lanes):
        owner = placement.owner(hashes[lane, :count], n_shards, lane)
        placed[:, lane] = np.bincount(owner, popularity.head[lane], minlength=n_shards)
        at, size = placement.pieces((n_shards,), lane)
        whole = len(size) if placement.rule != "consistent" else 1.0
        part = np.bincount(placement.owner(at, n_shards, lane), size, minlength=n_shards)
        rest[:, lane] = popularity.rest[lane] * part / whole
    total = np.zeros(lanes)
    for row, spread in zip(placed, rest, strict=True):
        total += row + spread
    return (placed + rest) / total


def shares_of_parts(parts: Mapping[str, float], n_shards: int) -> Floats:
    """Share of each shard when regions or domains are put on them whole, (n_shards,).

    The largest part first, each on the shard with the least so far (longest processing time first: Graham,
    1969). Where there are more shards than parts, one shard more at a time goes to the part with the most on
    each of its shards, and a part is spread over its shards evenly.

    >>> shares_of_parts({"eu": 0.5, "us": 0.3, "asia": 0.2}, 2)
    array([0.5, 0.5])
    >>> shares_of_parts({"eu": 0.6, "us": 0.4}, 3)
    array([0.3, 0.3, 0.4])
    """
    ordered = [parts[name] for name in sorted(parts, key=lambda name: (-parts[name], name))]
    if len(ordered) >= n_shards:
        shares = np.zeros(n_shards)
        for share in ordered:
            shares[np.argmin(shares)] += share
        return shares
    spread = np.ones(len(ordered), dtype=np.int64)
    for _ in range(n_shards - len(ordered)):
        spread[np.argmax(np.array(ordered) / spread)] += 1
    return np.repeat(np.array(ordered) / spread, spread)


def date_shares(n_shards: int, newest_read_share: Floats) -> Shares:
    """All writes on the newest shard, the last; reads thinning out geometrically with age, (lanes,) given."""
    lanes = len(newest_read_share)
    read, write = np.empty((n_shards, lanes)), np.zeros((n_shards, lanes))
    write[-1], left = 1.0, np.ones(lanes)
    for shard in range(n_shards - 1, 0, -1):
        read[shard] = left * newest_read_share
        left = left * (1 - newest_read_share)
    read[0] = left
    return Shares(read=read, write=write)


def with_newcomers(shares: Shares, shards: Ints, growth: Floats, ranges: Bools) -> Shares:
    """The shares once there are ``growth`` times the users for whom the ranges were cut.

    Ids are given in order of joining, so that all who are new are in the last range, as active as the others.
    Fewer users than then leave the ranges in proportion.

    Args:
        shares: as the ranges were cut, (s, lanes).
        shards: of each lane, (lanes,).
        growth: (lanes,).
        ranges: lanes whose shard key is a range of users.
    """
    if not ranges.any():
        return shares
    grown = np.where(ranges, np.maximum(growth, 1.0), 1.0)
    last = np.arange(len(shares.read))[:, np.newaxis] == shards - 1
    read = (shares.read + last * (grown - 1)) / grown
    return replace(shares, read=read, write=read if shares.alike else np.where(ranges, read, shares.write))


def _of_parts(parts: Mapping[str, float] | None, count: int, lanes: int) -> Floats:
    assert parts is not None  # where a shard key needs them, the rules ask for them
    return np.repeat(shares_of_parts(parts, count)[:, np.newaxis], lanes, axis=1)
