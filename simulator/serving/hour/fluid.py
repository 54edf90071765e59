"""An hour whose queues are long from its beginning to its end: nothing in it is left to chance.

A backlog far from empty grows or shrinks by what comes less what can be served, and everybody who meets it is
late. Such hours come one after the other in a week that is overloaded throughout, and need no steps.

Axes: s shard, l lane.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Floats, ratio
from simulator.queueing.laws.hour import settling_time_s
from simulator.serving.capacity.stations import Stations
from simulator.serving.hour.calm import Calm, variance_of
from simulator.serving.hour.hour import NEAR, Backlogs
from simulator.serving.hour.lag import not_waited
from simulator.serving.hour.limits import Limit
from simulator.serving.hour.outcome import HourOutcome, longest_s, outcome_of
from simulator.serving.hour.paths import Paths
from simulator.serving.hour.ways import ways_of
from simulator.units import S_PER_HOUR

SPREADS = 4.0
"""Distance of a backlog from the deadline, in standard deviations of an hour's change, that counts as far."""
SETTLED_SHARE = 0.1
"""Share of the hour within which the service has to settle to its long run."""


@dataclass(frozen=True, kw_only=True)
class FluidHour:
    """The results of an hour of long queues, for the lanes in which that holds."""

    holds: Bools
    """True for the lanes in which that holds, (l,)."""
    outcome: HourOutcome
    left: Backlogs


def long_queues(tiers: Mapping[str, Stations], paths: Paths, start: Backlogs) -> Bools:
    """Tell in which lanes a queue without a limit is longer than the deadline anywhere, (l,)."""
    longest_s = np.maximum(paths.hit.left_s, 0.0)
    waiting = (start[tier] > longest_s * tiers[tier].capacity_per_s for tier in tiers if tier != "service")
    longer: Bools = np.logical_or.reduce([waits.any(axis=0) for waits in waiting])
    return longer


def fluid_hour(
    tiers: Mapping[str, Stations],
    paths: Paths,
    limit: Limit,
    calm: Calm,
    rate_per_s: Floats,
    seconds: float,
    start: Backlogs,
) -> FluidHour:
    """Tell so many seconds by what comes and what can be served alone; arguments as of ``loaded_hour``."""
    lost = calm.waits["service"].lost_share[0]
    passed = rate_per_s * (1.0 - lost)
    holds = long_queues(tiers, paths, start) & _service_settled(tiers, limit, rate_per_s)
    waits, left, behind = {}, dict(start), {}
    longest_s = np.maximum(paths.hit.left_s, 0.0)
    done = passed
    for tier, stations in tiers.items():
        if tier == "service":
            waits[tier] = calm.waits[tier].mean_s
            continue
        times = 1.0 / tiers["service"].visits if tier == "connections" else np.ones((1, 1))
        capacity = stations.capacity_per_s * times
        come = _coming(tier, tiers, stations, passed, done, times)
        begin_s, drift = start[tier] / capacity, come / capacity - 1.0
        end_s = begin_s + drift * seconds
        margin = longest_s + SPREADS * np.sqrt(variance_of(stations, rate_per_s) * seconds)
        deep = stations.there & (begin_s >= margin) & (end_s >= margin)
        near = stations.there & ((drift > NEAR - 1.0) | (start[tier] > 0))
        holds &= (~near | deep).all(axis=0)
        behind[tier], left[tier] = deep, np.where(deep, end_s * capacity, 0.0)
        waits[tier] = np.where(deep, (begin_s + end_s) / 2, calm.waits[tier].mean_s)
        served = np.where(deep, capacity, come)
        if tier == "connections":
            passed = served[0] / (stations.visits * times)[0]
        elif tier == "primary":
            done = served
    return FluidHour(
        holds=holds,
        outcome=_outcome(tiers, paths, limit, calm, rate_per_s, waits, behind),
        left=left,
    )


def _service_settled(tiers: Mapping[str, Stations], limit: Limit, rate_per_s: Floats) -> Bools:
    """Tell in which lanes the service's law holds, as it is far from capacity or settles soon, (l,)."""
    service = tiers["service"]
    load = service.offered(rate_per_s)
    settling = settling_time_s(limit.wait_s, load - 1.0, variance_of(service, rate_per_s))
    settled: Bools = ((load <= NEAR) | (settling < SETTLED_SHARE * S_PER_HOUR))[0]
    return settled


def _coming(
    tier: str, tiers: Mapping[str, Stations], stations: Stations, passed: Floats, done: Floats, times: Floats
) -> Floats:
    """Give the visits a second to a tier's stations, (s, l); to appliers those that the primary has done."""
    if tier != "applier":
        return passed * stations.visits * times
    return done * ratio(stations.visits, tiers["primary"].visits)


def _outcome(
    tiers: Mapping[str, Stations],
    paths: Paths,
    limit: Limit,
    calm: Calm,
    rate_per_s: Floats,
    waits: Mapping[str, Floats],
    behind: Mapping[str, Bools],
) -> HourOutcome:
    late = []
    for way, of_law in zip(ways_of(paths, tuple(tiers)), calm.late, strict=True):
        all_late = np.zeros(of_law.shape, dtype=np.bool_)
        for tier in way.tiers:
            if tier in behind:
                all_late = all_late | behind[tier]
        late.append(np.where(all_late, 1.0, of_law))
    writes_per_s = rate_per_s * tiers["applier"].visits
    unwaited = np.where(
        behind["applier"],
        1.0 / (1.0 + writes_per_s * waits["applier"]),
        not_waited(calm.waits["applier"].term, writes_per_s),
    )
    return outcome_of(
        tiers,
        paths,
        limit,
        rate_per_s,
        lost_share=calm.waits["service"].lost_share[0],
        late=late,
        waits_s=waits,
        unwaited=unwaited,
        backlog_s=longest_s(waits),
    )
