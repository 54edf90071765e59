"""An hour that is simulated in steps, *told* in names: its inputs, and the results of its tiers so far.

Axes: t step, s shard, l lane (of those that are told so).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from simulator.arrays import Bools, Floats
from simulator.draws.hours import HourNoise
from simulator.serving.capacity.stations import TIERS, Stations
from simulator.serving.hour.calm import variance_of
from simulator.serving.hour.limits import Limit
from simulator.serving.hour.steps import LEAST_LIMIT

NEAR = 0.85
"""Offered utilisation from which on a tier's backlog is told where another's is."""
OF_SHARD = ("locks", "primary", "replica", "applier")
Backlogs = dict[str, Floats]
"""Visits that wait at the stations of each tier, (s, l)."""


@dataclass(kw_only=True)
class Hour:
    """An hour as it is told, tier by tier."""

    tiers: Mapping[str, Stations]
    rate_per_s: Floats
    """Requests a second, (l,)."""
    step_s: float
    start: Backlogs
    noise: HourNoise
    chancy: Bools
    """Lanes in which a load is near a capacity; in others a backlog drains without chance, (l,)."""
    near: dict[str, Bools]
    """True for the stations whose load makes a backlog, (s, l)."""
    lost_share: Floats
    """Share of the requests that the service refuses or that give up there, (l,)."""
    waits_s: dict[str, Floats] = field(default_factory=dict)
    """Wait of an arrival in the middle of a step, by tier that is simulated, (t, s, l)."""
    left: Backlogs
    """Backlogs as the hour ends."""
    drained_s: Floats
    """Time with a backlog, of the station with most of it, (l,)."""

    @cached_property
    def told(self) -> Mapping[str, Bools]:
        """Tell which stations are simulated in steps, (s, l), by tier."""
        return {tier: near | (self.start[tier] > 0) for tier, near in self.near.items()}

    @cached_property
    def tells(self) -> Mapping[str, bool]:
        """Tell of every tier that may be there if any station of it is simulated in steps."""
        return {tier: tier in self.told and bool(self.told[tier].any()) for tier in TIERS}


def near_capacity(
    tiers: Mapping[str, Stations], limit: Limit, rate_per_s: Floats, step_s: float, share: float = NEAR
) -> dict[str, Bools]:
    """Tell which stations have an offered load past a share of their capacity, (s, l).

    A service whose limit is too short for a grid is never among them: it settles within a few steps, so that
    its law holds at any load.
    """
    near = {tier: stations.offered(rate_per_s) > share for tier, stations in tiers.items()}
    spread_s = np.sqrt(variance_of(tiers["service"], rate_per_s) * step_s)
    near["service"] &= limit.wait_s > LEAST_LIMIT * spread_s
    return near
