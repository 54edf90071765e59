"""Inputs share out a figure's variance, by the estimators of SALib (Herman and Usher, 2017)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from SALib.analyze import sobol

from simulator.arrays import Floats
from simulator.draws.saltelli import problem_of, saltelli_points


@dataclass(frozen=True, kw_only=True)
class SobolIndex:
    """An input makes this much of a figure's variance (Sobol, 1993), with 95 % half widths."""

    key: str
    first: float
    """Share of the variance that knowing this input alone would take away."""
    first_half_width: float
    total: float
    """Share that stays where everything but this input is known (Homma and Saltelli, 1996)."""
    total_half_width: float


def sobol_indices(
    model: Callable[[Floats], Floats], keys: Sequence[str], *, base: int, seed: int
) -> list[SobolIndex]:
    """Give the indices of a model of inputs at unit scale, the largest total first.

    Args:
        model: figures, (n,), of points, (n, k); points come in blocks of k + 2, and what else is random in
            the model may be the same in a block and differ between blocks.
        keys: names of the k inputs.
        base: blocks, a power of 2.
        seed: of the points, and of the resampling behind the half widths.
    """
    figures = model(saltelli_points(keys, base, seed))
    if np.ptp(figures) == 0:
        return [
            SobolIndex(key=key, first=0.0, first_half_width=0.0, total=0.0, total_half_width=0.0)
            for key in keys
        ]
    found = sobol.analyze(problem_of(keys), figures, calc_second_order=False, seed=seed % 2**32)
    rows = zip(keys, found["S1"], found["S1_conf"], found["ST"], found["ST_conf"], strict=True)
    indices = [
        SobolIndex(key=key, first=s1, first_half_width=s1_half, total=st, total_half_width=st_half)
        for key, s1, s1_half, st, st_half in rows
    ]
    return sorted(indices, key=lambda index: -index.total)
