"""One plan is chosen: the least expected cost with what is lost, and how sure that is.

Axes: p plan, d demand path, l run, as in ``risk.regret``. A plan within a paired standard error of the best
one, or within 2 % of its cost, cannot be told from it by these runs.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.risk.estimates import Estimate, mean
from simulator.risk.regret import over_paths, p_best

AS_GOOD_SHARE = 0.02
"""A plan that costs at most this much more than the best one is as good."""


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A plan has its place among the others."""

    plan: int
    expected: Estimate
    """Cost and loss over the weighted paths, in euros."""
    behind: Estimate
    """The excess over the plan of the least expected cost, run by run, in euros."""
    p_best: Estimate
    as_good: bool
    """True means that these runs cannot tell the plan from the one that is chosen."""


@dataclass(frozen=True, kw_only=True)
class Swap:
    """Two plans change places at a weight of one path, the other paths sharing the rest in proportion."""

    first: int
    """This plan is the better one at the weights that were given."""
    second: int
    path: int
    weight: float
    """They cost the same where the path has this weight, between 0 and 1."""


def ranking(total: Floats, weights: Floats) -> list[Ranked]:
    """Rank plans by expected cost and loss, (p, d, l); ``weights`` (d,) add up to 1.

    >>> cost = np.array([[[1.0, 2.0]], [[5.0, 6.0]]])
    >>> [(of.plan, of.behind.estimate, of.as_good) for of in ranking(cost, np.array([1.0]))]
    [(0, 0.0, True), (1, 4.0, False)]
    """
    by_run = np.array([over_paths(of_plan, weights) for of_plan in total])
    expected = [math.fsum(runs) / len(runs) for runs in by_run]
    order = sorted(range(len(total)), key=expected.__getitem__)
    chances, best = p_best(total, weights), by_run[order[0]]
    found = []
    for plan in order:
        behind = mean(by_run[plan] - best)
        # one run has no error, nan, beside which no excess is larger: it tells no plans apart
        close = float(np.maximum(behind.se, AS_GOOD_SHARE * abs(expected[order[0]])))
        found.append(
            Ranked(
                plan=plan,
                expected=mean(by_run[plan]),
                behind=behind,
                p_best=chances[plan],
                as_good=not behind.estimate > close,
            )
        )
    return found


def swaps(expected: Floats, weights: Floats, order: Sequence[int]) -> list[Swap]:
    """Find the weights at which two plans change places: cost is linear in them, so that one division tells.

    Args:
        expected: cost and loss of each plan on each path, (p, d).
        weights: of the paths, (d,), which add up to 1.
        order: plans from the best to the worst.

    >>> swaps(np.array([[1.0, 5.0], [3.0, 3.0]]), np.array([0.75, 0.25]), [0, 1])
    [Swap(first=0, second=1, path=0, weight=0.5), Swap(first=0, second=1, path=1, weight=0.5)]
    """
    found = []
    for place, first in enumerate(order):
        for second in order[place + 1 :]:
            more = expected[second] - expected[first]
            for path in np.flatnonzero(weights < 1):
                others = math.fsum(np.delete(weights * more, path)) / (1 - weights[path])
                if others == more[path]:
                    continue
                weight = others / (others - more[path])
                if 0 < weight < 1:
                    found.append(Swap(first=first, second=second, path=int(path), weight=float(weight)))
    return found
