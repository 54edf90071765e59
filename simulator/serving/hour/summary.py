"""A week's hours are summed up: errors and latency by requests, exposure of users, lags by the clock.

Axes: s shard, l lane.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Floats, Ints, ratio
from simulator.draws.streams import Streams
from simulator.scenario.root import Scenario
from simulator.serving.capacity.stations import Beside, front_stations, node_stations
from simulator.serving.capacity.topology import Topology
from simulator.serving.demand.exposure import Sessions
from simulator.serving.demand.retries import with_retries
from simulator.serving.demand.traffic import Traffic
from simulator.serving.hour.calm import calm_hour
from simulator.serving.hour.limits import service_limit
from simulator.serving.hour.outcome import HourOutcome, error_share
from simulator.serving.hour.paths import paths_of
from simulator.serving.hour.telling import Kind
from simulator.serving.hour.week import ToldStretch, told_stretches
from simulator.serving.shards.shares import Shares
from simulator.units import HOURS_PER_WEEK, S_PER_HOUR

AFFECTED_SHARE = 0.01
"""Share of an hour's requests that load has to fail for the hour to count as affected."""


@dataclass(frozen=True, kw_only=True)
class Service:
    """The service in a week, by arithmetic on its hours; arrays are (l,) where no more is said."""

    error_share_peak: Floats
    """Share of the requests of the busiest hours that fail, errors from other causes included."""
    error_share: Floats
    """Share of the week's attempts that fail: its requests, with those that users send again."""
    failed_for_good_share: Floats
    """Share of the week's requests that fail, however often users try."""
    retries_per_request: Floats
    refused_share: Floats
    """Share of the week's requests that are refused for lack of a queue place."""
    gave_up_share: Floats
    late_share: Floats
    hours_affected: Floats
    backlog_s: Floats
    """Longest wait at one station in the week."""
    drain_s: Floats
    """Longest time from the end of a loaded hour until its backlog was gone, or to the week's end."""
    latency_peak_s: Floats
    """Mean latency of the busiest hours, without the constant part."""
    latency_s: Floats
    """Mean latency of the week's answers, without the constant part."""
    late_of_answers_peak: Floats
    """Share of the busiest hours' answers that come after the deadline."""
    node_calls: Floats
    """Mean number of calls in progress on the busiest database node, in the busiest hours."""
    connections_share: Floats
    """Share of a service replica's connections to the database that are held then; 0 without a limit."""
    lag_peak_s: Floats
    """Mean lag of each shard's read replicas in the busiest hours, (s, l)."""
    unapplied_writes: Floats
    """Writes that a read replica of each shard has yet to apply, mean over the week, (s, l)."""
    stale_share: Floats
    """Share of the reads on replicas that are stale, in the busiest hours."""
    exposed_share: Floats
    """Share of the users who met an error in some session of the week."""


def service_of_week(
    inputs: Scenario[Floats],
    topology: Topology,
    shares: Shares,
    traffic: Traffic,
    replicas: Ints,
    *,
    streams: Streams,
    week: int,
    beside: Mapping[int, Beside] | None = None,
) -> Service:
    """Simulate or compute the hours of a week and sum them up.

    Args:
        inputs: of the block.
        topology: what serves.
        shares: of the traffic on each shard, (s, l).
        traffic: of the week.
        replicas: of the service, for each row of the traffic's rates, (rows, l).
        streams: of the block.
        week: from 0.
        beside: what the nodes do beside the requests, by row; None for nothing.
    """
    paths, nodes = paths_of(inputs, topology, shares), node_stations(inputs, topology, shares)
    kinds = {}
    for row in traffic.rows:
        if beside is not None:
            nodes = node_stations(inputs, topology, shares, beside[row])
        tiers = front_stations(inputs, topology, replicas[row]) | nodes
        kinds[row] = Kind(
            tiers=tiers,
            limit=service_limit(inputs, tiers["service"]),
            calm=calm_hour(inputs, tiers, paths, traffic.rate_per_s[row]),
            rate_per_s=traffic.rate_per_s[row],
        )
    summing = _Summing(inputs, traffic, kinds)
    for told in told_stretches(kinds, traffic, paths, streams, week):
        summing.add_told(told)
    for row, hours in zip(traffic.rows, traffic.hours_of_rows, strict=True):
        summing.add_calm(row, hours, kinds[row].calm.outcome)
    return summing.done()


