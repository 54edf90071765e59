"""The two engines are one model: every value the same to the last bit, and any broken rule is seen.

Agreement would be worth little if the comparison could not fail. So every clause of the order within a tick
and of the capacity rule (``simulator/queueing/order.py``) is broken once, in one engine alone, on a
company in which it matters.
"""

import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from functools import cache
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
import simpy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.company import Setting
from simulator.draws.requests import draw_requests
from simulator.draws.streams import Streams
from simulator.engines.agreement import compare_engines
from simulator.engines.calendar import SimulatedWeek, simulate_weeks
from simulator.engines.drive import ENGINES
from simulator.engines.events import database as events_database
from simulator.engines.events import router, station
from simulator.engines.events.requests import Window
from simulator.engines.events.told import collect
from simulator.engines.lanes import database, feedback, kernels, least_outstanding, weekly
from simulator.engines.lanes.requests import serve_windows
from simulator.engines.lanes.streams import Stream
from simulator.engines.side_by_side import latencies, pairs_of_week
from simulator.queueing.order import ADMISSION, CAPACITY, GIVE_UP, ROUTE, START, Rank
from simulator.scenario.load import load_scenario
from simulator.serving.served import BY_REQUEST, Applies, Served
from simulator.serving.work import CellLoad, work_of
from simulator.units import weeks_of
from tests.engines.random_scenarios import (
    A_FEW_TICKS,
    A_REAL_COMPANY,
    LONGER_THAN_A_WEEK,
    cell_loads,
    scenarios,
)
from tests.simulated import SCENARIOS, block_of, company

SHIPPED = sorted(
    file
    for file in SCENARIOS.rglob("*.toml")
    if "[scenario]" in file.read_text(encoding="utf-8").splitlines()
)
SEEDS = st.integers(0, 2**31)

Patch = pytest.MonkeyPatch


def examples(count: int) -> settings:
    return settings(
        max_examples=count, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
    )


# --- they agree ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: str(file.relative_to(SCENARIOS)))
def test_the_engines_agree_on_every_shipped_scenario(file):
    """Whole horizons in short windows."""
    scenario, runs, requests = load_scenario(file), range(1, 3), 64
    steps: list[tuple[int, int]] = []
    found = compare_engines(
        scenario, seed=7, runs=runs, requests=requests, progress=lambda *step: steps.append(step)
    )
    assert found.difference is None, str(found.difference)
    weeks = weeks_of(scenario.scenario.horizon_months)
    # Six values of each request in two windows, and the weekly columns, with those of standing still.
    columns = 40
    assert found.values > weeks * len(runs) * (6 * 2 * requests + 2 * columns)
    assert steps == [(done, 2 * weeks) for done in range(1, 2 * weeks + 1)]


@pytest.mark.parametrize(
    ("slower", "count"),
    [
        pytest.param(A_FEW_TICKS, 140, id="full of ties"),
        pytest.param(A_REAL_COMPANY, 30, id="as real"),
        pytest.param(LONGER_THAN_A_WEEK, 30, id="cut by the week"),
    ],
)
def test_the_engines_agree_on_random_companies(slower, count):
    @examples(count)
    @given(scenarios(slower), SEEDS, st.sampled_from([64, 96]), st.integers(1, 2))
    def agree(scenario, seed, requests, runs):
        found = compare_engines(scenario, seed=seed, runs=range(runs), requests=requests)
        assert found.difference is None, str(found.difference)

    agree()


@examples(200)
@given(st.data(), SEEDS, st.integers(1, 2), st.integers(64, 100))
def test_the_engines_agree_on_random_topologies(data, seed, lanes, requests):
    """Requests alone: cells with replicas, shards and cores of their own, side by side."""
    load = data.draw(cell_loads(2 * lanes))
    draws = draw_requests(
        Streams(seed, range(lanes)),
        3,
        windows=2,
        requests=requests,
        service_shape="exponential",
        query_shape="exponential",
        parts=load.calling.parts(int(load.shards.max())),
    )
    load = unmixed(load)
    work = work_of(draws, load)
    env = simpy.Environment()
    windows = [Window(env, work, load, cell) for cell in range(2 * lanes)]
    env.run()
    assert_served_alike(serve_windows(work, load), collect(windows))


