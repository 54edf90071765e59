"""A plan is chosen before the demand is known, by its regret (Savage, 1951).

Axes: p plan, d demand path, l run. What a plan costs on a path is given as (p, d, l); run l has the same luck
on every path and under every plan. A state of the world is a path with a run: the weight of its path, spread
evenly over the runs.
"""

import math
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.risk.estimates import Estimate, in_groups, mean, weighted_quantile, wilson

TAIL = 0.90
DIGITS = 9
"""Digits to which runs won are rounded, so that weights of a third add up to all of a run or to none."""


@dataclass(frozen=True, kw_only=True)
class PlanRegret:
    """A plan costs this much more than the best one for the demand that comes, in euros."""

    mean: Estimate
    """Mean regret over paths with their weights, and runs."""
    worst: float
    """The largest mean over the paths with weight: what minimax looks at."""
    worst_path: int
    p90: float
    """Ninth decile of the regret over paths with their weights, and runs."""


def regret(cost: Floats) -> Floats:
    """Excess over the plan that is best in that state, (p, d, l).

    >>> regret(np.array([[[1.0], [5.0]], [[3.0], [4.0]]]))[..., 0]
    array([[0., 1.],
           [2., 0.]])
    """
    excess: Floats = cost - cost.min(axis=0)
    return excess


def plan_regrets(cost: Floats, weights: Floats) -> list[PlanRegret]:
    """Give the regret of each plan; ``weights`` (d,) add up to 1."""
    runs = cost.shape[2]
    weighed = np.repeat(weights / runs, runs)
    found = []
    for excess in regret(cost):
        means = [
            math.fsum(path) / runs if weight > 0 else -math.inf
            for path, weight in zip(excess, weights, strict=True)
        ]
        worst = int(np.argmax(means))
        found.append(
            PlanRegret(
                mean=mean(over_paths(excess, weights)),
                worst=means[worst],
                worst_path=worst,
                p90=weighted_quantile(excess.ravel(), weighed, TAIL),
            )
        )
    return found


def minimax(regrets: list[PlanRegret]) -> int:
    """Index of the plan whose worst regret is the least."""
    return min(range(len(regrets)), key=lambda plan: regrets[plan].worst)


def p_best(cost: Floats, weights: Floats) -> list[Estimate]:
    """Probability that each plan is the best, with Wilson's interval; plans that tie share it evenly.

    >>> cost = np.array([[[1.0, 1.0], [5.0, 5.0]], [[3.0, 0.0], [5.0, 5.0]]])
    >>> [round(of.estimate, 3) for of in p_best(cost, np.array([0.5, 0.5]))]
    [0.5, 0.5]
    """
    best = cost == cost.min(axis=0)
    shared = best / best.sum(axis=0)
    runs = cost.shape[2]
    won = [over_paths(of_plan, weights) for of_plan in shared]
    return [
        in_groups(of_run) or wilson(min(round(math.fsum(of_run), DIGITS), float(runs)), runs)
        for of_run in won
    ]


def evpi(cost: Floats, weights: Floats) -> float:
    """Expected value of perfect information: what it is worth to know path and luck before choosing.

    The least expected cost of one plan, less the expectation of the least cost (Raiffa and Schlaifer, 1961).

    >>> evpi(np.array([[[1.0], [5.0]], [[3.0], [4.0]]]), np.array([0.5, 0.5]))
    0.5
    """
    one_plan = min(math.fsum(over_paths(of_plan, weights)) for of_plan in cost)
    told = math.fsum(over_paths(cost.min(axis=0), weights))
    runs: int = cost.shape[2]
    return (one_plan - told) / runs


def evpi_demand(cost: Floats, weights: Floats) -> float:
    """Tell what it is worth to know the path alone, which is all that a forecast could say; see ``evpi``."""
    expected = np.array([[[math.fsum(path) / cost.shape[2]] for path in of_plan] for of_plan in cost])
    return evpi(expected, weights)


def best_plan(cost: Floats, weights: Floats) -> int:
    """Index of the plan with the least expected cost."""
    return int(np.argmin([math.fsum(over_paths(of_plan, weights)) for of_plan in cost]))


def weight_grid(paths: int, steps: int) -> list[Floats]:
    """Every way of sharing out weight over paths in ``steps`` equal parts.

    >>> [weights.tolist() for weights in weight_grid(2, 2)]
    [[0.0, 1.0], [0.5, 0.5], [1.0, 0.0]]
    """
    return [np.array(parts) / steps for parts in _compositions(paths, steps)]


def _compositions(parts: int, whole: int) -> list[list[int]]:
    if parts == 1:
        return [[whole]]
    return [[first, *rest] for first in range(whole + 1) for rest in _compositions(parts - 1, whole - first)]


def over_paths(values: Floats, weights: Floats) -> Floats:
    """Weighted sum over the paths, added in their order: (d, l) to (l,)."""
    total = np.zeros(values.shape[1])
    for path, weight in zip(values, weights, strict=True):
        total = total + weight * path
    return total
