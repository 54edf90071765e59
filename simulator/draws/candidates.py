"""Candidates of a week, drawn at unit rate: when they apply, how patient they are, what they pass."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.draws.streams import Streams
from simulator.scenario.patience import DELAY_SHAPE, PATIENCE_SHAPE


@dataclass(frozen=True, kw_only=True)
class CandidateDraws:
    """The candidates of a week, flat: those of the first lane, then those of the next."""

    lane: Ints
    moment: Floats
    """Uniform that decides when in the week the candidate applies, (k,)."""
    patience: Floats
    """Unit-mean gamma for the candidate's patience, (k,)."""
    passing: Floats
    """Uniform that decides if a stage is passed, one a stage, (stage, k)."""
    delay: Floats
    """Unit-mean gamma for the delay before a stage, one a stage, (stage, k)."""


def draw_candidates(streams: Streams, week: int, *, candidates: Ints, stages: int) -> CandidateDraws:
    """Draw the first ``candidates`` (lanes,) of a week; asking for more leaves these as they are."""
    columns = 1 + PATIENCE_SHAPE + stages * (1 + DELAY_SHAPE)
    drawn = streams.draw_ragged("candidate", candidates * columns, week=week)
    table = np.ascontiguousarray(drawn.reshape(-1, columns).T)
    moment, patience, rest = np.split(table, [1, 1 + PATIENCE_SHAPE])
    passing, delay = np.split(rest, [stages])
    return CandidateDraws(
        lane=np.repeat(np.arange(streams.lanes), candidates),
        moment=moment[0],
        patience=_unit_gamma(patience),
        passing=passing,
        delay=np.stack([_unit_gamma(pair) for pair in np.split(delay, stages)]),
    )


def _unit_gamma(uniforms: Floats) -> Floats:
    """Give the unit-mean gamma variates from rows of uniforms, by a sum of exponentials; shape (k,)."""
    total = np.zeros(uniforms.shape[1:])
    for uniform in uniforms:
        total -= np.log1p(-uniform)
    return total / len(uniforms)
