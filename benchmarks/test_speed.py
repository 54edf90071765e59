"""Speed of kernels, mechanisms and whole blocks, for pytest-benchmark.

Everywhere else these are run once, to see that they run; ``--benchmark-enable`` measures.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from simulator.company import OpenedWeek, Setting, first_state, open_week
from simulator.draws.requests import RequestDraws, draw_requests
from simulator.draws.streams import Streams
from simulator.engines.drive import BlockTask, run_block
from simulator.engines.lanes.kernels import outcomes, starts
from simulator.engines.lanes.requests import serve_windows
from simulator.engines.lanes.service import serve
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.resolve import canonical_json
from simulator.serving.demand.traffic import WINDOWS
from simulator.serving.measured.window import Measured, measure
from simulator.serving.window.served import Served
from simulator.serving.window.work import RequestWork, work_of

SCENARIO = load_scenario(Path(__file__).parents[1] / "scenarios" / "conservative.toml")
RUNS, REQUESTS = 16, 512
CELLS = RUNS * len(WINDOWS)
JOBS, LANES = 200, 1_000


@pytest.fixture(scope="module")
def setting() -> Setting:
    return Setting.of(SCENARIO, Streams(1, range(RUNS)))


@pytest.fixture(scope="module")
def opened(setting: Setting) -> OpenedWeek:
    return open_week(setting, first_state(setting), 0)


def drawn(setting: Setting) -> RequestDraws:
    return draw_requests(
        setting.streams,
        0,
        windows=len(WINDOWS),
        requests=REQUESTS,
        service_shape=SCENARIO.service.distribution,
        query_shape=SCENARIO.database.distribution,
    )


@pytest.fixture(scope="module")
def work(setting: Setting, opened: OpenedWeek) -> RequestWork:
    return work_of(drawn(setting), opened.load)


def measured(work: RequestWork, opened: OpenedWeek, served: Served) -> Measured:
    return measure(
        work,
        opened.load,
        served,
        warmup=REQUESTS // 5,
        fixed_ticks=np.zeros(CELLS, dtype=np.int64),
        deadline_ticks=np.full(CELLS, 1_000_000),
        background_error_share=np.zeros(CELLS),
    )


def times(servers: int) -> tuple[np.ndarray, np.ndarray]:
    """Arrivals and services, (j, l), of stations that are busy four fifths of the time."""
    streams = Streams(1, range(LANES))
    gap = streams.draw("gap", "exponential", JOBS).T * 1_000
    service = streams.draw("service", "exponential", JOBS).T * 800 * servers
    return np.cumsum(gap, axis=0).astype(np.int64), service.astype(np.int64) + 1


@pytest.mark.parametrize("servers", [1, 4, 8])
def test_kernel(benchmark, servers):
    arrive, service = times(servers)
    assert (benchmark(starts, arrive, service, servers) >= arrive).all()


def test_kernel_with_limits(benchmark):
    arrive, service = times(4)
    patience = np.full(LANES, 5_000)
    _, outcome = benchmark(outcomes, arrive, service, 4, room=8, patience=patience)
    assert len(np.unique(outcome)) == 3


def test_draws(benchmark, setting):
    assert benchmark(drawn, setting).gap.shape == (CELLS, REQUESTS)


def test_work(benchmark, setting, opened):
    draws = drawn(setting)
    assert (benchmark(work_of, draws, opened.load).service >= 1).all()


def test_service_tier(benchmark, work, opened):
    assert benchmark(serve, work, opened.load).start.shape == (CELLS, REQUESTS)


def test_service_and_database(benchmark, work, opened):
    assert benchmark(serve_windows, work, opened.load).back.any()


def test_measure(benchmark, work, opened):
    found = benchmark(measured, work, opened, serve_windows(work, opened.load))
    assert (found.latency_ms[95] >= found.latency_ms[50]).all()


def test_week(benchmark, setting):
    def week() -> Measured:
        begins = open_week(setting, first_state(setting), 0)
        asked = work_of(drawn(setting), begins.load)
        return measured(asked, begins, serve_windows(asked, begins.load))

    assert benchmark(week).latency_bins.shape[0] == CELLS


@pytest.mark.parametrize("engine", ["lanes", "events"])
def test_block_of_runs(benchmark, engine):
    runs = {"lanes": 4, "events": 1}[engine]
    task = BlockTask(resolved=canonical_json(SCENARIO), seed=1, runs=range(runs), requests=64, engine=engine)
    assert benchmark.pedantic(run_block, args=(task,)).columns["users"].shape[1] == runs


@pytest.mark.parametrize(
    ("command", "found"),
    [
        ("peers", "plain SimPy"),
        ("mechanisms", "whole path"),
        pytest.param("scale", "one worker", marks=pytest.mark.slow),
    ],
)
def test_command(command, found, tmp_path):
    folder = Path(__file__).parent
    subprocess.run(
        [sys.executable, folder / f"{command}.py", "--quick", "--output", tmp_path],
        env=os.environ | {"PYTHONPATH": str(folder.parent)},
        check=True,
        capture_output=True,
    )
    assert found in (tmp_path / f"{command}.md").read_text()
    assert "circumstances" in json.loads((tmp_path / f"{command}.json").read_text())
