"""How unevenly the users fall on the shards.

Users' activity follows Zipf's law, p_i proportional to i**-s. Hashing puts each user on a shard at
random, so a shard's share is a sum of the shares of those it got. The most active users decide how
uneven that is and are placed one by one; the many behind them are spread evenly.
"""

import numpy as np

from simulator.arrays import Floats
from simulator.draws.streams import Streams

PLACED_USERS = 8_192
"""At exponent 0.6 and 750 000 users they carry nine tenths of the variance of a shard's share."""


def draw_user_hashes(streams: Streams) -> Floats:
    """Draw where the most active users hash to, uniform in [0, 1), shape (lanes, PLACED_USERS)."""
    return streams.draw("shard:hash", "uniform", PLACED_USERS)


def shard_shares(hashes: Floats, n_shards: int, *, users: Floats, exponent: Floats) -> Floats:
    """Share of the traffic on each of ``n_shards`` when users are hashed onto them.

    Zipf (1949) popularity over ``users`` (lanes,) with ``exponent`` (lanes,). A user keeps the hash
    when the number of shards changes.

    Returns: (n_shards, lanes), each column adding to 1 but for rounding.
    """
    ranks = np.arange(1, hashes.shape[1] + 1, dtype=np.float64)
    placed = np.empty((n_shards, len(hashes)))
    for lane, hashed in enumerate(hashes):
        weight = ranks ** -exponent[lane]
        placed[:, lane] = np.bincount((hashed * n_shards).astype(np.int64), weight, minlength=n_shards)
    rest = np.maximum(_zipf_weight(float(hashes.shape[1]), users, exponent), 0.0) / n_shards
    total = np.zeros(len(hashes))
    for row in placed:
        total += row + rest
    return (placed + rest) / total


def _zipf_weight(after: float, upto: Floats, exponent: Floats) -> Floats:
    """Sum of i**-s for ``after`` < i <= ``upto`` by its integral, midpoint to midpoint."""
    low, high = after + 0.5, upto + 0.5
    power = 1 - exponent
    stretch = np.log(high / low)
    flat = power == 0
    curved = low**power * np.expm1(power * stretch) / np.where(flat, 1.0, power)
    return np.where(flat, stretch, curved)