def unmixed(load: CellLoad) -> CellLoad:
    """What is called plain has no rules of its own."""
    if not load.calling.is_plain:
        return load
    return replace(
        load, calling=replace(load.calling, policy="round_robin", mode="asynchronous", zones=1, connections=0)
    )


def assert_served_alike(lanes: Served, events: Served) -> None:
    for name in BY_REQUEST:
        np.testing.assert_array_equal(getattr(lanes, name), getattr(events, name), err_msg=name)
    for name in vars(lanes.calls):
        np.testing.assert_array_equal(getattr(lanes.calls, name), getattr(events.calls, name), err_msg=name)
    np.testing.assert_array_equal(applied(lanes.applies), applied(events.applies))


def applied(applies: Applies) -> np.ndarray:
    """Rows in order of cell, job and replica."""
    rows = np.stack([getattr(applies, field.name) for field in fields(Applies)], axis=1)
    return rows[np.lexsort(rows[:, :3].T[::-1])]


# --- they are two ----------------------------------------------------------------------------------------


def test_neither_engine_borrows_the_answer_of_the_other(monkeypatch):
    """Every request takes at least one step of a SimPy environment; in lanes there is no such step."""
    steps, step = [0], simpy.Environment.step

    def counted(env: simpy.Environment) -> None:
        steps[0] += 1
        step(env)

    monkeypatch.setattr(simpy.Environment, "step", counted)
    scenario, requests = company({"scenario.horizon_months": 1}), 64
    block_of(scenario, range(2), requests=requests, engine="lanes")
    assert steps == [0]
    block_of(scenario, range(1), requests=requests, engine="events")
    assert steps[0] >= weeks_of(1) * 2 * requests


def test_a_run_is_the_same_in_ten_and_in_a_hundred():
    """The first and the last run of the smaller block, and the last of the larger, against each alone."""
    scenario = crowded_funnel(months=2)
    stages = tuple(stage.name for stage in scenario.hiring.stages)

    def weeks(runs: range) -> list[SimulatedWeek]:
        setting = Setting.of(scenario, Streams(3, runs))
        return list(simulate_weeks(setting, ENGINES["lanes"](setting), requests=64))

    blocks = {10: weeks(range(10)), 100: weeks(range(100))}
    for run, sizes in ((0, (10, 100)), (9, (10, 100)), (99, (100,))):
        alone = weeks(range(run, run + 1))
        for size in sizes:
            for block_week, alone_week in zip(blocks[size], alone, strict=True):
                for pair in pairs_of_week(block_week, run, alone_week, stages):
                    at = pair.first_difference()
                    assert at is None, (run, size, block_week.opened.week, pair.place(*at))


def test_windows_served_a_few_lanes_at_a_time_are_the_same():
    """What bounds the memory of a wide block moves nothing in it."""
    scenario = crowded_funnel(months=2)
    whole, parts = (
        list(simulate_weeks(setting, ENGINES["lanes"](setting), requests=64, lanes_at_once=at_once))
        for setting, at_once in [(Setting.of(scenario, Streams(3, range(10))), size) for size in (None, 3)]
    )
    for week, in_parts in zip(whole, parts, strict=True):
        assert in_parts.told.served is None  # it is not kept
        np.testing.assert_array_equal(in_parts.latency_counts, week.latency_counts)
        for name, values in week.columns.items():
            np.testing.assert_array_equal(in_parts.columns[name], values, err_msg=name)


# --- nothing is left out ---------------------------------------------------------------------------------


