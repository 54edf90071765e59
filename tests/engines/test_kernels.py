"""The lanes' kernels against the same rules told tick by tick, and against the SimPy station.

Everything happens within a few ticks, so that arrivals, departures, deadlines and changes of capacity
fall together all the time.
"""

from collections import deque
from dataclasses import replace

import numpy as np
import pytest
import simpy
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.company import Setting, first_state, open_week
from simulator.draws.requests import draw_requests
from simulator.draws.streams import Streams
from simulator.engines.events import hiring as told_by_events
from simulator.engines.events.moment import Moment
from simulator.engines.events.station import Station
from simulator.engines.lanes import hiring as told_by_lanes
from simulator.engines.lanes import kernels, weekly
from simulator.engines.lanes.service import serve
from simulator.engines.lanes.streams import Stream, in_order
from simulator.engines.lanes.weekly import Waiting, WeeklyStation
from simulator.people.process import CandidateWork, HiringWeek
from simulator.queueing.order import DEPARTURE, Outcome, Rank
from simulator.serving.window.work import work_of
from tests.simulated import company

FOREVER = 10**6
"""Ticks; longer than anything here takes."""
WEEK = 6
"""Ticks of a week, in place of some 10^12."""

# --- a sweep over the jobs is the same as a walk through the ticks ---------------------------------------


def tick_by_tick(
    arrive: list[int], service: list[int], servers: int, *, room: int = FOREVER, patience: int = FOREVER
) -> tuple[list[int], list[Outcome]]:
    """One station by the letter of ``queueing.order``, from departures to give-ups."""
    start, outcome = [0] * len(arrive), [Outcome.UNDER_WAY] * len(arrive)
    busy: list[int] = []
    queue: deque[int] = deque()

    def serve(tick: int) -> None:
        while queue and len(busy) < servers:
            job = queue.popleft()
            start[job], outcome[job] = tick, Outcome.SERVED
            busy.append(tick + service[job])

    tick = 0
    while Outcome.UNDER_WAY in outcome:
        busy = [end for end in busy if end > tick]
        serve(tick)
        for job in [job for job, at in enumerate(arrive) if at == tick]:
            if len(busy) >= servers and len(queue) >= room:
                outcome[job] = Outcome.TURNED_AWAY
            else:
                queue.append(job)
                serve(tick)
        for job in [job for job in queue if arrive[job] + patience == tick]:
            queue.remove(job)
            outcome[job] = Outcome.GAVE_UP
        tick += 1
    return start, outcome


@st.composite
def stations(draw: st.DrawFn) -> list[tuple[list[int], list[int]]]:
    """Arrivals and services of a few lanes, some of them empty."""
    lanes = draw(st.integers(1, 4))
    found = []
    for _ in range(lanes):
        jobs = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 7)), max_size=24))
        gaps, services = zip(*jobs, strict=True) if jobs else ((), ())
        found.append((np.cumsum(gaps, dtype=np.int64).tolist(), list(services)))
    return found


def padded(lanes: list[list[int]], filler: int) -> np.ndarray:
    """Columns of equal length, at least of one row."""
    matrix = np.full((max(1, *map(len, lanes)), len(lanes)), filler, dtype=np.int64)
    for column, values in zip(matrix.T, lanes, strict=True):
        column[: len(values)] = values
    return matrix


def matrices(lanes: list[tuple[list[int], list[int]]]) -> tuple[np.ndarray, np.ndarray]:
    arrive = padded([arrive for arrive, _ in lanes], int(kernels.FAR))
    return arrive, padded([service for _, service in lanes], 1)


@given(stations(), st.integers(1, 5), st.sampled_from([1, 2, kernels.LANES_AT_ONCE]))
def test_starts_are_those_of_a_walk_through_the_ticks(lanes, servers, at_once):
    arrive, service = matrices(lanes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernels, "LANES_AT_ONCE", at_once)
        start = kernels.starts(arrive, service, servers)
        in_place = arrive.copy()
        np.testing.assert_array_equal(kernels.starts(in_place, service, servers, out=in_place), start)
    for lane, (arrivals, services) in enumerate(lanes):
        expected, _ = tick_by_tick(arrivals, services, servers)
        assert start[: len(expected), lane].tolist() == expected


