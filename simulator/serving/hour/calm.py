"""An hour in which no tier is near its capacity: stationary laws, without a step.

A wait is exponential for the share of requests that Erlang C lets wait, and ends at the rate θ = 2(1 - ρ) c /
(s (c_a² + c_s²)) (Kingman, 1962; exact for M/M/c). Axes: s shard, l lane.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.queueing.laws.hour import (
    blocking_shares,
    mean_below_limit_s,
    settling_time_s,
    waiting_share,
)
from simulator.queueing.laws.sums import Term, tail_of
from simulator.scenario.root import Scenario
from simulator.serving.capacity.stations import Stations
from simulator.serving.hour.lag import not_waited
from simulator.serving.hour.limits import Limit, lost_in_the_long_run, service_limit
from simulator.serving.hour.outcome import HourOutcome, longest_s, outcome_of
from simulator.serving.hour.paths import Paths
from simulator.serving.hour.ways import Way, ways_of
from simulator.units import S_PER_HOUR

NEGLIGIBLE = 40.0
"""Number of means of the longest part beyond which nobody is late: e^-40."""
NEVER = -1e9
"""Exponent of a wait where nothing comes, so that it is none."""


@dataclass(frozen=True, kw_only=True)
class Wait:
    """The waits at the stations of a tier, (s, l) each."""

    term: Term
    mean_s: Floats
    lost_share: Floats
    """Share of the visits that are refused or give up; 0 where all may wait."""


def variance_of(stations: Stations, rate_per_s: Floats) -> Floats:
    """Give σ², the variance of the backlog in a second, in seconds: ρ (s/c)(c_a² + c_s²), (s, l)."""
    rate = rate_per_s * stations.visits
    capacity = stations.capacity_per_s
    variance: Floats = (rate * stations.gap_scv + np.minimum(rate, capacity) * stations.work_scv) / (
        capacity * capacity
    )
    return variance


def wait_at(stations: Stations, rate_per_s: Floats, limit: Limit | None = None, room: int = 0) -> Wait:
    """Give the wait at every station of a tier at a steady load; from a load of 1 on only with a limit."""
    load = stations.offered(rate_per_s)
    blocking = blocking_shares(load * stations.servers, stations.servers)
    waits = waiting_share(load, blocking[1])
    spread = stations.gap_scv + stations.work_scv
    drift = load - 1.0
    drain = 2.0 * drift * stations.servers / stations.work_s / np.maximum(spread, 1e-9)  # θ
    drain = np.where(load > 0, drain, NEVER)
    lost = np.zeros(load.shape)
    wait_s = np.full(load.shape, np.inf)
    if limit is not None:
        wait_s = limit.wait_s
        settling = settling_time_s(wait_s, drift, np.maximum(variance_of(stations, rate_per_s), 1e-12))
        long_run = lost_in_the_long_run(stations, limit, load, blocking, room)
        lost = np.where(load > 0, long_run, 0.0) * np.maximum(1.0 - settling / S_PER_HOUR, 0.0)
    mean = mean_below_limit_s(wait_s, np.where(np.isfinite(wait_s), drain, np.minimum(drain, -1e-9)))
    return Wait(term=Term(share=waits, mean=np.maximum(mean, 0.0)), mean_s=waits * mean, lost_share=lost)


@dataclass(frozen=True, kw_only=True)
class Calm:
    """An hour told by laws, and what a lane that is loaded takes over of it."""

    outcome: HourOutcome
    waits: Mapping[str, Wait]
    late: tuple[Floats, ...]
    """Share of the answers of each way and shard that are late, (s, l) each."""


def calm_hour(
    inputs: Scenario[Floats], tiers: Mapping[str, Stations], paths: Paths, rate_per_s: Floats
) -> Calm:
    """Give the fate of the requests of an hour at a steady rate, (l,), that every tier can take."""
    limit, room = service_limit(inputs, tiers["service"]), inputs.service.queue_room
    waits = {
        tier: wait_at(stations, rate_per_s, limit if tier == "service" else None, room)
        for tier, stations in tiers.items()
    }
    ways = ways_of(paths, tuple(tiers))
    late = tuple(_late_share(way, waits) for way in ways)
    means = {tier: wait.mean_s for tier, wait in waits.items()}
    outcome = outcome_of(
        tiers,
        paths,
        limit,
        rate_per_s,
        lost_share=waits["service"].lost_share[0],
        late=late,
        waits_s=means,
        unwaited=not_waited(waits["applier"].term, rate_per_s * tiers["applier"].visits),
        backlog_s=longest_s(means),
    )
    return Calm(outcome=outcome, waits=waits, late=late)


def _late_share(way: Way, waits: Mapping[str, Wait]) -> Floats:
    """Give the share of a way's answers whose waits and work pass what is left of the deadline, (s, l)."""
    terms = [*way.work.terms, *(waits[tier].term for tier in way.tiers)]
    longest = np.zeros(way.share.shape)
    for term in terms:
        longest = np.maximum(longest, term.mean * (term.share > 0))
    far = way.work.left_s > NEGLIGIBLE * longest
    if far.all():
        return np.zeros(way.share.shape)
    tail = tail_of(terms)
    return np.where(far, 0.0, tail.beyond(np.broadcast_to(way.work.left_s, tail.mean.shape[1:])))
