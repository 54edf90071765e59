"""A study is estimated before it is begun: requests, time, memory and disk."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.engines.drive import REQUESTS_AT_ONCE
from simulator.mechanisms.all import MECHANISMS
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.serving.demand.traffic import WINDOWS
from simulator.sizing.window_size import window_size
from simulator.study.calibration import NOMINAL, Calibration
from simulator.study.jobs import LANES_PER_BLOCK
from simulator.units import weeks_of

EVENT_S = 25e-6
"""The reference engine takes this time for a request on the machine on which lanes take ``LANES_S``."""
LANES_S = 1.2e-7
BEGIN_S, PROCESS_S, SCENARIO_S = 1.0, 0.6, 0.4
"""A command, each further process, and the files of each scenario take these times where a week takes its
nominal time: reading, writing and drawing are as slow as the machine is."""
SLOWEST = 3.0
"""Largest factor by which those times are taken to be longer."""
KNEE_FACTOR = 2.0
"""Requests of the knee's search and of the curve over those of the curve."""
SPREAD = 1.5
"""Factor between the estimate and either end of its range, as machines have other things to do."""
PROCESS_BYTES, REQUEST_BYTES = 160 << 20, 400
"""The libraries, and a request that is under way, take this memory."""
RUN_WEEK_BYTES, RUN_WEEK_DISK_BYTES, REPORT_BYTES = 2_000, 1_000, 500_000
"""A run's week takes this memory when it is summed up, and this disk; a scenario's reports take the last."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """The time, memory and disk that a study is expected to take."""

    requests: int
    expected_s: float
    low_s: float
    high_s: float
    memory_bytes: int
    disk_bytes: int


def estimate(  # noqa: PLR0913 a study is its inputs and how it is computed
    scenarios: Sequence[Scenario[Quantity]],
    *,
    unserved: Sequence[Scenario[Quantity]] = (),
    runs: int,
    served: int | None = None,
    requests: int | None,
    engine: str,
    workers: int,
    block: int | None,
    machine: Calibration,
) -> Estimate:
    """Estimate a study of ``runs`` runs of each scenario over ``workers`` processes.

    The first ``served`` of them, or all, have their requests simulated. ``unserved`` are simulated without
    requests, one after the other, and are not kept.
    """
    weeks = [weeks_of(scenario.scenario.horizon_months) for scenario in scenarios]
    run_weeks = [runs * count for count in weeks]
    with_requests = runs if served is None else min(served, runs)
    sizes = [requests or window_size(scenario, engine) for scenario in scenarios]
    simulated = [with_requests * of * len(WINDOWS) * size for of, size in zip(weeks, sizes, strict=True)]
    width = min(block or LANES_PER_BLOCK, -(-runs // workers)) if engine == "lanes" else 1
    blocks = len(scenarios) * -(-runs // width)
    processes = max(min(workers, blocks), 1)
    work_s = math.fsum(
        weeks * (machine.week_s / width + machine.lane_week_s) + count * _request_s(scenario, engine, machine)
        for scenario, weeks, count in zip(scenarios, run_weeks, simulated, strict=True)
    )
    unserved_weeks = sum(runs * weeks_of(scenario.scenario.horizon_months) for scenario in unserved)
    work_s += unserved_weeks * (machine.week_s / width + machine.lane_week_s)
    begin_s = BEGIN_S + (PROCESS_S * processes if processes > 1 else 0.0) + SCENARIO_S * len(scenarios)
    expected_s = begin_s * _slowness(machine) + work_s / processes
    under_way = max(*sizes, min(REQUESTS_AT_ONCE, width * max(sizes))) * len(WINDOWS)
    return Estimate(
        requests=sum(simulated),
        expected_s=expected_s,
        low_s=expected_s / SPREAD,
        high_s=expected_s * SPREAD,
        memory_bytes=(processes + 1) * PROCESS_BYTES
        + processes * under_way * REQUEST_BYTES
        + max(run_weeks) * RUN_WEEK_BYTES,
        disk_bytes=sum(run_weeks) * RUN_WEEK_DISK_BYTES + len(scenarios) * REPORT_BYTES,
    )


def load_test_estimate(
    scenario: Scenario[Quantity], *, requests: int, at_once: int, engine: str, machine: Calibration
) -> Estimate:
    """Estimate a load test of so many requests in all, ``at_once`` of them at a time, its knee included."""
    expected_s = BEGIN_S * _slowness(machine) + KNEE_FACTOR * requests * _request_s(scenario, engine, machine)
    return Estimate(
        requests=requests,
        expected_s=expected_s,
        low_s=expected_s / SPREAD,
        high_s=expected_s * SPREAD,
        memory_bytes=PROCESS_BYTES + at_once * REQUEST_BYTES,
        disk_bytes=0,
    )


def _slowness(machine: Calibration) -> float:
    """Give a machine's time for a week over the nominal one; a busy machine seems slower than it is."""
    return min(max(machine.week_s / NOMINAL.week_s, 1.0), SLOWEST)


def _request_s(scenario: Scenario[Quantity], engine: str, machine: Calibration) -> float:
    """A request's seconds by the engine and by what the database's calls wait for, as measured of each."""
    if engine == "events":
        return EVENT_S * machine.request_s / LANES_S
    database = scenario.database
    if database.reads.policy == "least_outstanding":
        return 15 * machine.request_s
    slower = [mechanism.slower for mechanism in MECHANISMS if mechanism.asked_by(scenario)]
    if scenario.service.database_connections is not None:
        slower.append(4.0)
    if scenario.zones is not None and scenario.zones.round_trip_ms is not None:
        slower.append(4.0)
    several = (database.scatter_gather, database.lookup_index)
    if any(part is not None for part in several) or database.replication.mode != "asynchronous":
        slower.append(2.0)
    return machine.request_s * max(slower, default=1.0)
