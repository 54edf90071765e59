"""Uncertain values may go together: rank correlations are applied by a Gaussian copula."""

import math
from collections.abc import Iterable, Sequence
from typing import Annotated

import numpy as np
from pydantic import Field

from simulator.arrays import Floats
from simulator.scenario.keys.quantity import Part

MOST_PAIRS = 200


class Correlation(Part):
    """The ranks of two uncertain keys go together, or against each other."""

    keys: Annotated[tuple[str, str], Field(strict=False)]
    """The two keys are named in full, as ``bill.other_eur_month`` or ``hiring.stages[0].pass_share``."""
    coefficient: Annotated[float, Field(gt=-1, lt=1, allow_inf_nan=False)]
    """The ranks of the two have this coefficient of correlation (Spearman, 1904)."""


def correlated_keys(pairs: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Give every key of some pairs once, in the order in which they are named."""
    return tuple(dict.fromkeys(key for pair in pairs for key in pair))


def normal_factor(pairs: Sequence[tuple[Sequence[str], float]]) -> Floats:
    """Give the lower triangle L, (k, k), so that L z has normal margins with the rank correlations asked for.

    The ranks of two normals of correlation r correlate by (6/π) asin(r/2), so r = 2 sin(π ρ/6) is what ρ
    takes (Pearson, 1907). Keys that no pair names are independent.

    Args:
        pairs: two keys and their coefficient, each.

    Raises:
        ValueError: where no set of values can be correlated so.

    >>> normal_factor([(("a", "b"), 0.5)]).round(4)
    array([[1.    , 0.    ],
           [0.5176, 0.8556]])
    """
    keys = correlated_keys(pair for pair, _ in pairs)
    matrix = np.eye(len(keys))
    for (first, second), coefficient in pairs:
        at = (keys.index(first), keys.index(second))
        matrix[at] = matrix[at[::-1]] = 2 * math.sin(math.pi * coefficient / 6)
    try:
        factor: Floats = np.linalg.cholesky(matrix).astype(np.float64)
    except np.linalg.LinAlgError:
        raise ValueError("no values can be correlated like this") from None
    return factor
