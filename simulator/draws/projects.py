"""Projects have luck that all of a company share, luck of their own, and luck in each try of a cut-over."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.draws.streams import Streams

TRIES = 8
"""Largest number of tries of a cut-over: the last one succeeds."""


@dataclass(frozen=True, kw_only=True)
class ProjectDraws:
    """Unit draws of each action of a plan."""

    together: Floats
    """Standard normal that all projects of a company share, (lanes,)."""
    own: Floats
    """Standard normal of each project, (a, lanes)."""
    tries: Floats
    """Uniform of each try but the last, (a, tries, lanes)."""


def draw_projects(streams: Streams, kinds: Sequence[str], months: Sequence[int]) -> ProjectDraws:
    """Draw for the actions of a plan, given by their kinds and the months in which they are due.

    The n-th action of a kind to fall due has the same luck whatever else is planned and in whatever order the
    file tells it, so that plans are compared in pairs.
    """
    own, tries = [], []
    for cause in _causes(kinds, months):
        own.append(streams.draw(cause, "normal", 1)[:, 0])
        tries.append(streams.draw(f"{cause}:tries", "uniform", TRIES - 1).T)
    shape = (len(kinds), streams.lanes)
    return ProjectDraws(
        together=streams.draw("project", "normal", 1)[:, 0],
        own=np.array(own).reshape(shape),
        tries=np.array(tries).reshape(shape[0], TRIES - 1, shape[1]),
    )


def _causes(kinds: Sequence[str], months: Sequence[int]) -> list[str]:
    seen: Counter[str] = Counter()
    causes = [""] * len(kinds)
    for index in sorted(range(len(kinds)), key=months.__getitem__):
        kind = kinds[index]
        causes[index] = f"project:{kind}:{seen[kind]}"
        seen[kind] += 1
    return causes
