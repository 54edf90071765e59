"""The engines are one model on companies and topologies that nobody thought of."""

from dataclasses import fields, replace

import numpy as np
import pytest
import simpy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.draws.requests import draw_requests
from simulator.draws.streams import Streams
from simulator.engines.agreement import compare_engines
from simulator.engines.events.requests import Window
from simulator.engines.events.told import collect
from simulator.engines.lanes.requests import serve_windows
from simulator.serving.window.served import BY_REQUEST, Applies, Served
from simulator.serving.window.work import CellLoad, work_of
from tests.engines.agreement.hours import hours_told_once
from tests.engines.agreement.random_scenarios import (
    A_FEW_TICKS,
    A_REAL_COMPANY,
    A_SLOW_COMPANY,
    cell_loads,
    scenarios,
)

SEEDS = st.integers(0, 2**31)
RUNS = st.sampled_from([1, 1, 1, 2])
"""Two take four times as long as one; ``test_blocks`` has more lanes that must not touch each other."""
REQUESTS = 48
"""In each window of a company; with 64 no broken rule was seen that is not seen with these."""


def examples(count: int) -> settings:
    return settings(
        max_examples=count, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
    )


@pytest.mark.parametrize(
    ("slower", "count"),
    [
        pytest.param(A_FEW_TICKS, 36, id="full of ties"),
        pytest.param(A_REAL_COMPANY, 12, id="as real"),
        pytest.param(A_SLOW_COMPANY, 12, id="slow"),
    ],
)
def test_the_engines_agree_on_random_companies(slower, count):
    @examples(count)
    @given(scenarios(slower), SEEDS, RUNS)
    def agree(scenario, seed, runs):
        hours.clear()
        found = compare_engines(scenario, seed=seed, runs=range(runs), requests=REQUESTS)
        assert found.difference is None, str(found.difference)

    with hours_told_once() as hours:
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
