"""Each user or tenant has an activity, by Zipf's law or by counts."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats

PLACED_USERS = 8_192
"""Number of the most active users, who are placed one by one. At exponent 0.6 and 750 000 users they carry
nine tenths of the variance of a shard's share."""


@dataclass(frozen=True, kw_only=True)
class Popularity:
    """The weights of the most active users, and of all others together, in any unit."""

    head: Floats
    """Weights of the most active, in descending order, (lanes, placed); 0 past the last."""
    rest: Floats
    """Weight of all others together, (lanes,)."""


def zipf_popularity(entities: Floats, exponent: Floats) -> Popularity:
    """Give Zipf's (1949) law, p_i proportional to i**-s, over so many users or tenants; both (lanes,)."""
    ranks = np.arange(1, PLACED_USERS + 1, dtype=np.float64)

    def weights(lane: int) -> Floats:
        weight: Floats = np.where(ranks < entities[lane] + 1, ranks ** -exponent[lane], 0.0)
        return weight

    alike = (exponent == exponent[0]).all() and (entities >= PLACED_USERS).all()
    if alike:
        head = np.broadcast_to(weights(0), (len(exponent), PLACED_USERS))
    else:
        head = np.stack([weights(lane) for lane in range(len(exponent))])
    return Popularity(head=head, rest=np.maximum(_zipf_weight(float(PLACED_USERS), entities, exponent), 0.0))


def counted_popularity(counts: tuple[float, ...], rest: float, *, lanes: int) -> Popularity:
    """Give the activity as it was counted, the same in every lane."""
    return Popularity(
        head=np.broadcast_to(np.array(counts, dtype=np.float64), (lanes, len(counts))),
        rest=np.full(lanes, rest),
    )


def _zipf_weight(after: float, upto: Floats, exponent: Floats) -> Floats:
    """Give the sum of i**-s for ``after`` < i <= ``upto`` by its integral, midpoint to midpoint."""
    low, high = after + 0.5, upto + 0.5
    power = 1 - exponent
    stretch = np.log(high / low)
    flat = power == 0
    curved = low**power * np.expm1(power * stretch) / np.where(flat, 1.0, power)
    return np.where(flat, stretch, curved)
