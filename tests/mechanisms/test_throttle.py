"""How much of a copy a throttle holds back, by what its chunks and the writes leave of the appliers."""

import heapq

import numpy as np
import pytest

from simulator.company import Setting
from simulator.draws.streams import Streams
from simulator.engines.calendar import simulate_weeks
from simulator.engines.drive import ENGINES
from simulator.mechanisms.resharding.throttle import held_share
from simulator.scenario.reading.load import load_scenario
from simulator.units import HOURS_PER_WEEK
from tests.serving.hour.queues import Queue, stations
from tests.simulated import SCENARIOS

WORK_S = 0.02
CHUNK_S = 0.01
LANES = 3


def held(load: float, *, limit_s: float, copied: float, servers: int = 1) -> np.ndarray:
    """One source that is its own only target among those that serve, as M/M/1."""
    one = np.ones((1, LANES))
    return held_share(
        stations(LANES, Queue(servers=servers, work_s=WORK_S)),
        np.full(LANES, load * servers / WORK_S),
        limit_s=np.full(LANES, limit_s),
        sends=one.astype(np.bool_),
        inflow=one * (copied > 0),
        copied=one * copied,
        chunk_s=np.full(LANES, CHUNK_S),
    )


def behind(load: float, *, limit_s: float, copied: float, servers: int, seconds: float = 10_000.0) -> float:
    """How often the oldest write that is not applied is older, of appliers simulated one by one."""
    random = np.random.default_rng(3)
    writes = np.cumsum(
        random.standard_exponential(int(load * servers / WORK_S * seconds)) * WORK_S / load / servers
    )
    chunks = np.arange(0.0, writes[-1], CHUNK_S / copied / servers)
    come = np.concatenate([writes, chunks])
    work = np.concatenate([random.standard_exponential(len(writes)) * WORK_S, np.full(len(chunks), CHUNK_S)])
    order = np.argsort(come, kind="stable")
    free, ends = [0.0] * servers, np.empty(len(come))
    for job in order.tolist():
        ends[job] = max(heapq.heappop(free), come[job]) + work[job]
        heapq.heappush(free, ends[job])
    last = np.maximum.accumulate(ends[: len(writes)])
    seen = random.uniform(limit_s + 10.0, writes[-1], 100_000)
    return float((last[np.searchsorted(writes, seen - limit_s) - 1] > seen).mean())


def test_nothing_is_held_of_a_copy_beside_idle_appliers():
    np.testing.assert_allclose(held(1e-6, limit_s=1.0, copied=0.0), 0.0, atol=1e-6)


def test_all_is_held_while_appliers_are_full_of_writes():
    np.testing.assert_allclose(held(1.0, limit_s=1.0, copied=0.5), 1.0, atol=1e-6)
    np.testing.assert_allclose(held(1.4, limit_s=1.0, copied=0.5), 1.0, atol=1e-6)


@pytest.mark.parametrize("load", [0.3, 0.6, 0.9])
def test_a_copy_to_a_new_shard_is_held_as_the_source_lags(load):
    """The oldest write of an M/M/1 is older than L with ρ e^(-(1 - ρ) L / s); the copy does not load it."""
    expected = load * np.exp(-(1 - load) * 0.05 / WORK_S)
    np.testing.assert_allclose(held(load, limit_s=0.05, copied=0.0), expected, rtol=1e-5)


@pytest.mark.parametrize(("servers", "close"), [(1, 0.01), (4, 0.06)])
@pytest.mark.parametrize(("load", "copied"), [(0.2, 0.2), (0.5, 0.3), (0.3, 0.6)])
@pytest.mark.parametrize("limit_s", [0.03, 0.06, 0.12])
def test_what_is_let_through_leaves_the_lag_that_lets_it_through(load, copied, limit_s, servers, close):
    """Source and target at once: f = (1 - p)², p of appliers that do f of the copy beside the writes.

    One applier is told to a point, several to a few, as they do know of each other.
    """
    let = 1 - held(load, limit_s=limit_s, copied=copied, servers=servers)[0]
    late = behind(load, limit_s=limit_s, copied=copied * let, servers=servers)
    assert let == pytest.approx((1 - late) ** 2, abs=close)


def test_more_patience_and_less_copy_are_held_less():
    by_limit = [held(0.7, limit_s=limit, copied=0.3)[0] for limit in (0.05, 0.2, 1.0)]
    by_copy = [held(0.7, limit_s=0.2, copied=copied)[0] for copied in (0.05, 0.2, 0.6)]
    assert by_limit == sorted(by_limit, reverse=True)
    assert by_copy == sorted(by_copy)


@pytest.mark.parametrize("appliers", [1, 4])
@pytest.mark.parametrize("limit_ms", [50.0, 100.0, 200.0])
def test_the_law_is_near_what_windows_hold_back_below_saturation(limit_ms, appliers):
    """The example of resharding with a slower copy, a limit of one to five writes."""
    runs = 8
    given = {
        "scenario.horizon_months": 1,
        "plan[0].month": 1,
        "plan[0].lead_weeks": 0.0,
        "windows.warmup_share": 0.0,
        "database.replication": {"appliers": appliers},
        "database.resharding.copy_mb_per_s": 20.0,
        "database.resharding.throttle_lag_ms": limit_ms,
    }
    scenario = load_scenario(SCENARIOS / "examples" / "resharding.toml", given)
    setting = Setting.of(scenario, Streams(1, range(runs)))
    week = next(
        week
        for week in simulate_weeks(setting, ENGINES["lanes"](setting), requests=4_096)
        if (week.columns["resharding_hours"] > 0).all()
    )
    assert not week.columns["saturated"].any()
    cell, held_back = week.work.chunks.cell, week.told.served.copy.held
    came = np.bincount(cell, minlength=2 * runs)
    share = (np.bincount(cell, held_back, minlength=2 * runs) / came).reshape(runs, 2)
    measured = (7 * share[:, 0] + (HOURS_PER_WEEK - 7) * share[:, 1]) / HOURS_PER_WEEK
    law = week.columns["resharding_throttled_share"]
    assert law.mean() == pytest.approx(measured.mean(), abs=0.015)
