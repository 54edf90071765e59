"""Stations whose servers change with the weeks, and whole funnels of them, against the SimPy station.

Everything happens within a few ticks, so that arrivals, departures, deadlines and changes of capacity
fall together all the time.
"""

import numpy as np
import pytest
import simpy
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.engines.events import hiring as told_by_events
from simulator.engines.events.moment import Moment
from simulator.engines.events.station import Station
from simulator.engines.lanes import hiring as told_by_lanes
from simulator.engines.lanes import weekly
from simulator.engines.lanes.weekly import Waiting, WeeklyStation
from simulator.people.process import CandidateWork, HiringWeek
from simulator.queueing.order import DEPARTURE, Outcome, Rank

WEEK = 6
"""Ticks of a week, in place of some 10^12."""

# --- a station that stays open, a week at a time ---------------------------------------------------------


@st.composite
def visitors(draw: st.DrawFn) -> tuple[list[list[int]], list[tuple[int, int, int]], int]:
    """Servers by week and lane, jobs as (lane, arrive, service, patience), and the servers a job takes."""
    lanes, weeks = draw(st.integers(1, 3)), draw(st.integers(1, 5))
    servers = draw(
        st.lists(st.lists(st.integers(0, 5), min_size=lanes, max_size=lanes), min_size=weeks, max_size=weeks)
    )
    job = st.tuples(
        st.integers(0, lanes - 1), st.integers(0, WEEK * weeks - 1), st.integers(1, 13), st.integers(0, 15)
    )
    return servers, draw(st.lists(job, max_size=24)), draw(st.integers(1, 3))


