"""M/M/c/K: M/M/c with room for K in all, in service and waiting; who finds it full is lost.

Source: Gross and Harris, *Fundamentals of Queueing Theory*, section 2.5. Any load is stable here.
"""

import numpy as np

from simulator.arrays import Floats
from simulator.queueing.laws import require


def number_shares(*, arrival_rate: float, service_mean: float, n_servers: int, room: int) -> Floats:
    """Give the long-run share of time with 0, 1, …, ``room`` in the system, shape (room + 1,).

    p(n) / p(n−1) = a / min(n, c); the products are taken as sums of logarithms, which holds for any
    number of servers.

    Args:
        arrival_rate: Arrivals per unit of time, those turned away included.
        service_mean: Mean service.
        n_servers: Servers, c.
        room: Places in all, K: those in service and those waiting; at least ``n_servers``.
    """
    require.positive(arrival_rate=arrival_rate, service_mean=service_mean)
    require.at_least_one(n_servers=n_servers)
    if room < n_servers:
        raise ValueError(f"room must be at least n_servers = {n_servers}, got {room}")
    busy = np.minimum(np.arange(1, room + 1), n_servers)
    log_weights = np.concatenate(([0.0], np.cumsum(np.log(arrival_rate * service_mean / busy))))
    weights = np.exp(log_weights - log_weights.max())
    return np.asarray(weights / weights.sum(), np.float64)


def blocking_share(*, arrival_rate: float, service_mean: float, n_servers: int, room: int) -> float:
    """Share of arrivals that find the room full and are lost (a Poisson arrival sees the time's average).

    >>> round(blocking_share(arrival_rate=3, service_mean=1 / 4, n_servers=2, room=3), 4)
    0.0494
    """
    shares = number_shares(
        arrival_rate=arrival_rate, service_mean=service_mean, n_servers=n_servers, room=room
    )
    return float(shares[-1])


def number_mean(*, arrival_rate: float, service_mean: float, n_servers: int, room: int) -> float:
    """Give the mean number in the system, waiting or served."""
    shares = number_shares(
        arrival_rate=arrival_rate, service_mean=service_mean, n_servers=n_servers, room=room
    )
    return float(np.arange(room + 1) @ shares)


def utilization(*, arrival_rate: float, service_mean: float, n_servers: int, room: int) -> float:
    """Give the share of the servers that is busy: what is admitted, over what could be served."""
    admitted = 1 - blocking_share(
        arrival_rate=arrival_rate, service_mean=service_mean, n_servers=n_servers, room=room
    )
    return admitted * arrival_rate * service_mean / n_servers


def wait_mean(*, arrival_rate: float, service_mean: float, n_servers: int, room: int) -> float:
    """Give the mean wait before service of those admitted, by Little's law on the waiting room."""
    shares = number_shares(
        arrival_rate=arrival_rate, service_mean=service_mean, n_servers=n_servers, room=room
    )
    waiting = np.maximum(np.arange(room + 1) - n_servers, 0)
    return float(waiting @ shares) / (arrival_rate * (1 - float(shares[-1])))
