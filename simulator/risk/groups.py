"""Runs of Sobol' points are independent in groups of 64 and not one by one: intervals come from the groups.

Within a group runs share a scramble, so that they vary less together than apart; how much less is seen only
from group to group. Fewer than ``LEAST_GROUPS`` cannot tell: intervals are then those of independent runs,
which are too wide for nearly every figure. So are those of samples that are a part of a study's runs.
"""

import math
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np

from simulator.arrays import Floats
from simulator.draws.sobol import GROUP
from simulator.draws.streams import Sampling

LEAST_GROUPS = 8
_GROUPED_RUNS: ContextVar[int] = ContextVar("grouped_runs", default=0)


def groups_in(runs: int, sampling: Sampling) -> int | None:
    """Groups that the intervals of a study rest on; None where they take runs one by one.

    >>> groups_in(1_000, "sobol"), groups_in(448, "sobol"), groups_in(1_000, "random")
    (16, None, None)
    """
    groups = -(-runs // GROUP)
    return groups if sampling == "sobol" and groups >= LEAST_GROUPS else None


@contextmanager
def intervals_of(runs: int, groups: int | None) -> Iterator[None]:
    """Estimate from groups, where there are ``groups``, whatever is a sample of all runs in their order."""
    token = _GROUPED_RUNS.set(runs if groups else 0)
    try:
        yield
    finally:
        _GROUPED_RUNS.reset(token)


def intervals_of_summary(scenario: Mapping[str, Any]) -> AbstractContextManager[None]:
    """Estimate as a scenario of a summary was: from groups or from runs."""
    return intervals_of(scenario["runs"], scenario.get("interval_groups"))  # not in results of before


def grouped_error(values: Floats) -> tuple[float, int] | None:
    """Standard error of a mean over all runs, (l,), and its degrees of freedom; None for other samples.

    The last group may be smaller than the others: groups count by their runs, as clusters of a survey do
    (Cochran, 1977, 9.9, without a finite population).
    """
    if len(values) != _GROUPED_RUNS.get():
        return None
    centre = math.fsum(values) / len(values)
    starts = range(0, len(values), GROUP)
    apart = np.array([math.fsum(values[at : at + GROUP] - centre) for at in starts])
    groups = len(apart)
    return math.sqrt(groups / (groups - 1) * math.fsum(apart**2)) / len(values), groups - 1