def station_in_lanes(
    servers: list[list[int]], jobs: list[tuple[int, ...]], panel: int
) -> dict[int, tuple[str, int]]:
    """What the weekly station says became of each job, and in which week or at which tick."""
    station, seen = WeeklyStation(len(servers[0]), panel), {}
    table = np.array(jobs, dtype=np.int64).reshape(-1, 4)
    lane, arrive, service, patience = table.T
    for week, count in enumerate(servers):
        rows = np.flatnonzero(arrive // WEEK == week)
        station.send(
            Waiting(
                lane=lane[rows],
                job=rows,
                row=rows,
                ready=arrive[rows],
                deadline=(arrive + patience)[rows],
                service=service[rows],
            )
        )
        done = station.advance(week, np.array(count))
        seen |= {job: ("start", tick) for job, tick in zip(done.begun.job, done.start, strict=True)}
        seen |= dict.fromkeys(done.gave_up.job, ("gave up in week", week))
    return seen


def station_in_simpy(
    servers: list[list[int]], jobs: list[tuple[int, ...]], panel: int
) -> dict[int, tuple[str, int]]:
    """The same by the SimPy station, lane after lane."""
    seen = {}
    for lane in range(len(servers[0])):
        env = simpy.Environment()
        station = Station(env, Rank.SERVICE, servers=0)

        def visit(job, arrive, service, patience, env=env, station=station):
            yield Moment(env, arrive, DEPARTURE)
            visit = station.enter(job, service, patience, servers=panel)
            yield visit.started | visit.left
            gave_up = visit.outcome is Outcome.GAVE_UP
            seen[job] = ("gave up in week", env.now // WEEK) if gave_up else ("start", visit.start)

        for job, (of_lane, *times) in enumerate(jobs):
            if of_lane == lane:
                env.process(visit(job, *times))
        for week, count in enumerate(servers):
            station.set_servers(count[lane])
            env.run(until=(week + 1) * WEEK)
    return seen


@given(visitors())
@example(
    ([[1], [0], [1]], [(0, 0, 6, 0), (0, 1, 2, 11)], 1)
)  # a departure as the only server goes; a start at the deadline
@example(
    ([[2], [1]], [(0, 0, 6, 0), (0, 0, 8, 0), (0, 1, 2, 9)], 1)
)  # one of two goes as it is done: the other counts
@example(([[1], [1]], [(0, 0, 6, 0), (0, 1, 2, 9)], 1))  # a job that would start as the change is made
@example(([[3], [3]], [(0, 0, 6, 0), (0, 1, 2, 9)], 2))  # one of three is idle, and two are wanted
@example(([[3], [1], [4]], [(0, 0, 12, 0), (0, 1, 2, 30), (0, 2, 2, 30)], 3))  # fewer than a panel for a week
def test_a_weekly_station_is_the_simpy_station(case):
    """Servers come and go, down to none, also at ticks at which somebody leaves."""
    servers, jobs, panel = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weekly, "TICKS_PER_WEEK", WEEK)
        assert station_in_lanes(servers, jobs, panel) == station_in_simpy(servers, jobs, panel)


# --- a whole funnel on ticks as coarse -------------------------------------------------------------------


@st.composite
def funnels(draw: st.DrawFn) -> tuple[tuple[int, ...], np.ndarray, list[CandidateWork]]:
    """Panels of the stages (0: no station), interviewers (week, stage, lane), and the week's candidates."""
    lanes, weeks, stages = draw(st.integers(1, 2)), draw(st.integers(1, 5)), draw(st.integers(1, 3))
    panels = tuple(draw(st.integers(0, 3)) for _ in range(stages))
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    interview = generator.integers(1, 9, (stages, lanes))
    booked = interview + generator.integers(0, 9, (stages, lanes))
    works = []
    for week in range(weeks):
        applicants = generator.integers(0, 7, lanes)
        size = int(applicants.sum())
        apply = WEEK * week + generator.integers(0, WEEK, size)
        works.append(
            CandidateWork(
                applicants=applicants,
                lane=np.repeat(np.arange(lanes), applicants),
                apply=apply,
                deadline=apply + generator.integers(0, 18, size),
                delay=generator.integers(0, 5, (stages, size)),
                passes=generator.random((stages, size)) < 0.8,
                interview=interview,
                booked=booked,
            )
        )
    return panels, generator.integers(0, 6, (weeks, stages, lanes)), works


def one_lane(work: CandidateWork, lane: int) -> CandidateWork:
    here = work.lane == lane
    return CandidateWork(
        applicants=work.applicants[lane : lane + 1],
        lane=np.zeros(int(here.sum()), dtype=np.int64),
        apply=work.apply[here],
        deadline=work.deadline[here],
        delay=work.delay[:, here],
        passes=work.passes[:, here],
        interview=work.interview[:, lane : lane + 1],
        booked=work.booked[:, lane : lane + 1],
    )


def funnel_in_simpy(panels, interviewers, works, lane) -> list[HiringWeek]:
    env = simpy.Environment()
    funnel, told = told_by_events.HiringFunnel(env, panels), []
    for week, work in enumerate(works):
        funnel.open_week(one_lane(work, lane), interviewers[week][:, lane : lane + 1])
        env.run(until=(week + 1) * WEEK)
        told.append(funnel.close_week())
    return told


@given(funnels())
def test_a_funnel_in_lanes_is_the_simpy_funnel(case):
    """Candidates who apply, are ready, interviewed and out of patience at the same ticks."""
    panels, interviewers, works = case
    lanes = interviewers.shape[2]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weekly, "TICKS_PER_WEEK", WEEK)
        patch.setattr(told_by_lanes, "TICKS_PER_WEEK", WEEK)
        funnel = told_by_lanes.HiringFunnel(lanes, panels, len(works))
        told = [funnel.advance(week, work, interviewers[week]) for week, work in enumerate(works)]
    for lane in range(lanes):
        expected = funnel_in_simpy(panels, interviewers, works, lane)
        for week, alone in zip(told, expected, strict=True):
            assert week.finalists[lane] == alone.finalists[0]
            assert week.withdrawals[lane] == alone.withdrawals[0]
            rows = week.interviews[week.interviews[:, 0] == lane]
            np.testing.assert_array_equal(rows[:, 1:], alone.interviews[:, 1:])
