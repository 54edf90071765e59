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
from simulator.serving.hour.steps import LEAST_LIMIT, Station, flow_of, spread_of_step
from simulator.serving.stations import Stations

NEAR = 0.85
"""Offered utilisation from which on a tier's backlog is told where another's is."""
REPLICAS_TOLD = 4
"""Service replicas told one by one, at most: they stand for all, and smooth what they pass on."""
OF_SHARD = ("locks", "primary", "replica", "applier")
_CONNECTIONS = 1 + REPLICAS_TOLD
"""Rows of noise in front of the database: what comes, the work of the replicas, connections."""
_ROWS = ("primary", "replica", "applier")
"""Rows of noise of a shard; locks, which few companies have, have their own."""
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
    chancy: Bools
    """Lanes in which a load is near a capacity; in others a backlog drains without chance, (l,)."""
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
        chancy=np.logical_or.reduce([stations.any(axis=0) for stations in near.values()]),
        near=near,
        lost_share=calm.waits["service"].lost_share[0],
        left={tier: np.zeros(backlog.shape) for tier, backlog in start.items()},
        drained_s=np.zeros(len(rate_per_s)),
    )
    rows = _CONNECTIONS + 1 if hour.tells("connections") else _CONNECTIONS if hour.tells("service") else 1
    front, mean = noise.normals("front", rows, hour.chancy), rate_per_s * step_s
    come = np.maximum(mean + np.sqrt(mean) * front[0], 0.0)
    passed = _through_service(hour, limit, come, front)
    passed = _through_connections(hour, passed, front)
    shards = _told_shards(hour)
    if len(shards):
        _to_nodes(hour, paths, shards, passed[:, np.newaxis])
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


def _through_service(hour: Hour, limit: Limit, come: Floats, noise: Floats) -> Floats:
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
        _able(hour, station, service.work_scv, noise[1:_CONNECTIONS].swapaxes(0, 1)),
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
    """Requests that have a connection in each step, or need none, (t, l): all pools as one."""
    if not hour.tells("connections"):
        return passed
    stations, replicas = hour.tiers["connections"], 1.0 / hour.tiers["service"].visits
    asking = stations.visits * replicas
    coming = passed[:, np.newaxis] * asking
    done = _tell(hour, "connections", np.arange(1), coming, noise[_CONNECTIONS][:, np.newaxis], replicas)
    return np.where(hour.told("connections")[0], done[:, 0] / asking[0], passed)


def _to_nodes(hour: Hour, paths: Paths, shards: Ints, passed: Floats) -> None:
    """What the nodes of some shards make of the requests that come to them, (t, 1, l)."""
    written: Floats | float = 1.0
    if hour.tells("locks"):
        noise = hour.noise.normals("locks", int(shards[-1]) + 1, hour.chancy)
        coming = passed * hour.tiers["locks"].visits[shards]
        done = _tell(hour, "locks", shards, coming, noise[shards].swapaxes(0, 1))
        written = np.divide(done, coming, out=np.ones(coming.shape), where=coming > 0)
    noise = hour.noise.normals("shards", len(_ROWS) * (int(shards[-1]) + 1), hour.chancy)
    of = {tier: noise[len(_ROWS) * shards + row].swapaxes(0, 1) for row, tier in enumerate(_ROWS)}
    if hour.tells("primary") or hour.tells("applier"):
        visits = hour.tiers["primary"].visits[shards]
        reading = paths.read_share[shards] * paths.on_primary
        reads = np.minimum(np.divide(reading, visits, out=np.zeros(visits.shape), where=visits > 0), 1.0)
        coming = passed * visits * (reads + (1.0 - reads) * written)
        done = _tell(hour, "primary", shards, coming, of["primary"])
        applied = hour.tiers["applier"].visits[shards]
        copied = np.divide(applied, visits, out=np.zeros(visits.shape), where=visits > 0)
        _tell(hour, "applier", shards, done * copied, of["applier"])
    if hour.tells("replica"):
        coming = passed * hour.tiers["replica"].visits[shards]
        _tell(hour, "replica", shards, coming, of["replica"])


def _told_shards(hour: Hour) -> Ints:
    """Shards of which any station is told."""
    told = [hour.told(tier).any(axis=1) for tier in OF_SHARD if tier in hour.tiers]
    return np.flatnonzero(np.logical_or.reduce(told))


def _tell(
    hour: Hour, tier: str, rows: Ints, come: Floats, noise: Floats, times: Floats | float = 1.0
) -> Floats:
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
    able = _dealt_and_able(hour, station, stations, rows, noise)
    flow = flow_of(station, come, able, hour.start[tier][rows])
    waits = np.zeros((hour.noise.steps, *hour.start[tier].shape))
    waits[:, rows] = flow.wait_s
    hour.waits_s[tier] = waits
    hour.left[tier][rows] = flow.left
    hour.drained_s = np.maximum(hour.drained_s, flow.waiting_s.max(axis=0))
    return flow.done


def _able(hour: Hour, station: Station, work_scv: Floats, noise: Floats) -> Floats:
    """Visits that can be served in each step, (t, r, l)."""
    served = station.capacity_per_s * hour.step_s
    return _about(served, np.sqrt(served * np.maximum(work_scv, 0.0)), noise)


def _dealt_and_able(hour: Hour, station: Station, stations: Stations, rows: Ints, noise: Floats) -> Floats:
    """The same with the chance by which requests come here: what matters is the difference of both."""
    served = station.capacity_per_s * hour.step_s * np.maximum(stations.work_scv[rows], 0.0)
    visits = stations.visits[rows]
    dealt = hour.rate_per_s * visits * np.maximum(1.0 - visits, 0.0) * hour.step_s
    return _about(station.capacity_per_s * hour.step_s, np.sqrt(served + dealt), noise)


def _about(mean: Floats, spread: Floats, noise: Floats) -> Floats:
    """Normal about a mean, not below 0."""
    about = spread * noise
    about += mean
    return np.maximum(about, 0.0, out=about)


def _spread(hour: Hour, stations: Stations) -> Floats:
    return hour.chancy * spread_of_step(
        hour.rate_per_s * stations.visits,
        stations.gap_scv,
        stations.capacity_per_s,
        np.maximum(stations.work_scv, 0.0),
        hour.step_s,
    )
