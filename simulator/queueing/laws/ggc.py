"""G/G/c: any arrivals, any services: bounds and approximations, to be read as sanity bands.

Here nothing but the first two moments is known, so nothing is exact: ``scv`` is the squared coefficient of
variation (variance over squared mean) of the times between arrivals and of the services.
"""

import math

from simulator.queueing.laws import mmc, require


def kingman_bound(
    *, arrival_rate: float, service_mean: float, arrival_scv: float, service_scv: float
) -> float:
    """Give the upper bound of the mean wait at one server: λ(σₐ² + σₛ²) / (2(1 − ρ)) (Kingman, 1962).

    Raises:
        ValueError: An offered load of 1 or more.

    >>> round(kingman_bound(arrival_rate=0.8, service_mean=1, arrival_scv=1, service_scv=0), 3)
    3.125
    """
    load = require.stable_load(arrival_rate=arrival_rate, service_mean=service_mean, n_servers=1)
    require.not_negative(arrival_scv=arrival_scv, service_scv=service_scv)
    variances = arrival_scv / arrival_rate**2 + service_scv * service_mean**2
    return arrival_rate * variances / (2 * (1 - load))


def allen_cunneen_wait_mean(
    *, arrival_rate: float, service_mean: float, n_servers: int, arrival_scv: float, service_scv: float
) -> float:
    """Give the approximate mean wait: that of M/M/c × (arrival scv + service scv)/2 (Allen, 1978).

    The Allen-Cunneen formula: exact for M/M/c and for M/G/1, and nearly so in heavy traffic.

    Raises:
        ValueError: An offered load of ``n_servers`` or more.
    """
    require.not_negative(arrival_scv=arrival_scv, service_scv=service_scv)
    exponential = mmc.wait_mean(arrival_rate=arrival_rate, service_mean=service_mean, n_servers=n_servers)
    return exponential * (arrival_scv + service_scv) / 2


def sakasegawa_wait_mean(
    *, arrival_rate: float, service_mean: float, n_servers: int, arrival_scv: float, service_scv: float
) -> float:
    """Give the approximate mean wait with ρ^(√(2(c + 1)) − 1) in the place of Erlang C (Sakasegawa, 1977).

    At one server it is Kingman's heavy-traffic formula, ρ/(1 − ρ) × (arrival scv + service scv)/2 × S.

    Raises:
        ValueError: An offered load of ``n_servers`` or more.

    >>> load = {"arrival_rate": 0.8, "service_mean": 1, "n_servers": 1}
    >>> round(sakasegawa_wait_mean(**load, arrival_scv=1, service_scv=0), 12)
    2.0
    """
    offered = require.stable_load(arrival_rate=arrival_rate, service_mean=service_mean, n_servers=n_servers)
    require.not_negative(arrival_scv=arrival_scv, service_scv=service_scv)
    utilization = offered / n_servers
    waits = math.pow(utilization, math.sqrt(2 * (n_servers + 1)) - 1)
    return (arrival_scv + service_scv) / 2 * waits * service_mean / (n_servers * (1 - utilization))
