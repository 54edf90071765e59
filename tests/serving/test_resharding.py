"""Data that move to other shards beside live traffic: against their laws, and in both engines."""

from dataclasses import replace

import numpy as np
import simpy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.draws.requests import draw_requests
from simulator.draws.streams import Streams
from simulator.engines.events.requests import Window
from simulator.engines.events.told import collect
from simulator.engines.lanes.requests import serve_windows
from simulator.serving.served import COPY, Served
from simulator.serving.work import CellLoad, RequestWork, work_of
from tests.engines.random_scenarios import cell_loads, copies
from tests.engines.test_agreement import applied, assert_served_alike


def work_for(load: CellLoad, *, requests: int, seed: int = 1) -> RequestWork:
    draws = draw_requests(
        Streams(seed, range(len(load.shards))),
        3,
        windows=1,
        requests=requests,
        service_shape="exponential",
        query_shape="exponential",
        parts=load.calling.parts(int(load.shards.max())),
    )
    return work_of(draws, load)


def by_events(work: RequestWork, load: CellLoad) -> Served:
    env = simpy.Environment()
    windows = [Window(env, work, load, cell) for cell in range(len(load.shards))]
    env.run()
    for window in windows:
        window.close()
    return collect(windows)


def assert_copied_alike(lanes: Served, events: Served) -> None:
    assert_served_alike(lanes, events)
    assert (lanes.copy is None) == (events.copy is None)
    if lanes.copy is not None and events.copy is not None:
        for name in COPY:
            np.testing.assert_array_equal(getattr(lanes.copy, name), getattr(events.copy, name), err_msg=name)
        np.testing.assert_array_equal(applied(lanes.copy.applies), applied(events.copy.applies))


# --- both engines ----------------------------------------------------------------------------------------


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data(), st.integers(0, 2**31), st.integers(1, 4), st.integers(64, 100))
def test_the_engines_agree_on_random_copies(data, seed, cells, requests):
    load = data.draw(cell_loads(cells))
    load = replace(
        load,
        copying=data.draw(copies(load)),
        calling=replace(load.calling, is_plain=False),
    )
    work = work_for(load, requests=requests, seed=seed)
    assert_copied_alike(serve_windows(work, load), by_events(work, load))
