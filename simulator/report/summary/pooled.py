"""Percentiles of latency from the pooled log-linear histogram.

A bin is a float32's bits above the lowest 17: sign, exponent and 6 bits of the fraction, so 64 bins an
octave, each at most 1/64 = 1.6 % wide. Bin b holds the ticks t with ``float32(t) >> 17 == b``, from the
float32 whose bits are ``b << 17`` up to that of ``(b + 1) << 17``, which is its upper edge. A percentile
is the upper edge of the bin on which the nearest rank falls: never too low, at most 1.6 % too high.
"""

import numpy as np
import polars as pl

from simulator.arrays import Floats, Ints
from simulator.risk.estimates import quantile, rank
from simulator.serving.measured.latencies import BIN_SHIFT
from simulator.units import TICKS_PER_MS


def upper_edge_ms(bins: Ints) -> Floats:
    """Give the upper edge of histogram bins, any shape, in milliseconds.

    >>> ticks = np.array([1_800_000], dtype=np.float32)
    >>> upper_edge_ms((ticks.view(np.int32) >> 17).astype(np.int64)).tolist()
    [1802.24]
    """
    raised: Ints = (bins + 1) << BIN_SHIFT
    edges: Floats = raised.astype(np.int32).view(np.float32).astype(np.float64) / TICKS_PER_MS
    return edges


def pooled_percentile_ms(bins: Ints, counts: Ints, share: float) -> float:
    """Nearest-rank percentile of a histogram, both arrays of shape (h,); +inf where nothing was measured."""
    if not counts.sum():
        return np.inf
    order = np.argsort(bins)
    reached = np.cumsum(counts[order])
    at = int(np.searchsorted(reached, rank(share, int(reached[-1]))))
    return float(upper_edge_ms(bins[order][at : at + 1])[0])


def weekly_percentile_ms(rows: pl.DataFrame, deadline_ms: Floats, share: float) -> Floats:
    """Pooled percentile of every week, (w,), from one scenario's and one window's rows of the histogram.

    Runs whose own percentile is the deadline count as that, whatever their windows hold: where they are more
    than ``1 - share`` of a week, so does the percentile.

    Args:
        rows: of the histogram.
        deadline_ms: of the runs at it, 0 of the others, (w, l).
        share: of the percentile.
    """
    found = np.array([quantile(week, share) for week in deadline_ms])
    for (week,), bins in rows.group_by("week"):
        index = int(str(week))
        if not found[index] > 0:
            found[index] = pooled_percentile_ms(bins["bin"].to_numpy(), bins["count"].to_numpy(), share)
    return np.where(found > 0, found, np.inf)
