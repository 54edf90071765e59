"""The Kubernetes horizontal pod autoscaler (v2), at the fixed point of its rule."""

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.units import MOST_TICKS, whole

TOLERANCE = 0.1
"""The controller's default: a ratio this close to 1 changes nothing."""


def replicas_at_fixed_point(
    current: Ints,
    *,
    busy_workers: Floats,
    workers: int,
    target_utilization_share: Floats,
    replicas_min: int,
    replicas_max: Ints,
) -> Ints:
    """Replicas that the rule settles on under a load of ``busy_workers`` erlangs.

    desired = ceil(current x utilisation / target), nothing when the ratio is within the tolerance.
    As utilisation is load over capacity, the first step already lands where the second stays.

    Shapes: (lanes,) or (windows, lanes), all alike.
    """
    utilization = busy_workers / (current * workers)
    ratio = utilization / target_utilization_share
    moved = whole(np.minimum(np.ceil(current * ratio), float(MOST_TICKS)))
    settled = np.where(np.abs(ratio - 1) <= TOLERANCE, current, moved)
    return np.clip(settled, replicas_min, replicas_max)
