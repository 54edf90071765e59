"""Hiring and mentoring: candidates wait for interviewers, newcomers for a buddy."""

import numpy as np
import simpy

from simulator.arrays import Ints
from simulator.engines.events.moment import Moment, Steps, tick_of
from simulator.engines.events.station import Station
from simulator.people.process import CandidateWork, HiringWeek
from simulator.queueing.order import DEPARTURE, Outcome, Rank

LANE = 0
"""A run of the event engine is a block of one lane."""


class HiringFunnel:
    """The stations of the funnel, open all through the run, and everybody who passes through them."""

    def __init__(self, env: simpy.Environment, panels: tuple[int, ...]) -> None:
        """Open a station for every stage with a panel of interviewers; 0 for one that only takes time."""
        self.env = env
        self.panels = panels
        self.stations = [Station(env, Rank.SERVICE, servers=0) if panel else None for panel in panels]
        self.applied = 0
        self.finalists = 0
        self.withdrawals = 0
        self.interviews: list[list[int]] = []
        """Interviews begun since the week's first tick: lane, stage, candidate, start, end."""

    def open_week(self, work: CandidateWork, interviewers: Ints) -> None:
        """Set the week's interviewers, (stage, 1), and let its candidates apply."""
        for station, people in zip(self.stations, interviewers[:, LANE].tolist(), strict=True):
            if station is not None:
                station.set_servers(people)
        for row in range(int(work.applicants[LANE])):
            self.env.process(self._candidate(self.applied, work, row))
            self.applied += 1

    def close_week(self) -> HiringWeek:
        """Count what happened since the last call, as arrays of one lane, and check Little's law."""
        for station in self.stations:
            if station is not None:
                station.check_littles_law()
        counted = HiringWeek(
            finalists=np.array([self.finalists]),
            withdrawals=np.array([self.withdrawals]),
            interviews=np.array(sorted(self.interviews), dtype=np.int64).reshape(-1, 5),
        )
        self.finalists = self.withdrawals = 0
        self.interviews = []
        return counted

    def _candidate(self, candidate: int, work: CandidateWork, row: int) -> Steps:
        deadline = int(work.deadline[row])
        yield Moment(self.env, int(work.apply[row]) - tick_of(self.env), DEPARTURE)
        for stage, station in enumerate(self.stations):
            ready = tick_of(self.env) + int(work.delay[stage, row])
            if ready > deadline:
                yield Moment(self.env, max(deadline - tick_of(self.env), 0), DEPARTURE)
                self.withdrawals += 1
                return
            yield Moment(self.env, ready - tick_of(self.env), DEPARTURE)
            if station is not None:
                booked, panel = int(work.booked[stage, LANE]), self.panels[stage]
                visit = station.enter(candidate, booked, deadline - ready, servers=panel)
                yield visit.started | visit.left
                if visit.outcome is Outcome.GAVE_UP:
                    self.withdrawals += 1
                    return
                interview = int(work.interview[stage, LANE])
                self.interviews.append([LANE, stage, candidate, visit.start, visit.start + interview])
                yield Moment(self.env, interview, DEPARTURE)  # the calendars of the panel are full for longer
            if not work.passes[stage, row]:
                return
        self.finalists += 1


class Mentors:
    """Buddies as a station: a newcomer starts to ramp when one has time."""

    def __init__(self, env: simpy.Environment) -> None:
        """Open without mentors; each week says how many there are."""
        self.env = env
        self.station = Station(env, Rank.SERVICE, servers=0)
        self.ramps: list[tuple[int, int]] = []

    def open_week(self, places: int) -> None:
        """Let this many newcomers be mentored at once."""
        self.station.set_servers(places)

    def close_week(self) -> None:
        """Check Little's law."""
        self.station.check_littles_law()

    def welcome(self, person: int, mentoring: int, patience: int) -> None:
        """Let a newcomer wait for a buddy, until leaving the company after ``patience`` ticks."""
        self.env.process(self._newcomer(person, mentoring, patience))

    def _newcomer(self, person: int, mentoring: int, patience: int) -> Steps:
        visit = self.station.enter(person, mentoring, patience)
        yield visit.started | visit.left
        if visit.outcome is not Outcome.GAVE_UP:
            self.ramps.append((person, visit.start))
