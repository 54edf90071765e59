"""Order statistics of many cells, each with its own number of values."""

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.units import TICKS_PER_MS


def p95_ms(cell: Ints, ticks: Ints, cells: int) -> Floats:
    """95th percentile of each cell's values, nearest rank (ISO 16269-4), (c,); 0 where it has none.

    Args:
        cell: of each value.
        ticks: the values, not negative.
        cells: how many there are.

    >>> p95_ms(np.array([1, 1]), np.array([2_000, 5_000]), 2)
    array([0., 5.])
    """
    ordered = _sorted_within(cell, ticks)
    count = np.bincount(cell, minlength=cells)
    rank = np.cumsum(count) - count + np.maximum(-(-count * 95 // 100), 1) - 1
    padded = np.append(ordered, 0)
    return np.where(count > 0, padded[np.minimum(rank, len(ticks))] / TICKS_PER_MS, 0.0)


def _sorted_within(cell: Ints, value: Ints) -> Ints:
    """Sort the values by cell and then by size."""
    bits = int(value.max(initial=0)).bit_length()
    if int(cell.max(initial=0)).bit_length() + bits > 63:
        return value[np.lexsort((value, cell))]
    return np.sort(cell << bits | value) & ((1 << bits) - 1)
