"""Unit-mean shapes of service times; a mean turns them into work.

``deterministic`` has squared coefficient of variation 0, ``erlang2`` 1/2, ``exponential`` 1,
``lognormal`` 1 as well with a heavier tail, ``hyperexponential`` 4 (two phases, balanced means).
"""

import numpy as np

from simulator.arrays import Floats
from simulator.draws.streams import Streams
from simulator.scenario.tiers import Distribution

SQUARED_CV: dict[Distribution, float] = {
    "deterministic": 0.0,
    "erlang2": 0.5,
    "exponential": 1.0,
    "lognormal": 1.0,
    "hyperexponential": 4.0,
}
_LOGNORMAL_VARIANCE = float(np.log(1 + SQUARED_CV["lognormal"]))
_SCV = SQUARED_CV["hyperexponential"]
_FAST_SHARE = (1 + ((_SCV - 1) / (_SCV + 1)) ** 0.5) / 2
"""Balanced means: each phase does half of the work (Allen, 1990)."""


def draw_unit_work(streams: Streams, cause: str, shape: Distribution, count: int, *, week: int) -> Floats:
    """Draw ``count`` positive numbers of mean 1 for each lane, shape (lanes, count)."""
    if shape == "deterministic":
        return np.ones((streams.lanes, count))
    if shape == "exponential":
        return streams.draw(cause, "exponential", count, week=week)
    if shape == "lognormal":
        normal = streams.draw(cause, "normal", count, week=week)
        work: Floats = np.exp(normal * np.sqrt(_LOGNORMAL_VARIANCE) - _LOGNORMAL_VARIANCE / 2)
        return work
    first = streams.draw(cause, "exponential", count, week=week)
    if shape == "erlang2":
        return (first + streams.draw(f"{cause}:second", "exponential", count, week=week)) / 2
    phase = streams.draw(f"{cause}:phase", "uniform", count, week=week)
    mean: Floats = np.where(phase < _FAST_SHARE, 0.5 / _FAST_SHARE, 0.5 / (1 - _FAST_SHARE))
    return first * mean
