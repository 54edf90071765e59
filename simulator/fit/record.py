"""A fit is a record: figures with their intervals, keys for a scenario, a picture, and a back-test."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.fit.fragment import Entry
from simulator.report.figures.chart import Figure

LEVEL = 0.8
"""Intervals hold this share of what they are about, a tenth left out at either side."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """One figure with the ends of its 80 % interval, equal to it where nothing is uncertain about it."""

    name: str
    value: float
    low: float
    high: float
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class BackTest:
    """A fit of the first part of the data, held against the rest."""

    fitted: int
    """Values that the fit was made of."""
    held: int
    """Values that it was held against."""
    coverage_share: float
    """Share of them within the 80 % interval."""
    measure: str
    """Measure of an error, in a few words."""
    error_share: float
    naive_error_share: Mapping[str, float]
    """The same of forecasts that take no fit."""


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """A fit of one source."""

    title: str
    source: str
    """Name of the file."""
    dates: str
    """The first and the last date in it, or what stands for them."""
    found: tuple[Found, ...]
    entries: tuple[Entry, ...]
    """Keys that the fit gives to a scenario."""
    notes: tuple[str, ...] = ()
    """Rows that were dropped or merged, and assumptions, in whole sentences."""
    figure: Figure | None = None
    back_test: BackTest | None = None
    weights: Mapping[str, float] = field(default_factory=dict)
    """Weights of models between which the data do not choose."""
