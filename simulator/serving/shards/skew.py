"""The load falls on the shards more or less unevenly, by the kind of the shard key.

- ``user_hash``: a shard's share is a sum of the shares of the users it got. The most active ones decide how
  uneven that is and are placed one by one; the many behind them are spread evenly.
- ``user_range``: ranges of equally many users by when they joined, activity having nothing to do with it; who
  joins later is in the last range.
- ``geography`` and ``function``: whole regions or domains.
- ``date``: every write is new and goes to the newest shard.
"""

from collections.abc import Mapping
from typing import get_args

import numpy as np

from simulator.arrays import Floats
from simulator.draws.streams import Streams
from simulator.scenario.keys.sharding import ShardKey
from simulator.scenario.root import Scenario
from simulator.serving.shards.placement import Placement, placement_of
from simulator.serving.shards.popularity import (
    PLACED_USERS,
    Popularity,
    counted_popularity,
    zipf_popularity,
)
from simulator.serving.shards.shares import Shares, date_shares, shares_of_parts

SHARD_KEYS: tuple[ShardKey, ...] = get_args(ShardKey)
Layout = tuple[ShardKey, int]
"""A shard key and a number of shards."""


def draw_user_hashes(streams: Streams) -> Floats:
    """Draw where the most active users hash to, uniform in [0, 1), shape (lanes, PLACED_USERS)."""
    return streams.draw("shard:hash", "uniform", PLACED_USERS)


def popularity_of(inputs: Scenario[Floats], lanes: int) -> Popularity:
    """Give the activity of a scenario's users or tenants."""
    sharding = inputs.database.sharding
    if sharding.popularity is not None:
        return counted_popularity(sharding.popularity.counts, sharding.popularity.rest, lanes=lanes)
    users = inputs.demand.users
    entities = users if sharding.tenants is None else np.full(lanes, float(sharding.tenants))
    return zipf_popularity(entities, inputs.database.popularity_exponent)


def draw_placement(inputs: Scenario[Floats], streams: Streams, *, shards_max: int) -> Placement:
    """Give the placement of hashes that a scenario asks for, for up to so many shards."""
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
    """Give the shares under each key and number of shards that a run may come to, before growth."""
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
    """Give the share of the traffic on each of ``n_shards`` when users, or tenants, are hashed onto them.

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


def _of_parts(parts: Mapping[str, float] | None, count: int, lanes: int) -> Floats:
    assert parts is not None  # where a shard key needs them, the rules ask for them
    return np.repeat(shares_of_parts(parts, count)[:, np.newaxis], lanes, axis=1)
