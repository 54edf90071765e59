"""Named random streams: every run owns its numbers, whatever else is simulated beside it.

The stream of (seed, run, cause) is a PCG64DXSM generator (O'Neill, 2014) of its own; week w begins
``w * 2**32`` draws into it. So run i is the same in a study of ten runs and of a thousand, two plans
under one seed share their numbers (common random numbers), and a new cause shifts no other.

With ``sampling`` "sobol" what a run has once is spread evenly over each 64 runs, see ``sobol``.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal
from zlib import crc32

import numpy as np
from numpy.random import PCG64DXSM, Generator, SeedSequence
from scipy.special import ndtri

from simulator.arrays import Floats, Ints
from simulator.draws.sobol import sobol_points

WEEK_STRIDE = 1 << 32
Kind = Literal["uniform", "exponential", "normal"]
Sampling = Literal["random", "sobol"]


class Streams:
    """The streams of a block of runs, in the order of its lanes."""

    def __init__(self, seed: int, runs: range, sampling: Sampling = "random") -> None:
        """Take the ``runs`` (one after the other) of the study under ``seed`` (not negative)."""
        if seed < 0:
            raise ValueError(f"seed must not be negative, got {seed}")
        self.seed = seed
        self.runs = runs
        self.sampling: Sampling = sampling
        self._opened: dict[tuple[str, int], tuple[Generator, Any]] = {}

    @property
    def lanes(self) -> int:
        """Number of runs in the block."""
        return len(self.runs)

    def of(self, lanes: slice) -> "Streams":
        """The streams of some of the lanes, which stay the same streams."""
        part = Streams(self.seed, self.runs[lanes], self.sampling)
        part._opened = self._opened
        return part

    def draw(self, cause: str, kind: Kind, count: int, *, week: int = 0) -> Floats:
        """Draw ``count`` unit-rate numbers for each lane, the first of that cause and week.

        Asking for more gives the same numbers with others after them.

        Returns: (lanes, count) float64.
        """
        return self.draw_some(cause, kind, count, np.arange(self.lanes), week=week)

    def draw_once(self, counts: Mapping[str, int], kind: Literal["uniform", "normal"]) -> dict[str, Floats]:
        """Draw what a run has once: so many numbers by cause, for causes that act together.

        Returns: (lanes, count) float64 each.
        """
        if self.sampling == "random":
            return {cause: self.draw(cause, kind, count) for cause, count in counts.items()}
        unit = sobol_points(self.seed, self.runs, next(iter(counts)), sum(counts.values()))
        drawn = ndtri(unit) if kind == "normal" else unit
        ends = np.cumsum(list(counts.values()))
        return dict(zip(counts, np.hsplit(drawn, ends[:-1]), strict=True))

    def draw_some(self, cause: str, kind: Kind, count: int, lanes: Ints, *, week: int = 0) -> Floats:
        """Draw as ``draw`` does for some of the lanes, given by their index: (len(lanes), count)."""
        drawn = np.empty((len(lanes), count))
        runs = [self.runs[lane] for lane in lanes.tolist()]
        for row, generator in zip(drawn, self._at(cause, week, runs), strict=True):
            if kind == "uniform":
                generator.random(out=row)
            elif kind == "exponential":
                generator.standard_exponential(out=row)
            else:
                generator.standard_normal(out=row)
        return drawn

    def draw_ragged(self, cause: str, counts: Ints, *, week: int = 0) -> Floats:
        """Draw so many uniforms for each lane, (lanes,), as ``draw`` would; flat, lane after lane."""
        drawn = np.empty(int(counts.sum()))
        asked = np.flatnonzero(counts)  # placing a generator takes longer than a week's candidates
        ends = np.cumsum(counts[asked]).tolist()
        runs = [self.runs[lane] for lane in asked]
        for generator, begin, end in zip(self._at(cause, week, runs), [0, *ends], ends, strict=False):
            generator.random(out=drawn[begin:end])
        return drawn

    def _at(self, cause: str, week: int, runs: Iterable[int]) -> Iterator[Generator]:
        """The generator of each of the ``runs`` for a cause, placed where the week begins."""
        for run in runs:
            key = (cause, run)
            if key not in self._opened:
                self._opened[key] = self._open(cause, run)
            generator, origin = self._opened[key]
            bits = generator.bit_generator
            bits.state = origin
            bits.advance(week * WEEK_STRIDE)  # type: ignore[attr-defined]  # not every bit generator can
            yield generator

    def _open(self, cause: str, run: int) -> tuple[Generator, Any]:
        seeds = SeedSequence(self.seed, spawn_key=(run, crc32(cause.encode())))
        bits = PCG64DXSM(seeds)
        return Generator(bits), bits.state