def otherwise(values: np.ndarray, at: Any) -> np.ndarray:
    """The same but for one value, which is moved as little as it can be."""
    moved = values.copy()
    if values.dtype == np.float64:
        moved[at] = np.nextafter(values[at], np.inf)
    else:
        moved[at] = ~values[at] if values.dtype == np.bool_ else values[at] + 1
    return moved


def told_otherwise(week: SimulatedWeek) -> Iterator[tuple[str, SimulatedWeek]]:
    """The week with one value moved, for each kind of value in it."""
    told, served = week.told, week.told.served
    assert served is not None
    applies, hiring = served.applies, told.hiring
    for name in BY_REQUEST:
        changed = replace(served, **{name: otherwise(getattr(served, name), (-1, -1))})
        yield name, replace(week, told=replace(told, served=changed))
    for name, values in vars(served.calls).items():
        changed = replace(served, calls=replace(served.calls, **{name: otherwise(values, -1)}))
        yield f"calls {name}", replace(week, told=replace(told, served=changed))
    for name in (field.name for field in fields(Applies)):
        changed = replace(served, applies=replace(applies, **{name: otherwise(getattr(applies, name), 0)}))
        yield f"applies {name}", replace(week, told=replace(told, served=changed))
    for rows in (slice(1, None), np.append(0, np.arange(len(applies.cell)))):
        some = Applies(**{field.name: getattr(applies, field.name)[rows] for field in fields(Applies)})
        yield f"applies {rows}", replace(week, told=replace(told, served=replace(served, applies=some)))
    for name, at in [("finalists", 0), ("withdrawals", 0), *(("interviews", (-1, of)) for of in range(1, 5))]:
        changed = replace(hiring, **{name: otherwise(getattr(hiring, name), at)})
        yield f"{name} {at}", replace(week, told=replace(told, hiring=changed))
    yield "ramp_week", replace(week, told=replace(told, ramp_week=otherwise(told.ramp_week, (0, 0))))
    in_place = otherwise(week.opened.in_place, (0, 0))
    yield "in_place", replace(week, opened=replace(week.opened, in_place=in_place))
    for name, values in week.columns.items():
        yield name, replace(week, columns=week.columns | {name: otherwise(values, 0)})


def test_every_single_value_counts():
    """Whatever is moved by one tick, one person or the last bit of a float is found."""
    action = {"month": 1, "lead_weeks": 0.0, "person_days": 0.0, "cost_eur": 1.0}
    scenario = crowded_funnel(months=2, plan=({"action": "add_read_replicas", "count": 1} | action,))
    stages = tuple(stage.name for stage in scenario.hiring.stages)

    def last_week(engine: str) -> SimulatedWeek:
        setting = Setting.of(scenario, Streams(1, range(1)))
        return list(simulate_weeks(setting, ENGINES[engine](setting), requests=64))[-1]

    lanes, events = last_week("lanes"), last_week("events")

    def differences(week: SimulatedWeek) -> list[str]:
        pairs = pairs_of_week(week, 0, events, stages)
        return [pair.place(*at)[0] for pair in pairs if (at := pair.first_difference()) is not None]

    assert differences(lanes) == []
    for name, week in told_otherwise(lanes):
        assert len(differences(week)) == 1, name
    assert latencies(lanes.latency_counts, events.latency_counts).first_difference() is None
    for column in range(1, 4):
        moved = otherwise(lanes.latency_counts, (-1, column))
        assert latencies(moved, events.latency_counts).first_difference() is not None


# --- and a broken rule is seen ---------------------------------------------------------------------------

TICKS: dict[str, Any] = {
    "scenario.horizon_months": 1,
    "demand.users": 3e5,  # one request a user and second; in the peak hour three, which is one a tick
    "demand.active_users_share_day": 1.0,
    "demand.requests_per_active_user_day": 86_400.0,
    "demand.peak_factor": 3.0,
    "service.autoscaling.replicas_min": 1,
    "cache.hit_share": 0.2,
    "database.read_replicas": 2,
    "database.write_share": 0.4,
    "database.read_ms": 0.003,
    "database.write_cost_ratio": 1.0,
    "database.apply_cost_ratio": 1.0,
}
"""A company whose requests take a few ticks, and come as often."""


