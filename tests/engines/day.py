"""A station by a timetable, for rules that are told tick by tick."""

from collections.abc import Callable

import simpy

from simulator.engines.events.moment import Moment
from simulator.engines.events.station import Station, Visit
from simulator.queueing.order import DEPARTURE, Rank


class Day:
    """A station and the visits to it, by a timetable of ticks."""

    def __init__(self, servers: int, room: int | None = None) -> None:
        self.env = simpy.Environment()
        self.station = Station(self.env, Rank.SERVICE, servers=servers, room=room)
        self.visits: dict[int, Visit] = {}
        self.arrived: dict[int, int] = {}

    def arrives(self, tick: int, job: int, service: int, patience: int | None = None) -> None:
        """Let a job come in at a tick."""
        self.arrived[job] = tick
        self.at(tick, lambda: self.visits.update({job: self.station.enter(job, service, patience)}))

    def at(self, tick: int, happens: Callable[[], object]) -> None:
        """Let something happen at a tick, before its admissions."""
        Moment(self.env, tick, DEPARTURE).callbacks.append(lambda _: happens())

    def ends(self) -> dict[int, tuple[str, int, int]]:
        """Run to the end: outcome, start (0 if there was none) and end of every job."""
        self.env.run()
        self.station.check_littles_law()
        return {job: (v.outcome.name, v.start, v.end) for job, v in sorted(self.visits.items())}
