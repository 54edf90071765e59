"""M/M/c: Poisson arrivals, exponential services, c servers, first come first served, unlimited room.

Source of all of it: Erlang (1917); Gross and Harris, *Fundamentals of Queueing Theory*, chapter 2. Every
function takes the arrival rate, the mean service and the number of servers, and raises ValueError where
the offered load reaches the servers.
"""

import math

from simulator.queueing.laws import erlang, require


def wait_share(*, arrival_rate: float, service_mean: float, n_servers: int) -> float:
    """Give the share of arrivals that wait at all, by Erlang C."""
    offered = require.stable_load(arrival_rate=arrival_rate, service_mean=service_mean, n_servers=n_servers)
    return erlang.waiting_share(offered_load=offered, n_servers=n_servers)


def wait_mean(*, arrival_rate: float, service_mean: float, n_servers: int) -> float:
    """Give the mean wait before service, over all arrivals: C / (cμ − λ).

    A bookstore with 40 customers an hour, 4 minutes each, and 4 clerks (Gross and Harris):

    >>> round(60 * wait_mean(arrival_rate=40, service_mean=4 / 60, n_servers=4), 3)
    1.135
    """
    waits = wait_share(arrival_rate=arrival_rate, service_mean=service_mean, n_servers=n_servers)
    return waits / _drain_rate(arrival_rate, service_mean, n_servers)


def response_mean(*, arrival_rate: float, service_mean: float, n_servers: int) -> float:
    """Give the mean time from arrival to departure: the wait and the service."""
    return service_mean + wait_mean(arrival_rate=arrival_rate, service_mean=service_mean, n_servers=n_servers)


def number_mean(*, arrival_rate: float, service_mean: float, n_servers: int) -> float:
    """Give the mean number in the system, waiting or served, by Little's law."""
    return arrival_rate * response_mean(
        arrival_rate=arrival_rate, service_mean=service_mean, n_servers=n_servers
    )


def wait_tail(wait: float, *, arrival_rate: float, service_mean: float, n_servers: int) -> float:
    """Give the share of arrivals that wait longer than ``wait``: P(W > t) = C e^(−(cμ − λ)t)."""
    require.not_negative(wait=wait)
    waits = wait_share(arrival_rate=arrival_rate, service_mean=service_mean, n_servers=n_servers)
    return waits * math.exp(-_drain_rate(arrival_rate, service_mean, n_servers) * wait)


def wait_percentile(share: float, *, arrival_rate: float, service_mean: float, n_servers: int) -> float:
    """Give the wait that a ``share`` of arrivals does not exceed; 0 where so many do not wait at all.

    >>> load = {"arrival_rate": 40.0, "service_mean": 4 / 60, "n_servers": 4}
    >>> round(60 * wait_percentile(0.95, **load), 2), wait_percentile(0.5, **load)
    (6.07, 0.0)
    """
    require.share_below_one(share=share)
    waits = wait_share(arrival_rate=arrival_rate, service_mean=service_mean, n_servers=n_servers)
    if waits <= 1 - share:
        return 0.0
    return math.log(waits / (1 - share)) / _drain_rate(arrival_rate, service_mean, n_servers)


def response_tail(response: float, *, arrival_rate: float, service_mean: float, n_servers: int) -> float:
    """Give the share of arrivals that take longer than ``response`` from arrival to departure.

    The response is a service and, for a share C, a wait that ends at rate θ = cμ − λ:
    P(T > t) = e^(−μt) + Cμ(e^(−θt) − e^(−μt)) / (μ − θ), and e^(−μt)(1 + Cμt) where the two rates meet.
    """
    require.not_negative(response=response)
    waits = wait_share(arrival_rate=arrival_rate, service_mean=service_mean, n_servers=n_servers)
    serve = 1 / service_mean
    drain = _drain_rate(arrival_rate, service_mean, n_servers)
    # With the slower rate outside and expm1 inside, this neither overflows nor loses digits as θ nears μ.
    gap = abs(serve - drain)
    difference = response if gap == 0 else -math.expm1(-gap * response) / gap
    slower = math.exp(-min(serve, drain) * response)
    return math.exp(-serve * response) + waits * serve * slower * difference


def relaxation_time(*, arrival_rate: float, service_mean: float, n_servers: int) -> float:
    """Give the time in which M/M/c forgets the state it started from: about max(1/μ, 1 / (cμ(1 − √ρ)²)).

    The inverse of the spectral gap: exact for one server (Morse, 1955), for more at high load (Gamarnik and
    Goldberg, 2013), and less than a tenth off where the two terms meet. A measurement must be many times as
    long.

    >>> round(relaxation_time(arrival_rate=400, service_mean=0.1, n_servers=50), 2)  # 50 workers at 80 %
    0.18
    """
    offered = require.stable_load(arrival_rate=arrival_rate, service_mean=service_mean, n_servers=n_servers)
    return max(service_mean, service_mean / (n_servers * (1 - math.sqrt(offered / n_servers)) ** 2))


def _drain_rate(arrival_rate: float, service_mean: float, n_servers: int) -> float:
    """Give the rate at which a queue of busy servers empties, cμ − λ."""
    return n_servers / service_mean - arrival_rate
