"""Operational laws: they hold for what was measured, whatever the distributions (Denning and Buzen, 1978)."""

from simulator.queueing.laws import require


def little_number_mean(*, throughput: float, time_mean: float) -> float:
    """Give the mean number present, L = λW (Little, 1961): rate through a place × mean time spent there.

    >>> little_number_mean(throughput=50, time_mean=0.5)
    25.0
    """
    require.not_negative(throughput=throughput, time_mean=time_mean)
    return throughput * time_mean


def little_time_mean(*, number_mean: float, throughput: float) -> float:
    """Mean time spent in a place, W = L/λ (Little, 1961): mean number present over the rate through it."""
    require.not_negative(number_mean=number_mean)
    require.positive(throughput=throughput)
    return number_mean / throughput


def service_demand(*, utilization: float, throughput: float, n_servers: int) -> float:
    """Give the mean work of one job, D = U·c/X: the busy servers over the jobs completed per unit of time.

    This is how a service time is read off a dashboard that shows only a utilisation and a rate.

    >>> round(service_demand(utilization=0.70, throughput=55, n_servers=4), 4)
    0.0509
    """
    require.share(utilization=utilization)
    require.positive(throughput=throughput)
    require.at_least_one(n_servers=n_servers)
    return utilization * n_servers / throughput