@cache
def impatient_service():
    """One worker a replica, one place to wait, and two ticks of patience."""
    return company(
        TICKS
        | {
            "service.replicas": 2,
            "service.workers": 1,
            "service.autoscaling.replicas_max": 3,
            "service.demand_ms": 0.004,
            "service.queue_room": 1,
            "service.patience_ms": 0.002,
        }
    )


@cache
def service_without_queue():
    """A request finds an idle worker or is turned away."""
    return company(
        TICKS | {"service.autoscaling.replicas_max": 3, "service.demand_ms": 0.004, "service.queue_room": 0}
    )


@cache
def busy_database():
    """One shard whose copies hardly keep up, behind a service that turns nobody away."""
    return company(
        TICKS
        | {
            "service.replicas": 4,
            "service.autoscaling.replicas_max": 4,
            "service.demand_ms": 0.004,
            "service.distribution": "deterministic",
            "cache.hit_share": 0.0,
            "database.shards": 1,
            "database.read_replicas": 1,
            "database.write_share": 0.3,
        }
    )


def calls(**rules: Any):
    """Two shards with a copy each, and rules of how they are called."""
    database = {f"database.{name}": rule for name, rule in rules.items() if name != "connections"}
    return company(
        TICKS
        | {
            "service.replicas": 4,
            "service.autoscaling.replicas_max": 4,
            "service.demand_ms": 0.004,
            "service.distribution": "deterministic",
            "service.database_connections": rules.get("connections"),
            "cache.hit_share": 0.0,
            "database.shards": 2,
            "database.read_replicas": 1,
            "database.write_share": 0.3,
        }
        | database
    )


@cache
def bound_reads():
    """Half of the reads go to the primary, the others by turns."""
    return calls(reads={"own_writes_window_ms": 1_000.0, "own_writes_per_s": 0.7})


@cache
def reads_where_fewest_are():
    """Nodes with equally many reads in progress, most of the time."""
    return calls(reads={"policy": "least_outstanding"})


@cache
def few_connections():
    """One for each replica, held until every copy of a write is applied."""
    return calls(connections=1, replication={"mode": "synchronous", "acknowledge_ms": 0.002})


@cache
def some_connections():
    """Some requests find one, others get one that comes free, and all of these take turns at the nodes."""
    return calls(connections=3, shards=1, read_replicas=2, write_share=0.1)


@cache
def locked_rows():
    """Writes of one shard and of both, of which many want the same row."""
    commit = {"protocol": "two_phase_commit", "share": 0.5, "shards": 2}
    costs = {"prepare_cost_ratio": 1.0, "commit_cost_ratio": 1.0}
    return calls(cross_shard_writes=commit | costs | {"locks": 3})


def crowded_funnel(months: int = 3, plan: tuple[dict[str, Any], ...] = ()):
    """Interviews of exactly a week and mentoring of two, and a team that changes every week."""
    talk: dict[str, Any] = {
        "name": "first talk",
        "pass_share": 0.8,
        "delay_days": 0.0,
        "interviewers": 1,
        "interviewers_per_experienced": 0.2,
        "interview_hours": 0.5,
        "hours_week": 8.0,
        "panel": 1,
        "developers": True,
    }
    week = {"name": "trial week", "interviewers": 0, "interviewers_per_experienced": 0.4}
    return company(
        {
            "scenario.horizon_months": months,
            "plan": list(plan),
            "team.developers": 8,
            "team.tenure_weeks_mean": 10.0,
            "hiring.headcount_added": 15,
            "hiring.lead_weeks": 8,
            "hiring.applications_week": 30.0,
            "hiring.patience_weeks": 2.0,
            "hiring.notice_weeks_min": 0.0,
            "hiring.notice_weeks_max": 2.0,
            "hiring.stages": [talk, talk | week | {"interview_hours": 8.0}],
            "onboarding.mentoring_weeks": 2.0,
            "onboarding.newcomers_per_experienced": 0.3,
            "attrition.annual_share": 0.9,
            "attrition.first_year_factor": 3.0,
        }
    )


