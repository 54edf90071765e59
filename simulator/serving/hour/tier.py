"""A tier without a limit goes through an hour: in each step so many come and so many can be served.

Axes: t step, r row of stations, l lane.
"""

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.serving.capacity.stations import Stations
from simulator.serving.hour.hour import Hour
from simulator.serving.hour.steps import Station, flow_of, overshoot_of, spread_of_step


def through_tier(
    hour: Hour, tier: str, rows: Ints, come: Floats, noise: Floats, times: Floats | float = 1.0
) -> Floats:
    """Take some stations without a limit through the hour; give the visits done in each step, (t, r, l).

    ``times`` as many where alike are told as one.
    """
    if not hour.tells[tier]:
        return come
    stations = hour.tiers[tier]
    station = Station(
        capacity_per_s=stations.capacity_per_s[rows] * times,
        overshoot=overshoot_at(hour, stations, times)[rows],
        step_s=hour.step_s,
        near=hour.near[tier][rows],
    )
    able = _dealt_and_able(hour, station, stations, rows, noise)
    flow = flow_of(station, come, able, hour.start[tier][rows])
    waits = np.zeros((hour.noise.steps, *hour.start[tier].shape))
    waits[:, rows] = flow.wait_s
    hour.waits_s[tier] = waits
    hour.left[tier][rows] = flow.left
    hour.drained_s = np.maximum(hour.drained_s, flow.waiting_s.max(axis=0))
    return flow.done


def able_of(hour: Hour, station: Station, work_scv: Floats, noise: Floats) -> Floats:
    """Give the visits that can be served in each step, (t, r, l)."""
    served = station.capacity_per_s * hour.step_s
    return _about(served, np.sqrt(served * np.maximum(work_scv, 0.0)), noise)


def _dealt_and_able(hour: Hour, station: Station, stations: Stations, rows: Ints, noise: Floats) -> Floats:
    """Add the chance by which requests come here to those: only the difference of both matters."""
    served = station.capacity_per_s * hour.step_s * np.maximum(stations.work_scv[rows], 0.0)
    visits = stations.visits[rows]
    dealt = hour.rate_per_s * visits * np.maximum(1.0 - visits, 0.0) * hour.step_s
    return _about(station.capacity_per_s * hour.step_s, np.sqrt(served + dealt), noise)


def _about(mean: Floats, spread: Floats, noise: Floats) -> Floats:
    """Draw from a normal law about a mean, not below 0."""
    about = spread * noise
    about += mean
    return np.maximum(about, 0.0, out=about)


def overshoot_at(hour: Hour, stations: Stations, times: Floats | float = 1.0) -> Floats:
    """Give the overshoot of a limit where so many stations are simulated as one, in visits, (r, l)."""
    come_per_s, able_per_s = hour.rate_per_s * stations.visits * times, stations.capacity_per_s * times
    spread = hour.chancy * spread_of_step(
        come_per_s, stations.gap_scv, able_per_s, np.maximum(stations.work_scv, 0.0), hour.step_s
    )
    return overshoot_of((come_per_s - able_per_s) * hour.step_s, spread)
