"""One run stands for all: certain values, steady growth, and the hottest shard of the median run.

Axes: l draw of where the users hash to.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.company.setting import Setting
from simulator.draws.streams import Streams
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.resolve import at_central
from simulator.scenario.root import Scenario
from simulator.serving.capacity.offered import Offered, offered_load
from simulator.serving.capacity.stations import TIERS
from simulator.serving.capacity.topology import Topology, topology_with
from simulator.serving.demand.traffic import PEAK, traffic_of
from simulator.serving.demand.users import grown

DRAWS = 33
"""Number of draws of where users hash to; odd, so that one of them is the median."""


@dataclass(frozen=True, kw_only=True)
class MedianWeek:
    """A week without luck, the same in all draws but for the shares of the shards, (l,) each."""

    topology: Topology
    users: Floats
    rate_per_s: Floats
    """Requests a second at the peak hour."""
    growth: Floats
    """Users divided by those for whom the data were laid out."""


def certain(scenario: Scenario[Quantity]) -> Scenario[Quantity]:
    """Give the scenario with every uncertain value at its ``quantity.central``, growing by its median.

    When actions are in place is told by who asks, so that projects, which stray, are left out.
    """
    central = at_central(scenario)
    demand = central.demand.model_copy(
        update={"growth_share_month_sd": 0.0, "growth_share_month_sd_run": 0.0}
    )
    return central.model_copy(update={"demand": demand, "projects": None})


def setting_at_medians(scenario: Scenario[Quantity]) -> Setting:
    """Tell what a run at the medians rests on, ``DRAWS`` times: where users hash to is all that differs.

    Data are where a ``shard`` action wants them as soon as it is in place.
    """
    return Setting.of(certain(scenario), _streams())


@cache
def _streams() -> Streams:
    """Give the same streams for every setting: to open them takes longer than to draw from them."""
    return Streams(0, range(DRAWS))


def users_by_week(setting: Setting) -> Floats:
    """Give the users in each week, (w, l), when no error drives any away."""
    demand, users, path = setting.inputs.demand, setting.inputs.demand.users, []
    for _ in range(setting.weeks):
        users = grown(
            users,
            growth_share_month=setting.growth_share_month,
            growth_share_month_sd=demand.growth_share_month_sd,
            luck=np.zeros(setting.lanes),
            ceiling=demand.users_ceiling,
            lost_share=np.zeros(setting.lanes),
        )
        path.append(users)
    return np.stack(path)


def median_week(setting: Setting, users: Floats, placed_week: Floats, week: int) -> MedianWeek:
    """Give the topology, the traffic and the growth of a week.

    Args:
        setting: from ``setting_at_medians``.
        users: by week, (w, l).
        placed_week: from which each action is in place, +inf for never, (actions,).
        week: index.
    """
    topology, laid_out_for = setting.today, setting.inputs.demand.users
    for step in sorted({int(placed) for placed in placed_week if placed <= week}):
        before = topology.layout
        in_place = np.repeat((placed_week <= step)[:, np.newaxis], setting.lanes, axis=1)
        topology = topology_with(setting.today, setting.inputs, in_place)
        laid_out_for = np.where(topology.layout == before, laid_out_for, users[step])
    return MedianWeek(
        topology=topology,
        users=users[week],
        rate_per_s=traffic_of(setting.inputs.demand, users[week], week).rate_per_s[PEAK],
        growth=users[week] / laid_out_for,
    )


def offered_at(setting: Setting, at: MedianWeek, *, replicas: Ints) -> Offered:
    """Give the offered load of each draw at the peak hour.

    Args:
        setting: from ``setting_at_medians``.
        at: the week.
        replicas: of the service, (l,).
    """
    shares = setting.shares_with_newcomers(setting.shares_of(at.topology), at.topology, at.growth)
    return offered_load(
        setting.inputs, at.topology, rate_per_s=at.rate_per_s, replicas=replicas, shares=shares
    )


def median_lane(offered: Offered) -> int:
    """Give the draw whose hottest shard is the median one.

    Where users hash to is drawn anew for each run: of regions, domains or dates, all draws are the same.
    """
    return int(np.argsort(offered.shard.max(axis=0), kind="stable")[DRAWS // 2])


def offered_of(setting: Setting, at: MedianWeek) -> dict[str, float]:
    """Give the offered load of each tier in the median draw, with every replica that may run."""
    offered = offered_at(setting, at, replicas=at.topology.replicas_max)
    median = median_lane(offered)
    return {tier: float(getattr(offered, tier)[median]) for tier in TIERS}
