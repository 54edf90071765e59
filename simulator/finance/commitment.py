"""Cores are committed to while their use is uncertain: the newsvendor's question.

A committed core is paid in every hour at a lower price c, a core beyond the commitment only when it is used,
at the price p. Committing to K costs c K + p E max(U - K, 0) an hour, which is c E U, the cost of knowing
the use U beforehand, plus the cost of having committed to too much, c E max(K - U, 0), and to too little,
(p - c) E max(U - K, 0). The best K is the quantile of U at (p - c) / p (Arrow, Harris and Marschak, 1951).
"""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats, Ints


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """A level of commitment has this expected cost, in euros for an hour."""

    level: int
    """Number of cores paid in every hour."""
    cost_eur_hour: float
    over_eur_hour: float
    """Cost of committed cores that are not used, €/hour."""
    under_eur_hour: float
    """Extra cost of used cores that a commitment would have made cheaper, €/hour."""


def best_level(use: Ints, weight: Floats, *, on_demand_eur: float, committed_eur: float) -> int:
    """Give the level with the least expected cost.

    Args:
        use: cores in use, by hour, week and run, (n,).
        weight: hours that each stands for, (n,).
        on_demand_eur: price of an hour that is used; where it is 0 nothing is committed to.
        committed_eur: price of an hour, used or not.

    >>> use, hours = np.array([2, 4, 6, 8]), np.ones(4)
    >>> best_level(use, hours, on_demand_eur=1.0, committed_eur=0.4)
    6
    >>> best_level(use, hours, on_demand_eur=1.0, committed_eur=1.0)
    0
    """
    if committed_eur >= on_demand_eur:
        return 0
    ratio = (on_demand_eur - committed_eur) / on_demand_eur
    order = np.argsort(use, kind="stable")
    reached = np.cumsum(weight[order])
    first = int(np.searchsorted(reached, ratio * reached[-1] * (1 - 1e-12)))
    return int(use[order][min(first, len(use) - 1)])


def expected(
    use: Ints, weight: Floats, level: int, *, on_demand_eur: float, committed_eur: float
) -> Commitment:
    """Give the expected cost of committing to ``level`` cores; arguments as in ``best_level``.

    >>> expected(np.array([2, 6]), np.ones(2), 4, on_demand_eur=1.0, committed_eur=0.5)
    Commitment(level=4, cost_eur_hour=3.0, over_eur_hour=0.5, under_eur_hour=0.5)
    """
    hours = float(weight.sum())
    beyond = float((np.maximum(use - level, 0) * weight).sum()) / hours
    idle = float((np.maximum(level - use, 0) * weight).sum()) / hours
    return Commitment(
        level=level,
        cost_eur_hour=committed_eur * level + on_demand_eur * beyond,
        over_eur_hour=committed_eur * idle,
        under_eur_hour=(on_demand_eur - committed_eur) * beyond,
    )
