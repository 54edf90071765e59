"""The Kubernetes horizontal pod autoscaler (v2), at the fixed point of its rule."""

import numpy as np

from simulator.arrays import Floats, Ints

PARTS_OF_TOLERANCE = 10
"""A ratio within a tenth of 1 changes nothing: the controller's default."""
MILLIONTHS = 1_000_000


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

    desired = ceil(current x utilisation / target), nothing when the ratio is within the tolerance. As
    utilisation is load over capacity, that is ceil(load / (workers x target)): the first step already lands
    where the second stays. In whole millionths of a worker, as a load that fits exactly would be rounded to
    one replica more in floats.

    Shapes: (lanes,) or (windows, lanes), all alike.
    """
    largest = workers * np.maximum(current, replicas_max) * 2.0  # beyond it the limit decides
    busy = np.rint(np.minimum(busy_workers, largest) * MILLIONTHS).astype(np.int64)
    wanted = workers * np.rint(target_utilization_share * MILLIONTHS).astype(np.int64)  # busy a replica
    within = np.abs(busy - current * wanted) * PARTS_OF_TOLERANCE <= current * wanted
    settled = np.where(within, current, -(-busy // wanted))
    return np.clip(settled, replicas_min, replicas_max)
