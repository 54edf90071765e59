"""The Kubernetes horizontal pod autoscaler (v2), at the fixed point of its rule."""

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.scenario.root import Scenario
from simulator.serving.capacity.topology import Topology
from simulator.serving.demand.traffic import Traffic
from simulator.units import TICKS_PER_S, whole

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
    """Give the replicas that the rule settles on under a load of ``busy_workers`` erlangs.

    desired = ceil(current x utilisation / target), nothing when the ratio is within the tolerance. As
    utilisation is load over capacity, that is ceil(load / (workers x target)): the first step already lands
    where the second stays. In whole millionths of a worker, as a load that fits exactly would be rounded to
    one replica more in floats.

    Shapes: (lanes,) or (windows, lanes), all alike.
    """
    largest = workers * np.maximum(current, replicas_max) * 2.0  # beyond it the limit decides
    busy = whole(np.rint(np.minimum(busy_workers, largest) * MILLIONTHS))
    wanted = workers * whole(np.rint(target_utilization_share * MILLIONTHS))  # busy a replica
    within = np.abs(busy - current * wanted) * PARTS_OF_TOLERANCE <= current * wanted
    settled = np.where(within, current, -(-busy // wanted))
    return np.clip(settled, replicas_min, replicas_max)


def autoscaled(inputs: Scenario[Floats], current: Ints, topology: Topology, traffic: Traffic) -> Ints:
    """Give the service replicas at every rate of a week, (rows, lanes), from those of the week before."""
    scaling = inputs.service.autoscaling
    return np.stack(
        [
            replicas_at_fixed_point(
                before,
                busy_workers=rate / TICKS_PER_S * topology.service_ticks,
                workers=inputs.service.workers,
                target_utilization_share=scaling.target_utilization_share,
                replicas_min=scaling.replicas_min,
                replicas_max=topology.replicas_max,
            )
            for before, rate in zip(current, traffic.rate_per_s, strict=True)
        ]
    )
