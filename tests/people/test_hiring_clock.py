"""Interviews on the calendars of those who hold them, and of those who come to them."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from simulator.company import Setting
from simulator.draws.streams import Streams
from simulator.engines.calendar import SimulatedWeek, simulate_weeks
from simulator.engines.drive import ENGINES
from simulator.people import funnel
from simulator.units import TICKS_PER_HOUR, TICKS_PER_WEEK
from tests.simulated import company

RUNS = 64
SEARCHING = {
    "scenario.horizon_months": 12,
    "demand.growth_share_month_sd": 0.0,
    "attrition.leavers_share_year": 0.0,
    "hiring.headcount_added": 400,  # more than there will be candidates for
    "hiring.lead_weeks": 52,
    "hiring.applications_week": 20.0,
    "hiring.notice_weeks_min": 60.0,  # nobody starts, so that the interviewers stay as many as they are
    "hiring.notice_weeks_max": 60.0,
}
TECHNICAL = 3


def year_of(given: dict) -> list[SimulatedWeek]:
    setting = Setting.of(company(SEARCHING | given), Streams(1, range(RUNS)))
    return list(simulate_weeks(setting, ENGINES["lanes"](setting), requests=None))


def searched(given: dict) -> tuple[np.ndarray, int]:
    """Rows of run, stage, candidate, start and end of every interview of a year, and the hires."""
    weeks = year_of(given)
    interviews = np.concatenate([week.told.hiring.interviews for week in weeks])
    return interviews, int(sum(week.columns["hires"].sum() for week in weeks))


def busy_fifth(hours_week: float) -> dict:
    """Interviewers who are a fifth busy with 8 technical interviews in 100 applications: 1.6 a week, 16 h."""
    return {
        f"hiring.stages[{TECHNICAL}].interviewers": 2,
        f"hiring.stages[{TECHNICAL}].interviewers_per_experienced": 0.0,
        f"hiring.stages[{TECHNICAL}].hours_week": hours_week,
    }


def test_a_candidate_is_through_an_interview_after_its_own_hours():
    hours, week = np.array([1.0, 8.0, 40.0, 1.0]), np.array([0.1, 8.0, 40.0, 168.0])
    through = funnel.interview_ticks(hours, hours_week=week)
    assert_array_equal(through / TICKS_PER_HOUR, [4.2, 33.6, 168.0, 1.0])
    assert (through <= funnel.booked_ticks(hours, hours_week=week)).all()


def test_from_application_to_the_last_pass_takes_the_three_weeks_of_the_file():
    """Its delays add up to 21 days, its 6.25 hours of interviews to 1.1; of the slow many are gone before."""
    weeks = year_of({})
    applied: list[list[int]] = [[] for _ in range(RUNS)]
    took = []
    for week in weeks:
        work = week.opened.candidates
        for run, tick in zip(work.lane.tolist(), work.apply.tolist(), strict=True):
            applied[run].append(tick)
        for run, stage, candidate, _start, end in week.told.hiring.interviews.tolist():
            if stage == 5:
                took.append((end - applied[run][candidate]) / TICKS_PER_WEEK)
    assert len(took) > 500
    assert 2.9 < np.mean(took) < 3.2


def test_half_the_hours_of_interviewers_who_are_a_fifth_busy_cost_a_few_percent_of_hires():
    (_, whole), (_, half) = searched(busy_fifth(8.0)), searched(busy_fifth(4.0))
    assert whole > 500
    assert 0.92 < half / whole <= 1.0


def test_a_tenth_of_their_hours_still_hires():
    """Two interviewers of 0.8 h do 0.8 interviews a week of the 1.6 that are wanted."""
    (_, whole), (_, tenth) = searched(busy_fifth(8.0)), searched(busy_fifth(0.8))
    assert 0.2 < tenth / whole < 0.6


@pytest.mark.parametrize("panel", [1, 2, 3])
def test_a_panel_holds_no_more_hours_than_its_people_have(panel):
    """Seven people of 2 h a week are 14 person-hours, of which panels of three can use 12."""
    given = {"hiring.applications_week": 100.0, "hiring.stages[0].pass_share": 0.9}
    given |= {f"hiring.stages[{stage}].interviewers": 30 for stage in (1, 2, 3)}
    interviews, _ = searched(given | {"hiring.stages[3].pass_share": 0.9, "hiring.stages[4].panel": panel})
    saturated = (interviews[:, 1] == 4) & (interviews[:, 3] // TICKS_PER_WEEK >= 12)
    held_week = saturated.sum() * panel / RUNS / (52 - 12)
    assert held_week == pytest.approx(7 // panel * panel * 2, rel=0.03)
