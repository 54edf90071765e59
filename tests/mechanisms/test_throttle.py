"""How much of a copy a throttle holds back, by what its chunks and the writes leave of the appliers."""

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
LANES = 3


def held(load: float, *, limit_s: float, copied: float) -> np.ndarray:
    """One source that is its own only target among those that serve, as M/M/1."""
    one = np.ones((1, LANES))
    return held_share(
        stations(LANES, Queue(servers=1, work_s=WORK_S)),
        np.full(LANES, load / WORK_S),
        limit_s=np.full(LANES, limit_s),
        sends=one.astype(np.bool_),
        inflow=one * (copied > 0),
        copied=one * copied,
    )


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


def test_what_is_let_through_leaves_the_lag_that_lets_it_through():
    """Source and target at once: f = (1 - p)², p = ρ' e^(-(1 - ρ') L / s) at ρ' = ρ + f k."""
    load, copied, limit_s = 0.5, 0.4, 0.2
    let = 1 - held(load, limit_s=limit_s, copied=copied)
    both = load + let * copied
    late = both * np.exp(-(1 - both) * limit_s / WORK_S)
    np.testing.assert_allclose(let, (1 - late) ** 2, rtol=1e-4)


def test_more_patience_and_less_copy_are_held_less():
    by_limit = [held(0.7, limit_s=limit, copied=0.3)[0] for limit in (0.05, 0.2, 1.0)]
    by_copy = [held(0.7, limit_s=0.2, copied=copied)[0] for copied in (0.05, 0.2, 0.6)]
    assert by_limit == sorted(by_limit, reverse=True)
    assert by_copy == sorted(by_copy)


@pytest.mark.parametrize(("limit_ms", "close"), [(100.0, 0.12), (200.0, 0.05)])
def test_the_law_is_near_what_windows_hold_back_below_saturation(limit_ms, close):
    """The example of resharding with one applier and a slower copy: on the safe side, by a few points.

    A chunk takes always the same and is shorter than a write; the law takes it for as long and as varied,
    which tells where the limit is two or three writes.
    """
    runs = 4
    given = {
        "scenario.horizon_months": 1,
        "plan[0].month": 1,
        "plan[0].lead_weeks": 0.0,
        "windows.warmup_share": 0.0,
        "database.replication": {"appliers": 1},
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
    assert 0.003 < measured.mean() < law.mean() < measured.mean() + close
