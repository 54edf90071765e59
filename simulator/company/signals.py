"""Signals hold every threshold against the week."""

import numpy as np

from simulator.arrays import Array, Bools
from simulator.quantities.catalogue import COLUMNS
from simulator.scenario.root import Thresholds

FINE, ATTENTION, CRITICAL = 0, 1, 2


def signals(thresholds: Thresholds, columns: dict[str, Array], outages: Bools | None) -> dict[str, Array]:
    """Give the level of each metric that was measured: 0 fine, 1 past attention, 2 past critical, int8."""
    found = {}
    for metric in type(thresholds).model_fields:
        if metric not in columns:
            continue
        limits = getattr(thresholds, metric)
        if limits is None:
            continue
        value = _error_share(columns, outages) if metric == "error_share" else columns[metric]
        worse = np.less if COLUMNS[metric].better == "higher" else np.greater
        found[f"signal_{metric}"] = worse(value, limits.attention).astype(np.int8) + worse(
            value, limits.critical
        )
    return found


def _error_share(columns: dict[str, Array], outages: Bools | None) -> Array:
    """Give the errors of the peak hour, or of the whole week if an outage made those more.

    An outage comes at any hour, so the peak hour alone would hardly ever see it.
    """
    peak = columns["error_share"]
    if outages is None:
        return peak
    return np.where(outages, np.maximum(peak, columns["error_share_week"]), peak)