def phase(module: ModuleType, name: str, value: float) -> Callable[[Patch], None]:
    """Let the event engine schedule a phase of the tick elsewhere."""
    return lambda patch: patch.setattr(module, name, value)


def reading(owner: Any, name: str, old: str, new: str) -> Callable[[Patch], None]:
    """Let a function of the lanes engine read otherwise in one place."""

    def rewrite(patch: Patch) -> None:
        function = getattr(owner, name)
        source = textwrap.dedent(inspect.getsource(function))
        assert source.count(old) == 1, f"{name} has {old!r} {source.count(old)} times"
        rewritten: dict[str, Any] = {}
        exec(source.replace(old, new), function.__globals__, rewritten)
        patch.setattr(owner, name, rewritten[name])

    return rewrite


def no_index_at_stations(patch: Patch) -> None:
    enter = station.Station.enter
    patch.setattr(station.Station, "enter", lambda self, _job, *visit: enter(self, 0, *visit))


def no_index_at_routers(patch: Patch) -> None:
    route = router.Router.route
    patch.setattr(router.Router, "route", lambda self, _job: route(self, 0))


def gates_after_routers(patch: Patch) -> None:
    begin = station.Station.__init__

    def late(self: station.Station, *of: Any, gate: bool = False, **more: Any) -> None:
        del gate
        begin(self, *of, **more)

    patch.setattr(station.Station, "__init__", late)


def highest_index_at_locks(patch: Patch) -> None:
    enter = station.Station.enter

    def backwards(self: station.Station, job: int, *visit: Any) -> station.Visit:
        return enter(self, -job if self._admission == ROUTE + Rank.LOCK else job, *visit)

    patch.setattr(station.Station, "enter", backwards)


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


def servers_drop_their_work(patch: Patch) -> None:
    """A server that goes forgets the job it has, which no longer counts."""
    set_servers = station.Station.set_servers

    def dropping(self: station.Station, servers: int) -> None:
        def drop(_: simpy.Event) -> None:
            self.busy = min(self.busy, servers)

        set_servers(self, servers)
        station.Moment(self.env, 0, CAPACITY).callbacks.append(drop)

    patch.setattr(station.Station, "set_servers", dropping)


def weekly_starts(change: Callable[..., tuple[Any, ...]]) -> Callable[[Patch], None]:
    """Let the lanes' weekly station begin a week with something else than it should."""

    def rewrite(patch: Patch) -> None:
        starts = weekly.WeeklyStation._starts
        patch.setattr(weekly.WeeklyStation, "_starts", lambda self, *week: starts(self, *change(self, *week)))

    return rewrite


def still_busy_at_the_change(
    self: weekly.WeeklyStation, jobs: Any, servers: np.ndarray, opens: int, closes: int
) -> tuple[Any, ...]:
    """Who departs at the tick of the change is counted as busy by it."""
    self._free[self._free == opens] += 1
    return jobs, servers, opens, closes


def closed_with_infinity(
    self: weekly.WeeklyStation, jobs: Any, servers: np.ndarray, opens: int, closes: int
) -> tuple[Any, ...]:
    """Servers have names: the busiest are marked closed, as if there were no work left in them."""
    self._make_room(int(servers.max(initial=0)))
    level = np.arange(len(self._free))[:, np.newaxis]
    self._free = np.where(level < servers, self._free, kernels.FAR)
    self._free = np.where((level < servers) & (self._free == kernels.FAR), opens, self._free)
    return jobs, np.full_like(servers, len(self._free)), opens, closes


