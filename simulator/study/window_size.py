"""How many requests a window needs to outlast the memory of its slowest station."""

import math

from simulator.queueing.laws.mmc import relaxation_time
from simulator.scenario.fleet import node_work_ms, read_ms_today
from simulator.scenario.quantity import Quantity, central
from simulator.scenario.root import Scenario
from simulator.scenario.sizing import MonthLoad, sizing_table
from simulator.units import MS_PER_S

RELAXATIONS = 25
"""Twenty to measure after five of warm-up."""
LEAST = 4_096
HIGHEST_LOAD = 0.85
"""Beyond it the relaxation time grows past any window that can be afforded."""
REFERENCE_REQUESTS = 512
"""The reference engine pays some 25 µs a request: a short window, and the report says how short."""


def window_size(scenario: Scenario[Quantity], engine: str) -> int:
    """Requests in each window of a scenario: its own figure, or the rule at its planned load.

    The rule: ``RELAXATIONS`` times the longest relaxation time of a month's stations at the peak hour
    (Abate and Whitt, 1987), between ``LEAST`` and the scenario's limit.
    """
    if scenario.windows.requests is not None:
        return scenario.windows.requests
    if engine == "events":
        return REFERENCE_REQUESTS
    read_ms = read_ms_today(scenario)
    needed = max(_requests_needed(scenario, row, read_ms) for row in sizing_table(scenario))
    return min(max(math.ceil(needed), LEAST), scenario.windows.requests_limit)


def _requests_needed(scenario: Scenario[Quantity], row: MonthLoad, read_ms: float) -> float:
    """Requests that arrive at the month's peak while its slowest station forgets often enough."""
    fleet, write_share = row.fleet, central(scenario.database.write_share)
    primary_ms, _ = node_work_ms(scenario, fleet, read_ms)
    calls = write_share + (1 - write_share) * (1 - fleet.hit_share) / (1 + fleet.read_replicas)
    stations = [(row.offered_service_share, fleet.workers, fleet.demand_ms / MS_PER_S)]
    if calls > 0:
        stations.append((row.offered_primary_share, fleet.cores, primary_ms / calls / MS_PER_S))
    memory_s = max(
        relaxation_time(
            arrival_rate=min(load, HIGHEST_LOAD) * servers / service_s,
            service_mean=service_s,
            n_servers=servers,
        )
        for load, servers, service_s in stations
    )
    return RELAXATIONS * memory_s * row.rate_peak_per_s
