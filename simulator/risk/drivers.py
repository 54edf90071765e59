"""A figure depends on the inputs that differ between runs, ranked by how far each moves it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.risk.estimates import mean

FIFTH = 5


@dataclass(frozen=True, kw_only=True)
class Driver:
    """A bar of the tornado: the figure where one input is low, and where it is high."""

    key: str
    low_mean: float
    """The figure has this mean over the fifth of the runs with the lowest input."""
    high_mean: float
    swing: float
    """Difference of the two means."""
    se: float
    """The swing has this standard error; nan with fewer than two runs in a fifth."""


def tornado(inputs: Mapping[str, Floats], figure: Floats) -> list[Driver]:
    """Give the bars by key, the longest first, from the runs that there are; inputs and figure (l,) each.

    Fewer than ``FIFTH`` runs have no fifth, and no bars.

    >>> bars = tornado({"a": np.arange(10.0), "b": np.zeros(10)}, 2 * np.arange(10.0))
    >>> bars[0].key, bars[0].low_mean, bars[0].high_mean, bars[0].swing
    ('a', 1.0, 17.0, 16.0)
    """
    part = len(figure) // FIFTH
    if not part:
        return []
    bars = []
    for key, values in inputs.items():
        order = np.argsort(values, kind="stable")
        low, high = mean(figure[order[:part]]), mean(figure[order[-part:]])
        bars.append(
            Driver(
                key=key,
                low_mean=low.estimate,
                high_mean=high.estimate,
                swing=high.estimate - low.estimate,
                se=math.hypot(low.se, high.se),
            )
        )
    return sorted(bars, key=lambda bar: -abs(bar.swing))
