"""Many servers for one request: the slowest of k parts, and the best of d queues."""

import math

from simulator.queueing.laws import require


def slow_share(*, part_slow_share: float, n_parts: int) -> float:
    """Share of scatter-gather requests with at least one slow part: 1 − (1 − p)ᵏ (Dean and Barroso, 2013).

    Args:
        part_slow_share: Share of parts that are slow, p; parts are independent.
        n_parts: Parts of one request, sent at once; it is done when the last of them is.

    >>> round(slow_share(part_slow_share=0.01, n_parts=100), 2)
    0.63
    """
    require.share(part_slow_share=part_slow_share)
    require.at_least_one(n_parts=n_parts)
    if part_slow_share == 1:
        return 1.0
    return -math.expm1(n_parts * math.log1p(-part_slow_share))


def best_of_choices_response_mean(*, utilization: float, n_choices: int, service_mean: float) -> float:
    """Mean response where a job joins the shorter of ``n_choices`` random queues, among very many servers.

    E[T] = S Σ_{i≥1} ρ^((dⁱ − d)/(d − 1)), services exponential (Mitzenmacher, 2001); one choice is M/M/1.

    Args:
        utilization: Load of each server, ρ, below 1.
        n_choices: Queues looked at, d.
        service_mean: Mean service, S.

    >>> round(best_of_choices_response_mean(utilization=0.9, n_choices=2, service_mean=1), 3)
    2.614
    """
    require.share_below_one(utilization=utilization)
    require.at_least_one(n_choices=n_choices)
    require.positive(service_mean=service_mean)
    if n_choices == 1:
        return service_mean / (1 - utilization)
    total, term, exponent = 0.0, 1.0, 0
    while total + term > total:
        total += term
        exponent = n_choices * (exponent + 1)
        term = utilization**exponent
    return service_mean * total
