"""Scrambled Sobol' points in groups of 64 runs, so that a group's runs fill the range of each draw evenly.

Every group has a scramble of its own, so that groups are independent and equal in law. Draws that act
together, as the months of growth, are dimensions of one sequence; each uncertain input is a sequence of one
dimension, taken in a random order of its own. That is Latin supercube sampling (Owen, 1998), and a cause
names its sequence: which others are drawn shifts nothing, where dimensions of one long sequence would move.
"""

from collections.abc import Iterator
from zlib import crc32

import numpy as np

from simulator.arrays import Floats

GROUP = 64
"""Runs that share a scramble; a power of 2, as Sobol' sequences are balanced there."""
DIMENSIONS = 64
"""Draws that act together are the dimensions of a sequence; what is beyond so many goes to a further one."""
BITS = 30
SAMPLED = crc32(b"sobol")
"""Sets these generators apart from those of ``streams``."""


def sobol_points(seed: int, runs: range, cause: str, count: int) -> Floats:
    """Give uniforms of some runs, (l, count), all within (0, 1).

    Run i has the same whatever the others are, and asking for more leaves the first as they are but for
    ``count`` = 1, which is a sequence of another kind.
    """
    return np.concatenate([points[rows, :count] for points, rows in _groups(seed, runs, cause, count)])


def _groups(seed: int, runs: range, cause: str, count: int) -> Iterator[tuple[Floats, slice]]:
    for group in range(runs.start // GROUP, -(-runs.stop // GROUP)):
        first = group * GROUP
        rows = slice(max(runs.start - first, 0), min(runs.stop - first, GROUP))
        if count == 1:
            yield _shuffled(seed, group, cause), rows
        else:
            parts = range(-(-count // DIMENSIONS))
            yield np.hstack([_net(seed, group, f"{cause}:{part}", DIMENSIONS)[0] for part in parts]), rows


def _shuffled(seed: int, group: int, cause: str) -> Floats:
    points, generator = _net(seed, group, cause, 1)
    return points[generator.permutation(GROUP)]


def _net(seed: int, group: int, cause: str, dimensions: int) -> tuple[Floats, np.random.Generator]:
    """Give a group's points, in the middle of their cells, (GROUP, dimensions), and what scrambled them."""
    from scipy.stats.qmc import Sobol  # noqa: PLC0415 takes as long to import as all else that a worker runs

    spawned = np.random.SeedSequence(seed, spawn_key=(group, crc32(cause.encode()), SAMPLED))
    generator = np.random.Generator(np.random.PCG64DXSM(spawned))
    points: Floats = Sobol(dimensions, scramble=True, bits=BITS, seed=generator).random(GROUP)
    return points + 0.5**BITS / 2, generator
