"""M/G/1: Poisson arrivals, services of any distribution, one server, first come first served.

Source: Pollaczek (1930) and Khinchine (1932): of the service time only the mean and the squared
coefficient of variation (variance over squared mean) matter to the mean wait.
"""

from simulator.queueing.laws import require


def wait_mean(*, arrival_rate: float, service_mean: float, service_scv: float) -> float:
    """Give the mean wait before service: ρS(1 + scv) / (2(1 − ρ)).

    Args:
        arrival_rate: Arrivals per unit of time.
        service_mean: Mean service, S.
        service_scv: Squared coefficient of variation of the service: 0 constant, 1 exponential.

    Raises:
        ValueError: An offered load of 1 or more.

    >>> round(wait_mean(arrival_rate=0.8, service_mean=1, service_scv=0), 12)  # M/D/1
    2.0
    """
    load = require.stable_load(arrival_rate=arrival_rate, service_mean=service_mean, n_servers=1)
    require.not_negative(service_scv=service_scv)
    return load * service_mean * (1 + service_scv) / (2 * (1 - load))


def response_mean(*, arrival_rate: float, service_mean: float, service_scv: float) -> float:
    """Give the mean time from arrival to departure: the wait and the service."""
    return service_mean + wait_mean(
        arrival_rate=arrival_rate, service_mean=service_mean, service_scv=service_scv
    )


def number_mean(*, arrival_rate: float, service_mean: float, service_scv: float) -> float:
    """Give the mean number in the system, waiting or served, by Little's law."""
    return arrival_rate * response_mean(
        arrival_rate=arrival_rate, service_mean=service_mean, service_scv=service_scv
    )
