"""The fast engine simulates every run of a block in a lane of its own."""

import numpy as np

from simulator.arrays import Ints
from simulator.company import OpenedWeek, Setting
from simulator.engines.lanes.hiring import HiringFunnel, Mentors
from simulator.engines.lanes.requests import serve_windows
from simulator.people.process import HiringWeek, panels_of
from simulator.serving.window.served import Served
from simulator.serving.window.work import CellLoad, RequestWork
from simulator.units import TICKS_PER_WEEK, whole_ticks


class LanesEngine:
    """The engine of a block: requests, candidates and newcomers are sorted streams through stations."""

    def __init__(self, setting: Setting) -> None:
        """Begin at tick 0 with the funnel and the mentors of a block."""
        inputs = setting.inputs
        self._funnel = HiringFunnel(setting.lanes, panels_of(inputs.hiring), setting.weeks)
        self._mentors = Mentors(setting.lanes)
        mentoring = inputs.onboarding.mentoring_weeks * TICKS_PER_WEEK
        self._mentoring_ticks = whole_ticks(mentoring, at_least=1)

    def begin(self, opened: OpenedWeek) -> None:
        """Do nothing: no window depends on hiring, which is simulated when the week is over."""

    def serve(self, work: RequestWork, load: CellLoad) -> Served:
        """Simulate windows of the week."""
        return serve_windows(work, load)

    def finish(self, opened: OpenedWeek) -> tuple[HiringWeek, Ints]:
        """Simulate the week's hiring and mentoring."""
        hiring = self._funnel.advance(opened.week, opened.candidates, opened.interviewers)
        return hiring, self._ramp_week(opened)

    def _ramp_week(self, opened: OpenedWeek) -> Ints:
        staff = opened.state.staff
        slots = np.arange(len(staff.join_week))[:, np.newaxis]
        person, lane = np.nonzero((slots >= staff.count - opened.joiners) & (slots < staff.count))
        lane, person, week = self._mentors.advance(
            opened.week,
            opened.mentor_places,
            person,
            opened.stay_weeks(person, lane),
            lane,
            self._mentoring_ticks,
        )
        ramp_week = staff.ramp_week.copy()
        ramp_week[person, lane] = week
        return ramp_week
