"""Hit ratio of a least-recently-used cache, by Che's approximation."""

import numpy as np
import numpy.typing as npt

from simulator.arrays import Floats
from simulator.queueing.laws import require


def hit_shares(popularity: npt.ArrayLike, *, n_slots: float) -> Floats:
    """Give the share of hits for each item of a least-recently-used cache, shape of ``popularity``.

    hitᵢ = 1 − e^(−pᵢ t) where the *characteristic time* t solves Σ(1 − e^(−pⱼ t)) = ``n_slots`` (Che, Tung
    and Wang, 2002; why it is so exact: Fricker, Robert and Roberts, 2012). Requests are independent.

    Args:
        popularity: Share or rate of requests for each item, shape (i,), above 0.
        n_slots: Items that fit; where all fit, every request is a hit.

    Raises:
        ValueError: No item, an item that is not above 0, or ``n_slots`` that is not above 0.

    >>> hit_shares([0.5, 0.5], n_slots=1)
    array([0.5, 0.5])
    """
    rates = np.asarray(popularity, np.float64)
    if rates.ndim != 1 or rates.size == 0:
        raise ValueError(f"popularity must be one row of at least 1 item, got shape {rates.shape}")
    require.positive(popularity=float(np.min(rates)), n_slots=n_slots)
    if n_slots >= rates.size:
        return np.ones_like(rates)
    return -np.expm1(-rates * _characteristic_time(rates, n_slots))


def hit_share(popularity: npt.ArrayLike, *, n_slots: float) -> float:
    """Give the share of all requests that hit: the items' hits weighted by their popularity."""
    rates = np.asarray(popularity, np.float64)
    return float(rates @ hit_shares(rates, n_slots=n_slots) / rates.sum())


def _characteristic_time(rates: Floats, n_slots: float) -> float:
    """Solve Σ(1 − e^(−pⱼ t)) = ``n_slots`` for t by Newton's steps.

    The sum is concave and rises, so that steps from below never pass the solution: they end where rounding
    stops them from rising.
    """
    time, last = n_slots / float(rates.sum()), 0.0
    while time > last:
        left = np.exp(-rates * time)
        last, time = time, time + (n_slots - rates.size + float(left.sum())) / float(rates @ left)
    return last
