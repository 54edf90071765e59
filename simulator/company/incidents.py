"""The incidents of a week: their number, their duration, and the revenue that they cost."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.company.operations import nodes
from simulator.company.setting import Setting
from simulator.company.state import State
from simulator.serving.capacity.topology import Topology
from simulator.work.debt import debt_ratio
from simulator.work.incidents import (
    Outages,
    durations_hours,
    incidents_mean_week,
    outages_of_week,
    overdispersed_count,
    severities,
)


@dataclass(frozen=True, kw_only=True)
class WeekIncidents:
    """The incidents of a week and the hours that they take, (lanes,)."""

    count: Ints
    seen: Outages
    """Hours of this week's outages, whenever they began."""
    left: Outages
    """Hours of these outages that are left for the weeks to come."""


def incidents_of_week(
    setting: Setting, state: State, topology: Topology, week: int, *, overloaded: Bools, not_done: Floats
) -> WeekIncidents:
    """Draw the week's incidents: more with changes, debt, nodes, operations not done, and overload."""
    keys = setting.inputs.incidents
    count = overdispersed_count(
        setting.draws.incidents[week],
        incidents_mean_week(
            changes_ratio=state.changes_ratio,
            debt_ratio=debt_ratio(
                state.debt_person_days, initial_person_days=setting.inputs.debt.stock_person_days
            ),
            components_ratio=(1 + nodes(topology)) / (1 + nodes(setting.today)),
            overloaded=overloaded,
            changes_share=keys.changes_share,
            per_week=keys.incidents_week * (1 + not_done),
            overload_per_week=keys.overload_incidents_week,
        ),
        keys.dispersion,
    )
    seen, left = outages_of_week(state.outages, _fresh(setting, count, week))
    return WeekIncidents(count=count, seen=seen, left=left)


def _fresh(setting: Setting, count: Ints, week: int) -> Outages:
    """Give the hours of the incidents that begin; incident k of a week has a luck of its own."""
    keys, hit = setting.inputs.incidents, np.flatnonzero(count)
    hours, severe = np.zeros(setting.lanes), np.zeros(setting.lanes)
    most = int(count.max(initial=0))
    if not most:
        return Outages(hours=hours, severity_hours=severe)
    normal = setting.streams.draw_some("incident:duration", "normal", most, hit, week=week).T
    uniform = setting.streams.draw_some("incident:severity", "uniform", most, hit, week=week).T
    for turn in range(most):
        there = turn < count[hit]
        lasts = durations_hours(
            normal[turn], median_hours=keys.duration_median_hours[hit], sigma=keys.duration_sigma[hit]
        )
        share = severities(uniform[turn], mean_share=keys.revenue_lost_share[hit])
        hours[hit] += np.where(there, lasts, 0.0)
        severe[hit] += np.where(there, lasts * share, 0.0)
    return Outages(hours=hours, severity_hours=severe)
