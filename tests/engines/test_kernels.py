"""The lanes' kernels against the same rules told tick by tick.

Everything happens within a few ticks, so that arrivals, departures and deadlines fall together all the time.
"""

from collections import deque
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.company import Setting, first_state, open_week
from simulator.draws.requests import draw_requests
from simulator.draws.streams import Streams
from simulator.engines.lanes import kernels
from simulator.engines.lanes.service import serve
from simulator.engines.lanes.streams import Stream, in_order
from simulator.queueing.order import Outcome
from simulator.serving.window.work import work_of
from tests.simulated import company

FOREVER = 10**6
"""Ticks; longer than anything here takes."""

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
