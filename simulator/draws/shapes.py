"""Unit-mean shapes of service times and of gaps between arrivals; a mean turns them into time.

By name, ``deterministic`` has squared coefficient of variation 0, ``erlang2`` 1/2, ``exponential`` 1,
``lognormal`` 1 as well with a heavier tail, ``hyperexponential`` 4 (two phases, balanced means). Those with
a table say how variable they are themselves. Number k takes the same place of its streams whatever the
others are, so gamma goes by its inverse distribution function: rejection would not know its place.
That function is tabulated, as computing it each time would take most of a study.
"""

from functools import cache

import numpy as np
from scipy.special import gammainccinv, gammaincinv, ndtr

from simulator.arrays import Floats
from simulator.draws.streams import Streams
from simulator.scenario.keys.shapes import (
    Distribution,
    Empirical,
    Erlang,
    Hyperexponential,
    LognormalShape,
    Name,
)

SQUARED_CV: dict[Name, float] = {
    "deterministic": 0.0,
    "erlang2": 0.5,
    "exponential": 1.0,
    "lognormal": 1.0,
    "hyperexponential": 4.0,
}


_NORMAL = np.linspace(-9.0, 9.0, (1 << 14) + 1)
"""Grid of standard normals, so wide that no draw lies beyond it, and fine enough for errors of 1e-6."""
_TINY = 1e-300


def squared_cv(shape: Distribution) -> float:
    """Give the squared coefficient of variation of a shape: variance over squared mean.

    >>> squared_cv(Erlang(shape="erlang", k=4)), squared_cv("exponential")
    (0.25, 1.0)
    """
    if isinstance(shape, str):
        return SQUARED_CV[shape]
    if isinstance(shape, Erlang):
        return 1 / shape.k
    if isinstance(shape, Empirical):
        values = np.array(shape.values)
        return float(values.var() / values.mean() ** 2)
    return shape.cv**2


def draw_unit_work(streams: Streams, cause: str, shape: Distribution, count: int, *, week: int) -> Floats:
    """Draw ``count`` numbers of mean 1, none negative, for each lane, shape (lanes, count)."""
    if shape == "deterministic":
        return np.ones((streams.lanes, count))
    if shape == "exponential":
        return streams.draw(cause, "exponential", count, week=week)
    if shape == "erlang2":
        first = streams.draw(cause, "exponential", count, week=week)
        return (first + streams.draw(f"{cause}:second", "exponential", count, week=week)) / 2
    if isinstance(shape, LognormalShape) or shape == "lognormal":
        variance = float(np.log(1 + squared_cv(shape)))
        normal = streams.draw(cause, "normal", count, week=week)
        work: Floats = np.exp(normal * np.sqrt(variance) - variance / 2)
        return work
    if isinstance(shape, Hyperexponential) or shape == "hyperexponential":
        return _two_phases(streams, cause, squared_cv(shape), count, week)
    if isinstance(shape, Empirical):
        uniform = streams.draw(cause, "uniform", count, week=week)
        values = np.sort(np.array(shape.values))
        measured: Floats = (values / values.mean())[(uniform * len(values)).astype(np.int64)]
        return measured
    return _gamma(streams.draw(cause, "normal", count, week=week), 1 / squared_cv(shape))


def _gamma(normal: Floats, phases: float) -> Floats:
    """Give the unit-mean gamma at the quantiles of standard normals."""
    work: Floats = np.exp(np.interp(normal, _NORMAL, _log_quantiles(phases))) / phases
    return work


@cache
def _log_quantiles(phases: float) -> Floats:
    """Give the logarithms of the gamma's quantiles, each tail by the function that is exact there.

    A study asks for the same few shapes in every week, and the table takes as long as a week's draws.
    """
    below = gammaincinv(phases, ndtr(_NORMAL))
    above = gammainccinv(phases, ndtr(-_NORMAL))
    table: Floats = np.log(np.maximum(np.where(_NORMAL < 0, below, above), _TINY))
    return table


def _two_phases(streams: Streams, cause: str, scv: float, count: int, week: int) -> Floats:
    """Balanced means: each phase does half of the work (Allen, 1990)."""
    fast_share = (1 + ((scv - 1) / (scv + 1)) ** 0.5) / 2
    first = streams.draw(cause, "exponential", count, week=week)
    phase = streams.draw(f"{cause}:phase", "uniform", count, week=week)
    mean: Floats = np.where(phase < fast_share, 0.5 / fast_share, 0.5 / (1 - fast_share))
    return first * mean
