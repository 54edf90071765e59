"""Queues with a limit on waiting, in an hour of any load: what is lost in the long run, and how soon it is.

Arithmetic on arrays of any one shape; a limit b is in seconds of waiting. σ² is the variance of the backlog
in a second, m = ρ - 1 its drift, θ = 2m/σ² (Brownian motion between two barriers: Harrison, 1985).
"""

import numpy as np

from simulator.arrays import Floats

SMALL = 1e-6
LEAST = 1e-300
"""Smallest value of a share that is divided by; below it an event hardly ever happens."""


def blocking_shares(offered_load: Floats, servers: Floats) -> tuple[Floats, Floats]:
    """Erlang B of one server less and of all of them, by the recursion B(n) = aB(n-1) / (n + aB(n-1)).

    >>> below, full = blocking_shares(np.array([4.0]), np.array([4.0]))
    >>> below.round(4), full.round(4)
    (array([0.4507]), array([0.3107]))
    """
    blocking = np.ones(offered_load.shape)
    below = np.ones(offered_load.shape)
    for n in range(1, int(servers.max(initial=0)) + 1):
        below = np.where(n <= servers, blocking, below)
        following = offered_load * blocking / (n + offered_load * blocking)
        blocking = np.where(n <= servers, following, blocking)
    return np.maximum(below, LEAST), np.maximum(blocking, LEAST)


def waiting_share(load: Floats, blocking: Floats) -> Floats:
    """Erlang C: share of arrivals that find all servers busy; 1 from a load of 1 on.

    Args:
        load: offered utilisation ρ.
        blocking: Erlang B of all servers.
    """
    below = np.minimum(load, 1.0)
    share: Floats = blocking / (1.0 - below * (1.0 - blocking))
    return np.where(load < 1.0, share, 1.0)


def lost_by_patience(load: Floats, below: Floats, servers: Floats, limit: Floats) -> Floats:
    """Give the share of the arrivals that give up waiting in the long run: M/M/c+D at any load.

    By level crossing (Barrer, 1957; Baccelli and Hebuterne, 1981).

    Args:
        load: offered utilisation ρ.
        below: Erlang B of one server less.
        servers: c.
        limit: longest wait in mean services; other work and other arrivals by 2 / (c_a² + c_s²) times it.

    >>> below, _ = blocking_shares(np.array([4.0]), np.array([4.0]))
    >>> lost_by_patience(np.array([1.0]), below, np.array([4.0]), np.array([10.0])).round(7)
    array([0.0231381])
    """
    gap = servers * (1.0 - load)  # of capacity over arrivals, in a mean service
    left = np.exp(-np.maximum(gap * limit, 0.0))  # below capacity
    held = np.exp(np.minimum(gap * limit, 0.0))  # above it, where the other would overflow
    even = np.abs(gap * limit) < SMALL
    inside = np.where(even, 1.0, gap)
    waited = np.where(even, limit, np.where(gap > 0, 1.0 - left, -(1.0 - held)) / inside)
    arrivals = load * servers
    scale = np.where(gap > 0, left, 1.0)
    other = np.where(gap > 0, 1.0, held)
    lost: Floats = load * scale / (other / np.maximum(below, LEAST) + arrivals * waited + load * scale)
    return lost


def lost_by_room(load: Floats, blocking: Floats, places: Floats) -> Floats:
    """Give the share of the arrivals that are turned away in the long run: M/M/c/K at any load.

    Args:
        load: offered utilisation ρ.
        blocking: Erlang B of all servers.
        places: to wait; other work and other arrivals by 2 / (c_a² + c_s²) times as many.

    >>> _, blocking = blocking_shares(np.array([4.0]), np.array([4.0]))
    >>> lost_by_room(np.array([1.0]), blocking, np.array([64.0])).round(4)
    array([0.0149])
    """
    even = np.abs(load - 1.0) < SMALL
    other = np.where(even, 0.5, load)
    below = other < 1.0
    power = np.where(below, other, 1.0 / np.maximum(other, SMALL)) ** places
    # Above capacity numerator and denominator are divided by r^N, which would overflow.
    queued = other * np.where(below, 1.0 - power, power - 1.0) / (1.0 - other)
    lost = np.where(below, power, 1.0) / (np.where(below, 1.0, power) / np.maximum(blocking, LEAST) + queued)
    return np.where(even, 1.0 / (1.0 / np.maximum(blocking, LEAST) + places), lost)


def settling_time_s(limit_s: Floats, drift: Floats, variance: Floats) -> Floats:
    """Time from empty that is as good as lost to the long run: τ = (b coth(θb/2) - 2/θ)/m, even in m.

    Own derivation (Poisson's equation of a Brownian motion between two barriers); b²/(3σ²) where m is 0.

    Args:
        limit_s: b.
        drift: m.
        variance: σ² a second.

    >>> settling_time_s(np.full(2, 1.6), np.array([0.0, -0.1]), np.full(2, 0.05)).round(4)
    array([17.0667, 11.0533])
    """
    variance = np.where(variance > 0.0, variance, 1.0)  # who has no work settles whatever it is
    at = drift * limit_s / variance
    away = np.abs(at) > 1e-3
    safe = np.where(away, at, 1.0)
    bend = np.where(away, (1.0 / np.tanh(safe) - 1.0 / safe) / safe, (1.0 - at * at / 15.0) / 3.0)
    settling: Floats = limit_s * limit_s / variance * bend
    return settling


def mean_below_limit_s(limit_s: Floats, exponent: Floats) -> Floats:
    """Give the mean of the exponential law with density as e^(θx) on [0, b]: b/2 where θ is 0.

    Args:
        limit_s: b; infinite only where θ is below 0.
        exponent: θ a second.

    >>> mean_below_limit_s(np.array([2.0, np.inf]), np.array([0.0, -4.0]))
    array([1.  , 0.25])
    """
    endless = ~np.isfinite(limit_s)
    width = np.where(endless, 1.0, limit_s)
    at = exponent * width
    even = np.abs(at) < 1e-4
    safe = np.where(even, 1.0, at)
    inside = np.where(even, 0.5 + at / 12.0, 1.0 / -np.expm1(-np.clip(safe, -700.0, 700.0)) - 1.0 / safe)
    return np.where(endless, -1.0 / np.where(endless, exponent, 1.0), width * inside)
