"""An hour in which some tier is near its capacity, or still has a backlog: told step by step.

Along the graph of tiers: the service, connections, locks, the nodes of the shards, their appliers. What one
has served comes to the next in the same step. A tier that is far from its capacity passes on what it gets.

Axes: s shard, l lane (of those that are told so).
"""

from collections.abc import Mapping

import numpy as np

from simulator.arrays import Floats
from simulator.draws.hours import HourNoise
from simulator.serving.capacity.stations import Stations
from simulator.serving.hour.calm import Calm
from simulator.serving.hour.front import through_front
from simulator.serving.hour.hour import NEAR, Backlogs, Hour, near_capacity
from simulator.serving.hour.limits import Limit
from simulator.serving.hour.nodes import through_nodes
from simulator.serving.hour.paths import Paths


def loaded_hour(
    tiers: Mapping[str, Stations],
    paths: Paths,
    limit: Limit,
    calm: Calm,
    rate_per_s: Floats,
    step_s: float,
    start: Backlogs,
    noise: HourNoise,
) -> Hour:
    """Tell an hour, or a stretch of hours, step by step.

    Args:
        tiers: everything that can run out.
        paths: of the requests.
        limit: of a service replica.
        calm: the same hour by the laws, which hold where a tier is not told.
        rate_per_s: requests, (l,).
        step_s: of each of the steps.
        start: backlog as the hour begins.
        noise: of the hour.
    """
    near = near_capacity(tiers, limit, rate_per_s, step_s)
    settles = (tiers["service"].offered(rate_per_s) > NEAR) & ~near["service"]
    hour = Hour(
        tiers=tiers,
        rate_per_s=rate_per_s,
        step_s=step_s,
        start=start
        | {"service": np.where(settles, 0.0, start["service"])},  # the law holds from the beginning
        noise=noise,
        chancy=np.logical_or.reduce([stations.any(axis=0) for stations in near.values()]),
        near=near,
        lost_share=calm.waits["service"].lost_share[0],
        left={tier: np.zeros(backlog.shape) for tier, backlog in start.items()},
        drained_s=np.zeros(len(rate_per_s)),
    )
    through_nodes(hour, paths, through_front(hour, limit))
    return hour
