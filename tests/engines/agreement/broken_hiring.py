"""Rules of capacity that changes from week to week, to be broken where candidates wait for talks."""

from collections.abc import Callable
from typing import Any

import numpy as np
import simpy

from simulator.engines.events import station
from simulator.engines.lanes import hiring as lanes
from simulator.engines.lanes import kernels, weekly
from simulator.queueing.order import CAPACITY, START
from tests.engines.agreement.broken import (
    Broken,
    Patch,
    phase,
    reading,
)
from tests.engines.agreement.companies import crowded_funnel, crowded_panels


def servers_drop_their_work(patch: Patch) -> None:
    """A server that goes forgets the job it has, which no longer counts."""
    set_servers = station.Station.set_servers

    def dropping(self: station.Station, servers: int) -> None:
        def drop(_: simpy.Event) -> None:
            self.busy = min(self.busy, servers)

        set_servers(self, servers)
        station.Moment(self.env, 0, CAPACITY).callbacks.append(drop)

    patch.setattr(station.Station, "set_servers", dropping)


def weekly_starts(change: Callable[..., tuple[Any, ...]]) -> Callable[[Patch], None]:
    """Let the lanes' weekly station begin a week with something else than it should."""

    def rewrite(patch: Patch) -> None:
        starts = weekly.WeeklyStation._starts
        patch.setattr(weekly.WeeklyStation, "_starts", lambda self, *week: starts(self, *change(self, *week)))

    return rewrite


def still_busy_at_the_change(
    self: weekly.WeeklyStation, jobs: Any, servers: np.ndarray, opens: int, closes: int
) -> tuple[Any, ...]:
    """Who departs at the tick of the change is counted as busy by it."""
    self._free[self._free == opens] += 1
    return jobs, servers, opens, closes


def closed_with_infinity(
    self: weekly.WeeklyStation, jobs: Any, servers: np.ndarray, opens: int, closes: int
) -> tuple[Any, ...]:
    """Servers have names: the busiest are marked closed, as if there were no work left in them."""
    self._make_room(int(servers.max(initial=0)))
    level = np.arange(len(self._free))[:, np.newaxis]
    self._free = np.where(level < servers, self._free, kernels.FAR)
    self._free = np.where((level < servers) & (self._free == kernels.FAR), opens, self._free)
    return jobs, np.full_like(servers, len(self._free)), opens, closes


STARTS = (weekly.WeeklyStation, "_starts")
HIRING: Broken = {
    # In the event engine: the order of the tick.
    "events: capacity changes before starts": (crowded_funnel, phase(station, "START", CAPACITY - 0.5)),
    "events: nor does a newcomer leave who starts at the deadline": (
        crowded_funnel,
        phase(station, "GIVE_UP", START - 0.5),
    ),
    "events: a server that goes finishes its work": (crowded_funnel, servers_drop_their_work),
    # In the lanes engine: the comparisons that stand for it.
    "lanes: nor does a newcomer leave who starts at the deadline": (
        crowded_funnel,
        reading(*STARTS, "begin <= until", "begin < until"),
    ),
    "lanes: departures before capacity changes": (crowded_funnel, weekly_starts(still_busy_at_the_change)),
    "lanes: capacity is a count": (crowded_funnel, weekly_starts(closed_with_infinity)),
    "lanes: a job starts when fewer are busy than there are servers": (
        crowded_funnel,
        reading(*STARTS, "len(self._free) - servers[busy] + self._panel", "0 * servers[busy] + self._panel"),
    ),
    "lanes: a panel waits until as many are free": (
        crowded_panels,
        reading(*STARTS, "servers[busy] + self._panel", "servers[busy] + 1"),
    ),
    "lanes: a panel takes as many": (crowded_panels, reading(*STARTS, "range(self._panel)", "range(1)")),
    "lanes: a candidate does not wait for an interviewer's other work": (
        crowded_funnel,
        reading(lanes.HiringFunnel, "_interview", "work.interview", "work.booked"),
    ),
    "lanes: a start at the next change waits for it": (
        crowded_funnel,
        reading(*STARTS, "begin < closes", "begin <= closes"),
    ),
}
