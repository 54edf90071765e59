"""Windows of a company whose tiers are given: what serves them, and what became of each request."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simulator.company import Setting, first_state, open_week
from simulator.draws.requests import draw_requests
from simulator.draws.streams import Streams
from simulator.engines.lanes.requests import serve_windows
from simulator.serving.window.served import Served
from simulator.serving.window.work import CellLoad, RequestWork, work_of
from tests.simulated import company

IDLE_SERVICE: dict[str, Any] = {
    "service.replicas": 1,
    "service.workers": 64,
    "service.demand_ms": 0.001,
    "service.distribution": "deterministic",
    "service.queue_room": 100_000,
    "service.patience_ms": 1e9,
    "service.autoscaling.replicas_min": 1,
    "service.autoscaling.replicas_max": 1,
    "cache.hit_share": 0.0,
    "database.connections_max": 1_000,
    "database.popularity_exponent": 0.0,
    "database.observed": None,
}
"""A service that takes no time, so that what is seen is the database's."""

ONE_NODE: dict[str, Any] = {
    "database.shards": 1,
    "database.read_replicas": 0,
    "database.size": "db.m5.large",
    "database.read_ms": 10.0,
    "database.write_share": 0.0,
    "database.write_cost_ratio": 1.0,
    "database.apply_cost_ratio": 1.0,
}
"""Two cores that read in 10 ms."""
FOUR_SHARDS = ONE_NODE | {"database.shards": 4}


@dataclass(frozen=True, kw_only=True)
class Windows:
    """One window a run: (runs, requests)."""

    work: RequestWork
    load: CellLoad
    served: Served


def windows(given: dict[str, Any], *, rate_per_s: float, requests: int, runs: int, seed: int = 1) -> Windows:
    """Serve windows at a rate, by the lanes engine."""
    scenario = company(IDLE_SERVICE | given)
    setting = Setting.of(scenario, Streams(seed, range(runs)))
    opened = open_week(setting, first_state(setting), 0)
    peak = slice(0, None, 2)  # every second cell is the window of the other hours
    load = replace(opened.load.of(peak), rate_per_s=np.full(runs, float(rate_per_s)))
    calling = load.calling
    draws = draw_requests(
        setting.streams,
        0,
        windows=1,
        requests=requests,
        service_shape=scenario.service.distribution,
        query_shape=scenario.database.distribution,
        parts=None if calling.is_plain else calling.parts(int(load.shards.max())),
    )
    work = work_of(draws, load)
    return Windows(work=work, load=load, served=serve_windows(work, load))
