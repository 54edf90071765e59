"""Present values and rates of return of flows of money, and costs of a unit."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from simulator.arrays import Floats, ratio

RATE_STEPS = 200
"""Halvings of the bracket around a rate of return: more than a float has digits."""


def npv(flows: Floats, *, rate: float, periods_per_year: int = 1) -> Floats:
    """Give the net present value: the sum of flow_t / (1 + rate) ^ (t / periods), the first flow at t = 0.

    Args:
        flows: money in each period, (t,) or (t, lanes).
        rate: of a year, above -1.
        periods_per_year: 1 for yearly flows, 12 for monthly ones.

    Returns:
        (lanes,), or a single value for a single series.

    Raises:
        ValueError: if the rate is -1 or less.

    >>> npv(np.array([-15_000.0, 1_500, 2_500, 3_500, 4_500, 6_000]), rate=0.05).round(6)
    np.float64(122.894855)
    """
    if rate <= -1:
        raise ValueError(f"rate must be above -1, got {rate:g}")
    value: Floats = np.zeros(flows.shape[1:])
    for period, flow in enumerate(flows):
        value = value + flow / (1.0 + rate) ** (period / periods_per_year)
    return value


def irr(flows: Sequence[float]) -> float:
    """Give the internal rate of return: the rate at which the net present value is nothing.

    With one change of sign there is exactly one such rate above -1 (Descartes's rule). With several there may
    be several: the convention here is to refuse them, and the message says which there are, as 12 % and 100 %
    cannot both be what a plan returns. The net present value at a stated rate always says something.

    Raises:
        ValueError: if the flows do not change their sign exactly once.

    >>> round(irr([-150_000, 15_000, 25_000, 35_000, 45_000, 60_000]), 9)
    0.052432889
    """
    signs = [flow > 0 for flow in flows if flow != 0]
    changes = sum(before != after for before, after in pairwise(signs))
    if changes != 1:
        rates = ", ".join(f"{rate:.4g}" for rate in _rates(flows)) if changes else ""
        said = f", with a value of 0 at each of the rates {rates}" if rates else ""
        raise ValueError(f"flows must change their sign exactly once, got {changes} changes{said}")
    rising = signs[-1]  # as a function of the discount factor, the last flow decides for large factors
    low, high = 0.0, 1.0
    while (_polynomial(flows, high) > 0) != rising:
        high *= 2.0
    for _ in range(RATE_STEPS):
        middle = (low + high) / 2.0
        if (_polynomial(flows, middle) > 0) == rising:
            high = middle
        else:
            low = middle
    return 2.0 / (low + high) - 1.0


def unit_cost_eur(cost_eur: Floats, units: Floats) -> Floats:
    """Give the cost of one user, one transaction, one request; +inf where there is none.

    >>> unit_cost_eur(np.array([18_750.0, 5.0]), np.array([750_000.0, 0.0]))
    array([0.025,   inf])
    """
    return ratio(cost_eur, units, otherwise=np.inf)


def revenue_share(cost_eur: Floats, revenue_eur: Floats) -> Floats:
    """Give the cost as a share of revenue; +inf where there is no revenue.

    >>> revenue_share(np.array([6_500.0]), np.array([130_000.0]))
    array([0.05])
    """
    return unit_cost_eur(cost_eur, revenue_eur)


def _rates(flows: Sequence[float]) -> list[float]:
    """Give every rate above -1 at which the flows are worth nothing, lowest first."""
    factors = np.roots(np.array(flows, dtype=np.float64)[::-1])
    real = factors.real[(np.abs(factors.imag) < 1e-9 * np.abs(factors)) & (factors.real > 0)]
    rates: list[float] = (1.0 / np.sort(real)[::-1] - 1.0).tolist()
    return rates


def _polynomial(flows: Sequence[float], factor: float) -> float:
    """Present value at a discount factor for one period (Horner's rule)."""
    value = 0.0
    for flow in reversed(flows):
        value = value * factor + flow
    return value
