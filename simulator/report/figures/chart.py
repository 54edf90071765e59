"""A picture is described before it is drawn: axes, layers in the data's own units, and words.

A figure is a row of small charts on the same scales, one for each scenario. ``svg`` draws it.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulator.arrays import Floats

Weight = Literal[
    "outer", "inner", "median", "counted", "attention", "critical", "budget", "bar", "sum", "less", "mark"
]
"""Meaning of a layer, which the style sheet turns into strokes and fills."""


@dataclass(frozen=True, kw_only=True)
class Axis:
    """A scale from ``low`` to ``high`` with the places that are written on it."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    label: str = ""
    log: bool = False
    slanted: bool = False
    """True where the ticks of x are names, too long to stand beside each other."""

    def at(self, values: Floats | float) -> Floats:
        """Place values between 0 and 1, ends for what lies outside."""
        ends, found = np.array([self.low, self.high]), np.asarray(values, dtype=np.float64)
        if self.log:
            ends, found = np.log(ends), np.log(np.maximum(found, self.low))
        placed: Floats = np.clip((found - ends[0]) / (ends[1] - ends[0]), 0.0, 1.0)
        return placed


@dataclass(frozen=True, kw_only=True)
class Band:
    """The space between two lines over x, all of shape (n,)."""

    x: Floats
    low: Floats
    high: Floats
    weight: Weight


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line over x; it is broken where y is not finite."""

    x: Floats
    y: Floats
    weight: Weight
    label: str = ""
    """Written at its end."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A limit right across the chart at a value of y, or of x where ``vertical``; its label beside it."""

    value: float
    label: str
    weight: Weight
    vertical: bool = False


@dataclass(frozen=True, kw_only=True)
class Span:
    """A bar along x at the height of a row."""

    row: int
    low: float
    high: float
    weight: Weight
    label: str = ""
    """Text in a column at the right."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A sign at a place: a disc, a ring, a triangle or a diamond, so that no colour is needed to tell."""

    x: float
    y: float
    sign: Literal["disc", "ring", "triangle", "diamond"]
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Flagged:
    """Weeks marked at the upper edge as having no value, (n,), and what is so about them."""

    x: Floats
    label: str


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A field of a heat map: its column and row, how dark in [0, 1], and what is written in it."""

    column: int
    row: int
    shade: float
    label: str


Layer = Band | Line | Rule | Span | Mark | Flagged | Cell


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One small chart."""

    title: str
    words: str
    """Description of the chart in a sentence or two, for readers who do not see it."""
    x: Axis
    y: Axis
    layers: tuple[Layer, ...]
    height: int = 196
    left: int = 46
    """Space for the text beside the y axis."""
    right: int = 14
    """Space for the text at the other side: names of limits and last values, or the values of bars."""
    bottom: int = 32
    """Space for the text below."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Charts under one title, and how to read them."""

    name: str
    title: str
    caption: str
    charts: tuple[Chart, ...]


def rows_axis(labels: list[str]) -> Axis:
    """Give an axis with a row for each label, the first above."""
    ticks = tuple((float(row), label) for row, label in enumerate(labels))
    return Axis(low=len(labels) - 0.5, high=-0.5, ticks=ticks)


def nice_ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Round numbers from ``low`` to ``high``, about ``count`` of them.

    >>> nice_ticks(0, 950), nice_ticks(0, 1.3)
    ([0.0, 250.0, 500.0, 750.0], [0.0, 0.5, 1.0])
    """
    if not high > low:
        return [low]
    rough = (high - low) / count
    power = 10.0 ** np.floor(np.log10(rough))
    step = float(power * next(nice for nice in (1, 2, 2.5, 5, 10) if nice * power >= rough * (1 - 1e-9)))
    first = int(np.ceil(low / step - 1e-9))
    last = int(np.floor(high / step + 1e-9))
    return [step * number for number in range(first, last + 1)]
