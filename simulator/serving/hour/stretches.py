"""The week is cut into stretches: hours, one after the other, that are loaded alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from simulator.serving.demand.traffic import Traffic
from simulator.units import HOURS_PER_WEEK


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Hours of the week, one after the other, that are loaded alike: an hour, or what is left of many."""

    hour: int
    """Index of the first hour, from 0."""
    hours: int
    row: int
    """Row of the traffic's rates."""
    factor: float
    """Rate over that of the row."""


def stretches_of(traffic: Traffic) -> Iterator[Stretch]:
    """Cut the week where the load changes, and an hour later: an hour's backlog is mostly gone by then."""
    rows, factors = traffic.row_of_hour.tolist(), traffic.factor_of_hour.tolist()
    for (row, factor), alike in groupby(range(HOURS_PER_WEEK), key=lambda hour: (rows[hour], factors[hour])):
        first, *rest = alike
        yield Stretch(hour=first, hours=1, row=row, factor=factor)
        if rest:
            yield Stretch(hour=rest[0], hours=len(rest), row=row, factor=factor)
