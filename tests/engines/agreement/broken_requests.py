"""Rules of the order within a tick, to be broken where requests wait for the service and the database."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from simulator.engines.events import database as events_database
from simulator.engines.events import router, station
from simulator.engines.lanes import database, kernels
from simulator.engines.lanes.streams import Stream
from simulator.queueing.order import ROUTE, START, Rank
from tests.engines.agreement.broken import (
    LATE,
    Broken,
    Patch,
    phase,
    reading,
)
from tests.engines.agreement.companies import busy_database, impatient_service, service_without_queue


def no_index_at_stations(patch: Patch) -> None:
    enter = station.Station.enter
    patch.setattr(station.Station, "enter", lambda self, _job, *visit: enter(self, 0, *visit))


def no_index_at_routers(patch: Patch) -> None:
    route = router.Router.route
    patch.setattr(router.Router, "route", lambda self, _job: route(self, 0))


def highest_index_first(patch: Patch) -> None:
    in_order = database.in_order

    def backwards(at_station: np.ndarray, tick: np.ndarray, at: np.ndarray) -> Stream:
        last = at.max(initial=0)
        stream = in_order(at_station, tick, last - at)
        return replace(stream, at=last - stream.at)

    patch.setattr(database, "in_order", backwards)


def copies_after_reads(patch: Patch) -> None:
    ranks = {rank.name: rank for rank in Rank} | {"APPLY": Rank.REPLICA, "REPLICA": Rank.APPLY}
    patch.setattr(events_database, "Rank", SimpleNamespace(**ranks))


WITH_LIMITS = (kernels, "_with_limits")
REQUESTS: Broken = {
    # In the event engine: the order of the tick.
    "events: departures before admissions": (impatient_service, phase(station, "DEPARTURE", LATE)),
    "events: starts before admissions": (busy_database, phase(station, "START", LATE)),
    "events: routers before admissions": (busy_database, phase(router, "ROUTE", LATE)),
    "events: stations in the order of the topology": (busy_database, copies_after_reads),
    "events: admissions before give-ups": (
        impatient_service,
        phase(station, "GIVE_UP", (START + ROUTE) / 2),
    ),
    "events: a start at the deadline is served": (
        impatient_service,
        phase(station, "GIVE_UP", START - 0.5),
    ),
    "events: among equals the lower index": (busy_database, no_index_at_stations),
    "events: round robin in order of tick and index": (busy_database, no_index_at_routers),
    # In the lanes engine: the comparisons that stand for it.
    "lanes: a departure frees room before the arrivals": (
        impatient_service,
        reading(*WITH_LIMITS, "(left_queue[turn, lanes] > a)", "(left_queue[turn, lanes] >= a)"),
    ),
    "lanes: a departure frees a server before the arrivals": (
        service_without_queue,
        reading(*WITH_LIMITS, "(begin > a)", "(free[0] >= a)"),
    ),
    "lanes: admissions before give-ups": (
        impatient_service,
        reading(*WITH_LIMITS, "a + patience + 1", "a + patience"),
    ),
    "lanes: a start at the deadline is served": (
        impatient_service,
        reading(*WITH_LIMITS, "begin > a + patience", "begin >= a + patience"),
    ),
    "lanes: among equals the lower index": (busy_database, highest_index_first),
    "lanes: round robin from the primary": (
        busy_database,
        reading(database, "_by_turns", "turn % nodes", "(turn + 1) % nodes"),
    ),
}
