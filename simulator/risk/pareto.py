"""Alternatives are worth a choice if no other one beats them at everything."""

import numpy as np

from simulator.arrays import Bools, Floats


def pareto_set(objectives: Floats) -> Bools:
    """Members of the Pareto set of alternatives, whose (alternatives, objectives) are all to be small.

    An alternative is dominated when another one is at least as good at every objective and better at one
    (Pareto, 1906). Alternatives that are the same at all of them do not dominate each other.

    >>> pareto_set(np.array([[1.0, 3.0], [2.0, 2.0], [2.0, 2.0], [3.0, 2.0]])).tolist()
    [True, True, True, False]
    """
    return np.array([not dominating(objectives, at).any() for at in range(len(objectives))], dtype=np.bool_)


def dominating(objectives: Floats, at: int) -> Bools:
    """Give the alternatives that dominate the one ``at`` this row, (alternatives,)."""
    as_good = (objectives <= objectives[at]).all(axis=1)
    better = (objectives < objectives[at]).any(axis=1)
    return np.asarray(as_good & better, dtype=np.bool_)
