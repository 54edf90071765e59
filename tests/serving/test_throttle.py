"""How much of a copy a throttle holds back, by what its chunks and the writes leave of the appliers."""

import numpy as np
import pytest

from simulator.serving.throttle import held_share
from tests.serving.hour.queues import Queue, stations

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
    """P(lag > L) = e^(-(1 - ρ) L / s) of an M/M/1, which the copy does not load."""
    expected = np.exp(-(1 - load) * 0.05 / WORK_S)
    np.testing.assert_allclose(held(load, limit_s=0.05, copied=0.0), expected, rtol=0.05)


def test_what_is_let_through_leaves_the_lag_that_lets_it_through():
    """Source and target at once: f = (1 - p)², p = e^(-(1 - ρ - f k) L / s), to the law's exponentials."""
    load, copied, limit_s = 0.5, 0.4, 0.2
    let = 1 - held(load, limit_s=limit_s, copied=copied)
    late = np.exp(-(1 - load - let * copied) * limit_s / WORK_S)
    np.testing.assert_allclose(let, (1 - late) ** 2, rtol=0.05)


def test_more_patience_and_less_copy_are_held_less():
    by_limit = [held(0.7, limit_s=limit, copied=0.3)[0] for limit in (0.05, 0.2, 1.0)]
    by_copy = [held(0.7, limit_s=0.2, copied=copied)[0] for copied in (0.05, 0.2, 0.6)]
    assert by_limit == sorted(by_limit, reverse=True)
    assert by_copy == sorted(by_copy)