@given(stations(), st.integers(1, 4), st.integers(0, 3), st.lists(st.integers(0, 6), min_size=4, max_size=4))
@example([([0, 0, 0], [3, 3, 3])], 1, 0, [0] * 4)  # no room: one is served, two are turned away
@example([([0, 1, 3], [3, 3, 3])], 1, 1, [2] * 4)  # a start at the deadline, and room that a start frees
@example(
    [([0, 1, 3], [9, 3, 3])], 1, 1, [2] * 4
)  # at tick 3 the second gives up, after the third was turned away
def test_outcomes_are_those_of_a_walk_through_the_ticks(lanes, servers, room, patience):
    arrive, service = matrices(lanes)
    start, outcome = kernels.outcomes(
        arrive, service, servers, room=room, patience=np.array(patience[: len(lanes)])
    )
    for lane, (arrivals, services) in enumerate(lanes):
        expected_start, expected = tick_by_tick(
            arrivals, services, servers, room=room, patience=patience[lane]
        )
        told = outcome[: len(expected), lane]
        assert told.tolist() == expected
        served = told == Outcome.SERVED
        np.testing.assert_array_equal(
            start[: len(expected), lane][served], np.array(expected_start, dtype=np.int64)[served]
        )


def test_the_examples_do_what_they_say():
    """The walk itself, on cases whose answer can be told in the head."""
    served, away, gave_up = Outcome.SERVED, Outcome.TURNED_AWAY, Outcome.GAVE_UP
    assert tick_by_tick([0, 0, 0], [3, 3, 3], 1, room=0)[1] == [served, away, away]
    assert tick_by_tick([0, 1, 3], [3, 3, 3], 1, room=1, patience=2)[0][:2] == [0, 3]
    assert tick_by_tick([0, 1, 3], [3, 3, 3], 1, room=1, patience=2)[1] == [served, served, gave_up]
    assert tick_by_tick([0, 1, 3], [9, 3, 3], 1, room=1, patience=2)[1] == [served, gave_up, away]


# --- streams ---------------------------------------------------------------------------------------------


@st.composite
def flat_jobs(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Station, tick and place of jobs in any order; no place twice."""
    jobs = draw(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=40))
    at = draw(st.permutations(range(len(jobs))))
    station, tick = np.array(jobs, dtype=np.int64).reshape(-1, 2).T
    return station, tick, np.array(at, dtype=np.int64)


@given(flat_jobs())
def test_one_packed_key_sorts_like_three(jobs):
    """Where the key has not bits enough, the slower sort gives the same order."""
    station, tick, at = jobs
    packed = in_order(station, tick, at)
    late = np.int64(1) << 61
    by_three = in_order(station, tick + late, at)
    for field in ("station", "at"):
        np.testing.assert_array_equal(getattr(by_three, field), getattr(packed, field))
    np.testing.assert_array_equal(by_three.arrive - late, packed.arrive)
    expected = sorted(zip(station.tolist(), tick.tolist(), at.tolist(), strict=True))
    assert list(zip(packed.station, packed.arrive, packed.at, strict=True)) == expected


@given(flat_jobs(), st.lists(st.integers(1, 3), min_size=6, max_size=6))
def test_stations_of_different_sizes_are_swept_apart(jobs, servers):
    stream = in_order(*jobs)
    service = 1 + (stream.at * 7) % 5
    start = Stream.start(stream, service, np.array(servers))
    for station in np.unique(stream.station):
        here = stream.station == station
        expected, _ = tick_by_tick(stream.arrive[here].tolist(), service[here].tolist(), servers[station])
        assert start[here].tolist() == expected


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


# --- cells side by side ------------------------------------------------------------------------------------


def test_what_pads_the_lanes_of_few_turns_makes_no_queue_of_its_own(monkeypatch):
    """Cells of many replicas beside cells of few: served as each alone, and nobody found a queue full."""
    setting = Setting.of(company({}), Streams(1, range(3)))
    opened = open_week(setting, first_state(setting), 0)
    load = replace(opened.load, replicas=np.tile([40, 79], 3), queue_room=1)
    draws = draw_requests(
        setting.streams, 0, windows=2, requests=600, service_shape="exponential", query_shape="exponential"
    )
    work = work_of(draws, load)
    monkeypatch.setattr(kernels, "_with_limits", lambda *_, **__: pytest.fail("a limit was thought to bind"))
    together = serve(work, load)
    for cell in range(6):
        alone = serve(work.of(slice(cell, cell + 1)), load.of(slice(cell, cell + 1)))
        for name, values in vars(alone).items():
            np.testing.assert_array_equal(getattr(together, name)[cell], values[0])