LATE = GIVE_UP - 1
WITH_LIMITS = (kernels, "_with_limits")
STARTS = (weekly.WeeklyStation, "_starts")
BROKEN: dict[str, tuple[Callable[[], Any], Callable[[Patch], None]]] = {
    # In the event engine: the order of the tick.
    "events: departures before admissions": (impatient_service, phase(station, "DEPARTURE", LATE)),
    "events: capacity changes before starts": (crowded_funnel, phase(station, "START", CAPACITY - 0.5)),
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
    "events: nor does a newcomer leave who starts at the deadline": (
        crowded_funnel,
        phase(station, "GIVE_UP", START - 0.5),
    ),
    "events: among equals the lower index": (busy_database, no_index_at_stations),
    "events: round robin in order of tick and index": (busy_database, no_index_at_routers),
    "events: a server that goes finishes its work": (crowded_funnel, servers_drop_their_work),
    "events: gates before the routers behind them": (some_connections, gates_after_routers),
    "events: locks in the order of the index": (locked_rows, highest_index_at_locks),
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
    "lanes: nor does a newcomer leave who starts at the deadline": (
        crowded_funnel,
        reading(*STARTS, "begin <= until", "begin < until"),
    ),
    "lanes: among equals the lower index": (busy_database, highest_index_first),
    "lanes: round robin from the primary": (
        busy_database,
        reading(database, "_by_turns", "turn % nodes", "(turn + 1) % nodes"),
    ),
    "lanes: reads that are bound to a node take no turn": (
        bound_reads,
        reading(
            feedback, "sweep", "_by_turns(coming.station, takes_turn,", "_by_turns(coming.station, ~write,"
        ),
    ),
    "lanes: of nodes with as few reads the first": (
        reads_where_fewest_are,
        reading(
            least_outstanding._Steps,
            "step",
            "np.where(self.absent, FAR, outstanding).argmin(axis=0)",
            "len(self.free) - 1 - np.where(self.absent, FAR, outstanding)[::-1].argmin(axis=0)",
        ),
    ),
    "lanes: a connection is held until the answer is back": (
        few_connections,
        reading(feedback._Asking, "coming", "self.back(done, times, at)", "self.back(times.end, times, at)"),
    ),
    "lanes: a synchronous write waits until its copies are applied": (
        few_connections,
        reading(feedback, "_done", "swept.taken_up[at] + asking.calls.apply[at]", "swept.taken_up[at]"),
    ),
    "lanes: a row is locked until its commit is done": (
        locked_rows,
        reading(
            feedback,
            "locks",
            "released[releasing - routes.unlocks[releasing]] = done[releasing]",
            "released[releasing - routes.unlocks[releasing]] = granted[releasing]",
        ),
    ),
    "lanes: departures before capacity changes": (crowded_funnel, weekly_starts(still_busy_at_the_change)),
    "lanes: capacity is a count": (crowded_funnel, weekly_starts(closed_with_infinity)),
    "lanes: a job starts when fewer are busy than there are servers": (
        crowded_funnel,
        reading(*STARTS, "len(self._free) - servers[busy]", "0 * servers[busy]"),
    ),
    "lanes: a start at the next change waits for it": (
        crowded_funnel,
        reading(*STARTS, "begin < closes", "begin <= closes"),
    ),
}
assert ADMISSION + max(Rank) < LATE


@pytest.mark.parametrize(
    "scenario", dict.fromkeys(of for of, _ in BROKEN.values()), ids=lambda of: of.__name__
)
def test_nothing_differs_while_no_rule_is_broken(scenario):
    found = compare_engines(scenario(), seed=1, runs=range(2), requests=128)
    assert found.difference is None, str(found.difference)


@pytest.mark.parametrize("clause", BROKEN)
def test_a_broken_rule_is_seen(clause, monkeypatch):
    scenario, broken = BROKEN[clause]
    broken(monkeypatch)
    found = compare_engines(scenario(), seed=1, runs=range(2), requests=128)
    assert found.difference is not None
    assert found.difference.lanes != found.difference.events
    assert found.difference.place in str(found.difference)
