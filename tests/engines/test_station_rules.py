"""The rules of the SimPy station, tick by tick."""

import pytest
import simpy

from simulator.engines.events.moment import Moment
from simulator.engines.events.router import Router, round_robin
from simulator.engines.events.station import Station, Visit
from simulator.queueing.order import DEPARTURE, Rank
from tests.engines.day import Day


def test_first_come_first_served():
    day = Day(servers=1)
    for job, tick, service in ((0, 5, 10), (1, 7, 2), (2, 6, 3)):
        day.arrives(tick, job, service)
    assert day.ends() == {0: ("SERVED", 5, 15), 2: ("SERVED", 15, 18), 1: ("SERVED", 18, 20)}


def test_of_one_tick_the_lower_job_goes_first_whatever_the_order_of_the_events():
    day = Day(servers=1)
    for job in (3, 1, 2):
        day.arrives(5, job, 4)
    assert day.ends() == {1: ("SERVED", 5, 9), 2: ("SERVED", 9, 13), 3: ("SERVED", 13, 17)}


def test_a_departure_frees_its_server_and_its_room_before_the_arrivals_of_its_tick():
    day = Day(servers=1, room=1)
    day.arrives(0, 0, 10)
    day.arrives(1, 1, 10)  # takes the one place to wait
    day.arrives(9, 2, 10)  # a tick too early
    day.arrives(10, 3, 10)  # job 0 goes, job 1 starts, the place is free
    assert day.ends() == {
        0: ("SERVED", 0, 10),
        1: ("SERVED", 10, 20),
        2: ("TURNED_AWAY", 0, 0),
        3: ("SERVED", 20, 30),
    }


def test_without_room_a_tick_s_arrivals_take_the_free_servers_by_index():
    day = Day(servers=2, room=0)
    for job in (4, 2, 3):
        day.arrives(1, job, 5)
    assert day.ends() == {2: ("SERVED", 1, 6), 3: ("SERVED", 1, 6), 4: ("TURNED_AWAY", 0, 0)}


@pytest.mark.parametrize(
    ("patience", "what_becomes"), [(10, ("SERVED", 10, 13)), (9, ("GAVE_UP", 0, 9)), (0, ("GAVE_UP", 0, 0))]
)
def test_a_start_exactly_at_the_deadline_is_served(patience, what_becomes):
    day = Day(servers=1)
    day.arrives(0, 0, 10)
    day.arrives(0, 1, 3, patience)
    assert day.ends()[1] == what_becomes


def test_patience_ends_with_the_start_and_not_with_the_service():
    day = Day(servers=1)
    day.arrives(0, 0, 100, patience=1)
    assert day.ends() == {0: ("SERVED", 0, 100)}


def test_who_gives_up_leaves_the_place_to_the_next_tick():
    """Give-ups come last in a tick: an arrival of the same tick still finds the room taken."""
    day = Day(servers=1, room=1)
    day.arrives(0, 0, 100)
    day.arrives(0, 1, 1, patience=5)
    day.arrives(5, 2, 1)
    day.arrives(6, 3, 1)
    assert day.ends() == {
        0: ("SERVED", 0, 100),
        1: ("GAVE_UP", 0, 5),
        2: ("TURNED_AWAY", 0, 0),
        3: ("SERVED", 100, 101),
    }


def test_a_server_that_goes_finishes_its_work_and_takes_no_more():
    day = Day(servers=2)
    for job in range(4):
        day.arrives(0, job, 10)
    day.at(5, lambda: day.station.set_servers(1))
    assert day.ends() == {
        0: ("SERVED", 0, 10),
        1: ("SERVED", 0, 10),  # on the server that goes
        2: ("SERVED", 10, 20),
        3: ("SERVED", 20, 30),
    }


def test_a_change_of_capacity_acts_after_the_tick_s_departures_and_before_its_admissions():
    day = Day(servers=1, room=1)
    day.arrives(0, 0, 10)
    day.arrives(0, 1, 10)
    day.at(10, lambda: day.station.set_servers(2))  # job 1 goes to the freed server, the new one is free
    day.arrives(10, 2, 10)
    day.arrives(10, 3, 10)
    day.arrives(10, 4, 10)
    assert day.ends() == {
        0: ("SERVED", 0, 10),
        1: ("SERVED", 10, 20),
        2: ("SERVED", 10, 20),
        3: ("SERVED", 20, 30),
        4: ("TURNED_AWAY", 0, 0),
    }


def test_a_new_server_takes_those_who_wait():
    day = Day(servers=0)
    for job in range(3):
        day.arrives(job, job, 10)
    day.at(7, lambda: day.station.set_servers(2))
    assert day.ends() == {0: ("SERVED", 7, 17), 1: ("SERVED", 7, 17), 2: ("SERVED", 17, 27)}


def test_round_robin_counts_jobs_in_the_order_of_tick_and_index():
    env = simpy.Environment()
    router = Router(env, Rank.SERVICE, round_robin("abc"))
    chosen: dict[int, str] = {}

    def routed(tick: int, job: int):
        yield Moment(env, tick, DEPARTURE)
        chosen[job] = yield router.route(job)

    for tick, job in ((2, 9), (1, 7), (2, 3), (1, 8), (2, 5)):
        env.process(routed(tick, job))
    env.run()
    assert chosen == {7: "a", 8: "b", 3: "c", 5: "a", 9: "b"}


def test_what_is_routed_in_a_tick_is_admitted_in_it():
    """A round trip through router and station takes no time of its own."""
    env = simpy.Environment()
    stations = [Station(env, Rank.SERVICE, servers=1) for _ in range(2)]
    router = Router(env, Rank.SERVICE, round_robin(stations))
    visits: dict[int, Visit] = {}

    def routed(job: int):
        yield Moment(env, 4, DEPARTURE)
        station = yield router.route(job)
        visits[job] = station.enter(job, 3)
        yield visits[job].left

    for job in (2, 1, 0):
        env.process(routed(job))
    env.run()
    assert [(visits[job].start, visits[job].end) for job in range(3)] == [(4, 7), (4, 7), (7, 10)]
