"""Shares of the traffic on the shards, for keys whose shares are arithmetic: parts, dates, ranges.

Axes: s shard.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from simulator.arrays import Bools, Floats, Ints


@dataclass(frozen=True, kw_only=True)
class Shares:
    """Share of the traffic on each shard, (s, lanes), each column adding to 1 but for rounding."""

    read: Floats
    write: Floats
    """Share of the writes; the same array as ``read`` where both fall alike."""

    @property
    def alike(self) -> bool:
        """Tell if reads and writes fall on the shards alike."""
        return self.write is self.read

    @property
    def hottest(self) -> "Shares":
        """Keep the hottest shard alone, (1, lanes), where one is the hottest for both."""
        if not self.alike:
            return self
        most = self.read.max(axis=0, keepdims=True)
        return Shares(read=most, write=most)


def shares_of_parts(parts: Mapping[str, float], n_shards: int) -> Floats:
    """Give the share of each shard when regions or domains are put on them whole, (n_shards,).

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
    """Put all writes on the newest shard, the last; reads thin out geometrically with age, (lanes,) given."""
    lanes = len(newest_read_share)
    read, write = np.empty((n_shards, lanes)), np.zeros((n_shards, lanes))
    write[-1], left = 1.0, np.ones(lanes)
    for shard in range(n_shards - 1, 0, -1):
        read[shard] = left * newest_read_share
        left = left * (1 - newest_read_share)
    read[0] = left
    return Shares(read=read, write=write)


def with_newcomers(shares: Shares, shards: Ints, growth: Floats, ranges: Bools) -> Shares:
    """Give the shares once there are ``growth`` times the users for whom the ranges were cut.

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
