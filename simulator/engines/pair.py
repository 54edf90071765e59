"""A pair holds the same values from both engines side by side.

Axes: f field, n row of a table.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Array, Ints

ABSENT, REPEATED = -1, -2
"""Values of a row that only the other engine has, or that is there twice; real values are never negative."""
Place = tuple[str, int | None]
"""Station or column, and the job where there is one."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The same values from both engines."""

    lanes: Array
    events: Array
    place: Callable[..., Place]
    """Function from an index, one argument an axis, to the place that the value belongs to."""

    def first_difference(self) -> tuple[int, ...] | None:
        """Give the index of the first value that is not the same to the last bit."""
        lanes, events = _bits(self.lanes), _bits(self.events)
        if np.array_equal(lanes, events):
            return None
        return tuple(int(at) for at in np.argwhere(lanes != events)[0])


def table(lanes: tuple[Ints, Ints], events: tuple[Ints, Ints], place: Callable[[Ints, int], Place]) -> Pair:
    """Put rows with the same keys side by side, ``ABSENT`` where one engine has none."""
    keys, values = events[0], (lanes[1], events[1])
    if not np.array_equal(lanes[0], keys):
        keys = np.unique(np.concatenate([lanes[0], events[0]]), axis=0)
        values = _laid_out(keys, *lanes), _laid_out(keys, *events)
    return Pair(lanes=values[0], events=values[1], place=lambda n, f: place(keys[n], f))


def _laid_out(keys: Ints, own: Ints, values: Ints) -> Ints:
    row_of = {tuple(key): row for row, key in enumerate(keys.tolist())}
    rows = np.array([row_of[tuple(key)] for key in own.tolist()], dtype=np.int64)
    laid_out = np.full((len(keys), values.shape[1]), ABSENT, dtype=np.int64)
    laid_out[rows] = values
    laid_out[np.bincount(rows, minlength=len(keys)) > 1] = REPEATED
    return laid_out


def _bits(values: Array) -> Array:
    """View floats as the integers of their bits, in which a last bit or the sign of 0 is a difference."""
    return np.ascontiguousarray(values).view(np.int64) if values.dtype == np.float64 else values
