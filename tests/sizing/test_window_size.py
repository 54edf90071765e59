"""The length that a study chooses is the one from which its windows are no longer called short."""

import numpy as np
import pytest

from simulator.company import Setting, first_state, open_week
from simulator.draws.streams import Streams
from simulator.serving.demand.traffic import PEAK
from simulator.serving.window.memory import window_is_short
from simulator.sizing.medians import DRAWS, certain, median_lane
from simulator.sizing.window_size import LEAST, window_size
from tests.simulated import company

CALM = {
    "scenario.horizon_months": 1,
    "demand.users": 620_000,
    "windows.requests_limit": 1_000_000,
    "service.autoscaling.target_utilization_share": 0.5,
}
REGIONS = {"north": 0.55, "south": 0.45}


def is_short(scenario, requests: int) -> bool:
    """By the rule of a run's weeks, in the run whose hottest shard is the median one."""
    setting = Setting.of(certain(scenario), Streams(0, range(DRAWS)))
    opened = open_week(setting, first_state(setting), 0)
    rate = opened.traffic.rate_per_s[PEAK]
    short = window_is_short(
        setting.inputs, opened.topology, opened.offered, rate_per_s=rate, requests=requests
    )
    return bool(short[median_lane(opened.offered)])


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"database.shard_key": "geography", "database.sharding.region_shares": REGIONS},  # a hotter shard
        {"database.reads": {"policy": "primary"}, "database.read_ms": 18.0},
        {"database.write_cost_ratio": 0.5, "database.read_ms": 40.0},  # a read is the longer call
        {"database.apply_cost_ratio": 1.5, "database.read_ms": 20.0},  # replicas are the busier nodes
        {"windows.warmup_share": 0.5},
        {"service.autoscaling.replicas_max": 100, "service.autoscaling.target_utilization_share": 0.8},
    ],
    ids=lambda given: " ".join(given) or "base",
)
def test_a_study_chooses_the_least_that_is_not_short(given):
    scenario = company(CALM | given)
    requests = window_size(scenario, "lanes")
    assert LEAST < requests < 1_000_000
    assert not is_short(scenario, requests)
    assert is_short(scenario, requests - 1)


def test_a_hotter_shard_needs_longer_windows():
    regions = [{"north": share, "south": 1 - share} for share in (0.5, 0.52, 0.55)]
    key = CALM | {"database.shard_key": "geography"}
    sizes = [
        window_size(company(key | {"database.sharding.region_shares": some}), "lanes") for some in regions
    ]
    assert np.all(np.diff(sizes) > 0)
