"""The reference engine simulates one run on one calendar in one SimPy environment."""

import numpy as np
import simpy

from simulator.arrays import Floats, Ints
from simulator.company import OpenedWeek
from simulator.engines.events.hiring import LANE, HiringFunnel, Mentors
from simulator.engines.events.requests import Window
from simulator.engines.events.told import collect
from simulator.people.process import HiringWeek, panels_of
from simulator.scenario.root import Scenario
from simulator.serving.window.served import Served
from simulator.serving.window.work import CellLoad, RequestWork
from simulator.units import TICKS_PER_WEEK, whole_ticks


class EventEngine:
    """The engine of one run: requests, candidates and newcomers are processes that wait at stations."""

    def __init__(self, inputs: Scenario[Floats]) -> None:
        """Begin at tick 0 with the funnel and the mentors of ``inputs``, a block of one lane."""
        self.env = simpy.Environment()
        self.funnel = HiringFunnel(self.env, panels_of(inputs.hiring))
        self.mentors = Mentors(self.env)
        self._ends = 0
        mentoring = inputs.onboarding.mentoring_weeks * TICKS_PER_WEEK
        self._mentoring_ticks = int(whole_ticks(mentoring, at_least=1)[LANE])

    def begin(self, opened: OpenedWeek) -> None:
        """Let candidates apply and newcomers look for a buddy."""
        self._ends = (opened.week + 1) * TICKS_PER_WEEK
        self.funnel.open_week(opened.candidates, opened.interviewers)
        self._welcome(opened)

    def serve(self, work: RequestWork, load: CellLoad) -> Served:
        """Simulate the windows of the week, and its hiring beside them."""
        windows = [Window(self.env, work, load, cell) for cell in range(len(work.arrive))]
        self.env.run(until=self._ends)
        for window in windows:
            window.close()
        return collect(windows)

    def finish(self, opened: OpenedWeek) -> tuple[HiringWeek, Ints]:
        """Simulate what is left of the week."""
        if self.env.now < self._ends:
            self.env.run(until=self._ends)
        return self.funnel.close_week(), self._ramp_week(opened.state.staff.ramp_week)

    def _welcome(self, opened: OpenedWeek) -> None:
        self.mentors.open_week(int(opened.mentor_places[LANE]))
        staff = opened.state.staff
        last = int(staff.count[LANE])
        persons = np.arange(last - int(opened.joiners[LANE]), last)
        stays = opened.stay_weeks(persons, np.full_like(persons, LANE))
        for person, weeks in zip(persons.tolist(), stays.tolist(), strict=True):
            self.mentors.welcome(person, self._mentoring_ticks, weeks * TICKS_PER_WEEK)

    def _ramp_week(self, before: Ints) -> Ints:
        self.mentors.close_week()
        ramp_week = before.copy()
        for person, tick in self.mentors.ramps:
            ramp_week[person, LANE] = tick // TICKS_PER_WEEK
        self.mentors.ramps.clear()
        return ramp_week
