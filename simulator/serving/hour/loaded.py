"""An hour in which some tier is near its capacity, or still has a backlog: told step by step.

Along the graph of tiers: the service, connections, locks, the nodes of the shards, their appliers. What one
has served comes to the next in the same step. A tier that is far from its capacity passes on what it gets.

Axes: t step, r row of stations, s shard, l lane (of those that are told so).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.draws.hours import HourNoise
from simulator.serving.hour.calm import Calm, variance_of
from simulator.serving.hour.limits import Limit
from simulator.serving.hour.paths import Paths
from simulator.serving.hour.steps import LEAST_LIMIT, STEPS, Station, flow_of, spread_of_step
from simulator.serving.stations import Stations

NEAR = 0.85
"""Offered utilisation from which on a tier's backlog is told where another's is."""
REPLICAS_TOLD = 4
"""Service replicas told one by one, at most: they stand for all, and smooth what they pass on."""
OF_SHARD = ("locks", "primary", "replica", "applier")
Backlogs = dict[str, Floats]
"""Visits that wait at the stations of each tier, (s, l)."""


@dataclass(kw_only=True)
class Hour:
    """An hour as it is told, tier by tier."""

    tiers: Mapping[str, Stations]
    rate_per_s: Floats
    """Requests, (l,)."""
    step_s: float
    start: Backlogs
    noise: HourNoise
    near: dict[str, Bools]
    """Stations whose load makes a backlog, (s, l)."""
    lost_share: Floats
    """Of the requests, at the service, (l,)."""
    waits_s: dict[str, Floats] = field(default_factory=dict)
    """Of who comes in the middle of a step, by tier that is told, (t, s, l)."""
    left: Backlogs
    """As the hour ends."""
    drained_s: Floats
    """Time with a backlog, of the station with most of it, (l,)."""

    def told(self, tier: str) -> Bools:
        """Stations that are told step by step, (s, l)."""
        return self.near[tier] | (self.start[tier] > 0)

    def tells(self, tier: str) -> bool:
        """Whether any station of a tier is told."""
        return tier in self.tiers and bool(self.told(tier).any())


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
        near=near,
        lost_share=calm.waits["service"].lost_share[0],
        left={tier: np.zeros(backlog.shape) for tier, backlog in start.items()},
        drained_s=np.zeros(len(rate_per_s)),
    )
    arrivals = noise.normals("arrivals", 1)[:, 0]
    mean = rate_per_s * step_s
    come = np.maximum(mean + np.sqrt(mean) * arrivals, 0.0)
    passed = _through_connections(hour, _through_service(hour, limit, come))
    _to_nodes(hour, paths, passed[:, np.newaxis])
    return hour


def near_capacity(
    tiers: Mapping[str, Stations], limit: Limit, rate_per_s: Floats, step_s: float, share: float = NEAR
) -> dict[str, Bools]:
    """Stations whose offered load passes a share of their capacity, (s, l).

    A service whose limit is too short for a grid is never among them: it settles within a few steps, so that
    its law holds at any load.
    """
    near = {tier: stations.offered(rate_per_s) > share for tier, stations in tiers.items()}
    spread_s = np.sqrt(variance_of(tiers["service"], rate_per_s) * step_s)
    near["service"] &= limit.wait_s > LEAST_LIMIT * spread_s
    return near


def _through_service(hour: Hour, limit: Limit, come: Floats) -> Floats:
    """Requests that the service is done with in each step, (t, l).

    Replicas are dealt to by turns, so that each gets the same part of what comes.
    """
    by_law = come * (1.0 - hour.lost_share)
    if not hour.tells("service"):
        return by_law
    service, told = hour.tiers["service"], hour.told("service")[0]
    replicas = 1.0 / service.visits[0]
    some = np.minimum(replicas, float(REPLICAS_TOLD))
    station = Station(
        capacity_per_s=np.repeat(service.capacity_per_s, REPLICAS_TOLD, axis=0),
        spread=np.repeat(_spread(hour, service), REPLICAS_TOLD, axis=0),
        step_s=hour.step_s,
        near=np.repeat(hour.near["service"], REPLICAS_TOLD, axis=0),
        most=limit.wait_s * service.capacity_per_s,
    )
    flow = flow_of(
        station,
        np.repeat((come / replicas)[:, np.newaxis], REPLICAS_TOLD, axis=1),
        _able(station, service.work_scv, hour.noise.normals("service", REPLICAS_TOLD)),
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


def _through_connections(hour: Hour, passed: Floats) -> Floats:
    """Requests that have a connection in each step, or need none, (t, l): all pools as one."""
    if not hour.tells("connections"):
        return passed
    stations, replicas = hour.tiers["connections"], 1.0 / hour.tiers["service"].visits
    asking = stations.visits * replicas
    coming = _dealt(passed[:, np.newaxis], asking, hour.noise.normals("to_connections", 1))
    done = _tell(hour, "connections", np.arange(1), coming, replicas)
    return np.where(hour.told("connections")[0], done[:, 0] / asking[0], passed)


def _to_nodes(hour: Hour, paths: Paths, passed: Floats) -> None:
    """What the nodes of the shards make of what comes to them, (t, 1, l)."""
    shards = _told_shards(hour)
    if not len(shards):
        return
    written: Floats | float = 1.0
    if hour.tells("locks"):
        coming = _coming(hour, "locks", shards, passed)
        done = _tell(hour, "locks", shards, coming)
        written = np.divide(done, coming, out=np.ones(coming.shape), where=coming > 0)
    if hour.tells("primary") or hour.tells("applier"):
        visits = hour.tiers["primary"].visits[shards]
        reading = paths.read_share[shards] * paths.on_primary
        reads = np.minimum(np.divide(reading, visits, out=np.zeros(visits.shape), where=visits > 0), 1.0)
        coming = _coming(hour, "primary", shards, passed) * (reads + (1.0 - reads) * written)
        done = _tell(hour, "primary", shards, coming)
        applied = hour.tiers["applier"].visits[shards]
        copied = np.divide(applied, visits, out=np.zeros(visits.shape), where=visits > 0)
        _tell(hour, "applier", shards, done * copied)
    if hour.tells("replica"):
        _tell(hour, "replica", shards, _coming(hour, "replica", shards, passed))


def _told_shards(hour: Hour) -> Ints:
    """Shards of which any station is told."""
    told = [hour.told(tier).any(axis=1) for tier in OF_SHARD if tier in hour.tiers]
    return np.flatnonzero(np.logical_or.reduce(told))


def _coming(hour: Hour, tier: str, shards: Ints, passed: Floats) -> Floats:
    """Visits that come to the stations of some shards in each step, (t, r, l)."""
    noise = hour.noise.normals(f"to_{tier}", int(shards[-1]) + 1)[:, shards]
    return _dealt(passed, hour.tiers[tier].visits[shards], noise)


def _tell(hour: Hour, tier: str, rows: Ints, come: Floats, times: Floats | float = 1.0) -> Floats:
    """Take some stations of a tier without a limit through the hour: what is done in each step, (t, r, l).

    ``times`` as many where alike are told as one.
    """
    if not hour.tells(tier):
        return come
    stations = hour.tiers[tier]
    station = Station(
        capacity_per_s=stations.capacity_per_s[rows] * times,
        spread=_spread(hour, stations)[rows] * np.sqrt(times),
        step_s=hour.step_s,
        near=hour.near[tier][rows],
    )
    noise = hour.noise.normals(tier, int(rows[-1]) + 1)[:, rows]
    flow = flow_of(station, come, _able(station, stations.work_scv[rows], noise), hour.start[tier][rows])
    waits = np.zeros((STEPS, *hour.start[tier].shape))
    waits[:, rows] = flow.wait_s
    hour.waits_s[tier] = waits
    hour.left[tier][rows] = flow.left
    hour.drained_s = np.maximum(hour.drained_s, flow.waiting_s.max(axis=0))
    return flow.done


def _dealt(passed: Floats, visits: Floats, noise: Floats) -> Floats:
    """Visits that come of so many requests in each step, each of which makes them by chance, (t, r, l)."""
    by_chance = np.maximum(visits * (1.0 - visits), 0.0)
    return np.maximum(passed * visits + np.sqrt(passed * by_chance) * noise, 0.0)


def _able(station: Station, work_scv: Floats, noise: Floats) -> Floats:
    """Visits that can be served in each step, (t, r, l)."""
    served = station.capacity_per_s * station.step_s
    return np.maximum(served + np.sqrt(served * np.maximum(work_scv, 0.0)) * noise, 0.0)


def _spread(hour: Hour, stations: Stations) -> Floats:
    return spread_of_step(
        hour.rate_per_s * stations.visits,
        stations.gap_scv,
        stations.capacity_per_s,
        np.maximum(stations.work_scv, 0.0),
        hour.step_s,
    )
