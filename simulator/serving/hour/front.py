"""The front of the database through an hour: service replicas, and their pools of connections.

Axes: t step, r row of stations, l lane.
"""

import numpy as np

from simulator.arrays import Floats
from simulator.serving.hour.hour import Hour
from simulator.serving.hour.limits import Limit
from simulator.serving.hour.steps import Station, flow_of
from simulator.serving.hour.tier import able_of, overshoot_at, through_tier

REPLICAS_TOLD = 4
"""Largest number of replicas that are simulated one by one: they stand for all, and smooth what they pass
on."""
_CONNECTIONS = 1 + REPLICAS_TOLD
"""Rows of noise in front of the database: what comes, the work of the replicas, connections."""


def through_front(hour: Hour, limit: Limit) -> Floats:
    """Give the requests that have left the front in each step, (t, l)."""
    rows = _CONNECTIONS + 1 if hour.tells["connections"] else _CONNECTIONS if hour.tells["service"] else 1
    noise, mean = hour.noise.normals("front", rows, hour.chancy), hour.rate_per_s * hour.step_s
    come = np.maximum(mean + np.sqrt(mean) * noise[0], 0.0)
    return _through_connections(hour, _through_service(hour, limit, come, noise), noise)


def _through_service(hour: Hour, limit: Limit, come: Floats, noise: Floats) -> Floats:
    """Give the requests that the service is done with in each step, (t, l).

    Replicas are dealt to by turns, so that each gets the same part of what comes.
    """
    by_law = come * (1.0 - hour.lost_share)
    if not hour.tells["service"]:
        return by_law
    service, told = hour.tiers["service"], hour.told["service"][0]
    replicas = 1.0 / service.visits[0]
    some = np.minimum(replicas, float(REPLICAS_TOLD))
    station = Station(
        capacity_per_s=np.repeat(service.capacity_per_s, REPLICAS_TOLD, axis=0),
        overshoot=np.repeat(overshoot_at(hour, service), REPLICAS_TOLD, axis=0),
        step_s=hour.step_s,
        near=np.repeat(hour.near["service"], REPLICAS_TOLD, axis=0),
        most=limit.wait_s * service.capacity_per_s,
    )
    flow = flow_of(
        station,
        np.repeat((come / replicas)[:, np.newaxis], REPLICAS_TOLD, axis=1),
        able_of(hour, station, service.work_scv, noise[1:_CONNECTIONS].swapaxes(0, 1)),
        np.repeat(hour.start["service"], REPLICAS_TOLD, axis=0),
    )
    done, lost, left = np.zeros(come.shape), np.zeros(len(replicas)), np.zeros(len(replicas))
    for row in range(REPLICAS_TOLD):
        stands = (row < replicas).astype(np.float64)
        done += flow.done[:, row] * stands
        lost, left = lost + flow.lost_share[row] * stands, left + flow.left[row] * stands
    hour.lost_share = np.where(told, lost / some, hour.lost_share)
    hour.waits_s["service"] = flow.wait_s[:, :1]
    hour.left["service"] = (left / some)[np.newaxis]
    hour.drained_s = np.maximum(hour.drained_s, flow.waiting_s[0])
    return np.where(told, done * (replicas / some), by_law)


def _through_connections(hour: Hour, passed: Floats, noise: Floats) -> Floats:
    """Give the requests that have a connection in each step, or need none, (t, l): all pools as one."""
    if not hour.tells["connections"]:
        return passed
    stations, replicas = hour.tiers["connections"], 1.0 / hour.tiers["service"].visits
    asking = stations.visits * replicas
    coming = passed[:, np.newaxis] * asking
    done = through_tier(
        hour, "connections", np.arange(1), coming, noise[_CONNECTIONS][:, np.newaxis], replicas
    )
    return np.where(hour.told["connections"][0], done[:, 0] / asking[0], passed)
