"""The points at which a model is asked for Sobol indices (Saltelli et al., 2010)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from SALib.sample import sobol

from simulator.arrays import Floats


def problem_of(keys: Sequence[str]) -> dict[str, Any]:
    """Tell what SALib calls a problem: the inputs at unit scale."""
    return {"num_vars": len(keys), "names": list(keys), "bounds": [[0.0, 1.0]] * len(keys)}


def saltelli_points(keys: Sequence[str], base: int, seed: int) -> Floats:
    """Give the shares of each input's distribution, (base x (k + 2), k), all within (0, 1).

    Rows come in blocks of k + 2: one point, then that with each input in turn from another point, then the
    other. ``base`` is a power of 2, as Sobol's sequence is balanced there.
    """
    scrambling = int(np.random.SeedSequence(seed).generate_state(1)[0])
    points: Floats = sobol.sample(problem_of(keys), base, calc_second_order=False, seed=scrambling)
    inside: Floats = np.clip(points, 1e-9, 1 - 1e-9)
    return inside