class _Summing:
    """The sums over the hours of a week: first the simulated ones, then the calm ones that are left."""

    def __init__(self, inputs: Scenario[Floats], traffic: Traffic, kinds: Mapping[int, Kind]) -> None:
        self._applied_visits = next(iter(kinds.values())).tiers["applier"].visits
        shards, lanes = self._applied_visits.shape
        self._kinds, self._retried = kinds, inputs.demand.retried_share
        self._saturated: dict[tuple[int, float], Bools] = {}
        self._background, self._sessions = inputs.response.background_error_share, Sessions.of(inputs.demand)
        self._traffic, self._peak_row = traffic, min(traffic.rows)
        self._by_requests = {name: np.zeros(lanes) for name in (*_OF_ATTEMPTS, *_OF_REQUESTS, *_COUNTS)}
        self._unapplied = np.zeros((shards, lanes))
        self._at_peak = {name: np.zeros(lanes) for name in ("error_share", *_OF_PEAK)}
        self._at_peak["lag_s"] = np.zeros((shards, lanes))
        self._spared = np.ones(lanes)
        self._told = {row: np.zeros(lanes) for row in traffic.rows}
        self._most = {name: np.zeros(lanes) for name in ("backlog_s", "drain_s")}
        self._affected, self._draining = np.zeros(lanes), np.zeros(lanes)
        self._ends = 0

    def add_told(self, of: ToldStretch) -> None:
        """Add a stretch in which some lanes were simulated."""
        stretch, told = of.stretch, of.told
        hours: Floats = of.lanes * np.float64(stretch.hours)
        self._add(stretch.row, stretch.factor, told.outcome, hours)
        self._told[stretch.row] += hours
        before = self._draining if stretch.hour == self._ends else np.zeros(len(hours))
        self._draining = np.where(of.lanes & ~of.loaded, before + told.drained_s, 0.0)
        self._most["drain_s"] = np.maximum(self._most["drain_s"], self._draining)
        self._ends = stretch.hour + stretch.hours

    def add_calm(self, row: int, hours: int, outcome: HourOutcome) -> None:
        """Add the hours of a row, less those that were simulated."""
        self._add(row, 1.0, outcome, hours - self._told[row])

    def _add(self, row: int, factor: float, outcome: HourOutcome, hours: Floats) -> None:
        """Add so many hours of each lane."""
        rate_per_s = self._traffic.rate_per_s[row] * factor
        requests = rate_per_s * S_PER_HOUR
        at_once = error_share(outcome.failed_share, self._background)
        tried = with_retries(at_once, self._retried, self._is_saturated(row, factor))
        errors, attempts = tried.failed_share, hours * requests * tried.per_request
        self._by_requests["requests"] += hours * requests
        self._by_requests["attempts"] += attempts
        self._by_requests["error_share"] += attempts * errors
        self._by_requests["failed_for_good_share"] += hours * requests * tried.failed_for_good_share
        self._by_requests["latency_s"] += hours * requests * outcome.latency_s
        more = ratio(errors, at_once, otherwise=1.0)
        for name in _LOST:
            self._by_requests[name] += attempts * getattr(outcome, name) * more
        self._unapplied += hours * rate_per_s * self._applied_visits * outcome.lag_s
        if row == self._peak_row:
            self._at_peak["error_share"] += hours * errors
            for name in (*_OF_PEAK, "lag_s"):
                self._at_peak[name] += hours * getattr(outcome, name)
        some = hours > 0
        self._most["backlog_s"] = np.maximum(self._most["backlog_s"], np.where(some, outcome.backlog_s, 0.0))
        self._affected += hours * (outcome.failed_share >= AFFECTED_SHARE)
        self._spared *= self._sessions.spared_share(errors, requests / self._traffic.requests_week, hours)

    def _is_saturated(self, row: int, factor: float) -> Bools:
        """Tell in which lanes a tier is offered more than it can do in such an hour, (l,)."""
        if (row, factor) not in self._saturated:
            kind = self._kinds[row]
            loads = [stations.offered(kind.rate_per_s * factor) for stations in kind.tiers.values()]
            self._saturated[row, factor] = np.maximum.reduce([load.max(axis=0) for load in loads]) > 1.0
        return self._saturated[row, factor]

    def done(self) -> Service:
        """Give the week's service."""
        requests, attempts = (self._by_requests[count] for count in _COUNTS)
        week = {name: self._by_requests[name] / requests for name in _OF_REQUESTS}
        week |= {name: self._by_requests[name] / attempts for name in _OF_ATTEMPTS}
        peak_hours = dict(zip(self._traffic.rows, self._traffic.hours_of_rows, strict=True))[self._peak_row]
        peak = {name: values / peak_hours for name, values in self._at_peak.items()}
        return Service(
            **week,
            retries_per_request=attempts / requests - 1.0,
            error_share_peak=peak["error_share"],
            hours_affected=self._affected,
            **self._most,
            latency_peak_s=peak["latency_s"],
            late_of_answers_peak=peak["late_of_answers"],
            node_calls=peak["node_calls"],
            connections_share=peak["connections_share"],
            lag_peak_s=peak["lag_s"],
            unapplied_writes=self._unapplied / HOURS_PER_WEEK,
            stale_share=peak["stale_share"],
            exposed_share=1.0 - self._spared,
        )


_LOST = ("refused_share", "gave_up_share", "late_share")
_OF_ATTEMPTS = ("error_share", *_LOST)
_OF_REQUESTS = ("failed_for_good_share", "latency_s")
_COUNTS = ("requests", "attempts")
_OF_PEAK = ("latency_s", "late_of_answers", "node_calls", "connections_share", "stale_share")
