"""Every threshold, held against the week."""

import numpy as np

from simulator.arrays import Array
from simulator.scenario.root import Thresholds

FINE, ATTENTION, CRITICAL = 0, 1, 2
LESS_IS_WORSE = frozenset({"deployments_week"})


def signals(thresholds: Thresholds, columns: dict[str, Array]) -> dict[str, Array]:
    """Level of each metric that was measured: 0 fine, 1 past attention, 2 past critical, int8."""
    found = {}
    for metric in type(thresholds).model_fields:
        if metric not in columns:
            continue
        limits, value = getattr(thresholds, metric), columns[metric]
        if limits is None:
            continue
        worse = np.less if metric in LESS_IS_WORSE else np.greater
        found[f"signal_{metric}"] = worse(value, limits.attention).astype(np.int8) + worse(
            value, limits.critical
        )
    return found
