"""A window is short where its slowest station would need longer to forget how it began."""

import numpy as np

from simulator.company import Setting, first_state, open_week
from simulator.draws.streams import Streams
from simulator.queueing.laws.mmc import relaxation_time
from simulator.serving.traffic import PEAK
from simulator.serving.window_memory import window_is_short
from tests.simulated import company


def test_twenty_relaxation_times_of_the_slowest_station_are_wanted():
    setting = Setting.of(company({"demand.growth_share_month_sd": 0.0}), Streams(1, range(1)))
    opened = open_week(setting, first_state(setting), 0)
    rate = opened.traffic.rate_per_s[PEAK]
    calm = {tier: np.full(1, 0.6) for tier in ("service", "primary", "replica")}
    calm["shard"] = np.full((2, 1), 0.6)
    offered = type(opened.offered)(**calm)
    stations = (
        (float(opened.topology.service_ticks[0]) / 1e6, setting.inputs.service.workers),
        (float(opened.topology.write_ticks[0]) / 1e6, int(opened.topology.cores[0])),
    )
    memory_s = max(
        relaxation_time(arrival_rate=0.6 * servers / work_s, service_mean=work_s, n_servers=servers)
        for work_s, servers in stations
    )
    enough = 20 * memory_s * float(rate[0]) / (1 - setting.inputs.windows.warmup_share)

    def short(requests: float, tiers: object) -> bool:
        return bool(
            window_is_short(setting.inputs, opened.topology, tiers, rate_per_s=rate, requests=int(requests))[
                0
            ]
        )

    assert short(0.95 * enough, offered)
    assert not short(1.05 * enough, offered)
    assert short(1e9, type(offered)(**calm | {"primary": np.full(1, 0.9)}))
