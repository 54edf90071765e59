"""A window is short where its slowest station would need longer to forget how it began."""

from dataclasses import replace

import numpy as np
import pytest

from simulator.company import Setting, first_state, open_week
from simulator.draws.streams import Streams
from simulator.queueing.laws.mmc import relaxation_time
from simulator.serving.demand.traffic import PEAK
from simulator.serving.window.memory import requests_needed, window_is_short
from tests.simulated import company

OPENED = {"demand.growth_share_month_sd": 0.0}


def loaded(service: float, shard: list[float], overrides: dict | None = None):
    """The first week of the base company, its tiers offered as much as this."""
    setting = Setting.of(company(OPENED | (overrides or {})), Streams(1, range(1)))
    opened = open_week(setting, first_state(setting), 0)
    offered = replace(
        opened.offered,
        service=np.array([service]),
        primary=np.array([max(shard)]),
        replica=np.zeros(1),
        shard=np.array(shard)[:, np.newaxis],
    )
    return setting.inputs, opened.topology, offered, opened.traffic.rate_per_s[PEAK]


def asked(service: float, shard: list[float], overrides: dict | None = None) -> float:
    inputs, topology, offered, rate = loaded(service, shard, overrides)
    return float(requests_needed(inputs, topology, offered, rate_per_s=rate)[0])


def test_twenty_relaxation_times_of_the_slowest_station_are_wanted():
    inputs, topology, offered, rate = loaded(0.6, [0.6, 0.6])
    stations = (
        (float(topology.service_ticks[0]) / 1e6, inputs.service.workers),
        (float(topology.write_ticks[0]) / 1e6, int(topology.cores[0])),
    )
    memory_s = max(
        relaxation_time(arrival_rate=0.6 * servers / work_s, service_mean=work_s, n_servers=servers)
        for work_s, servers in stations
    )
    enough = 20 * memory_s * float(rate[0]) / (1 - inputs.windows.warmup_share)
    assert asked(0.6, [0.6, 0.6]) == pytest.approx(enough)

    def short(requests: float, tiers: object) -> bool:
        return window_is_short(inputs, topology, tiers, rate_per_s=rate, requests=int(requests)).item()

    assert short(0.95 * enough, offered)
    assert not short(1.05 * enough, offered)
    assert short(1e9, replace(offered, primary=np.full(1, 0.9)))


def test_the_hottest_shard_decides():
    """One of two shards at 80 % asks for as much as both of them at 80 %, and more than both at 60 %."""
    assert asked(0.1, [0.8, 0.4]) == asked(0.1, [0.8, 0.8]) > asked(0.1, [0.6, 0.6])


def test_the_longer_of_both_calls_counts():
    """A write of half a read's work: the read is what a node remembers."""
    half, twice = ({"database.read_ms": 20.0, "database.write_cost_ratio": ratio} for ratio in (0.5, 2.0))
    assert asked(0.1, [0.8], twice) == pytest.approx(2 * asked(0.1, [0.8], half))
