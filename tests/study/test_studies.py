"""A study gives the same bytes however it is computed: by whom, in what blocks, with what interruptions."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from multiprocessing import active_children
from typing import Any

import polars as pl
import pytest

from simulator.engines.drive import BlockTask
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.study import WorkersError
from simulator.study.pace import Job, Pace
from tests.study.short import hashes, study


@pytest.mark.parametrize(
    "how",
    [{"workers": 1, "block": 3}, {"workers": 1, "block": 48}, {"workers": 2, "block": 33}],
    ids=["small blocks", "blocks across groups", "two workers"],
)
def test_same_bytes_whatever_the_blocks_and_workers(
    scenario: Scenario[Quantity], reference: tuple[str, ...], how: dict[str, int]
) -> None:
    assert hashes(study(scenario, **how)) == reference


def test_same_bytes_when_slow_blocks_are_cut(
    scenario: Scenario[Quantity], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the block, a kill loses ten seconds of work, or a group."""
    whole = hashes(study(scenario, runs=200, workers=1, block=200))
    monkeypatch.setattr("simulator.study.pace.REQUEST_S", 1.0)
    monkeypatch.setattr("simulator.study.pace.AT_MOST_S", 1e-6)
    seen: list[int] = []
    cut = study(scenario, runs=200, workers=1, block=200, progress=lambda done, _total: seen.append(done))
    assert hashes(cut) == whole
    assert list(dict.fromkeys(seen)) == [0, 64, 128, 192, 200]
    assert hashes(study(scenario, runs=200, workers=2, block=100)) == whole


def test_the_pace_is_measured() -> None:
    task = BlockTask(resolved="", seed=1, runs=range(10, 400), requests=100, engine="lanes")
    job = Job(scenario=0, requests_run=1_000_000, task=task)
    pace = Pace()
    parts = [len(part.task.runs) if part else 0 for part in pace.cut(job)]
    assert parts == [54, 336]  # the guess: 0.15 s a run, so a group
    pace.measured(job, seconds=390 * 0.04)
    assert [part and part.task.runs for part in pace.cut(job)] == [range(10, 192), range(192, 400)]
    pace.measured(job, seconds=390 * 0.01)
    assert pace.cut(job) == (job, None)
    assert pace.parts([job, job]) == 2


def test_same_bytes_through_another_executor(
    scenario: Scenario[Quantity], reference: tuple[str, ...]
) -> None:
    result = study(scenario, block=20, make_executor=lambda: ThreadPoolExecutor(2))
    assert hashes(result) == reference


def test_same_bytes_by_the_event_engine(scenario: Scenario[Quantity]) -> None:
    lanes, events = (study(scenario, runs=3, engine=engine, workers=1) for engine in ("lanes", "events"))
    assert hashes(lanes) == hashes(events)


def test_a_run_is_the_same_in_a_short_and_in_a_long_study(scenario: Scenario[Quantity]) -> None:
    few, many = (study(scenario, runs=runs, workers=1).weeks.lazy().collect() for runs in (10, 100))
    assert few.equals(many.filter(pl.col("run") < 10))


class _Dying(Executor):
    """Breaks over its first block."""

    def submit(self, _fn: Callable[..., Any], /, *_args: Any, **_kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(BrokenExecutor("killed"))
        return future


def test_a_block_whose_worker_died_is_done_again(
    scenario: Scenario[Quantity], reference: tuple[str, ...]
) -> None:
    executors = iter([_Dying(), ThreadPoolExecutor(1)])
    assert hashes(study(scenario, block=20, make_executor=lambda: next(executors))) == reference


def test_a_real_worker_that_is_killed_is_replaced(
    scenario: Scenario[Quantity], reference: tuple[str, ...]
) -> None:
    killed = []

    def kill_one(done: int, _total: int) -> None:
        if done and not killed:
            victim = active_children()[0]
            os.kill(victim.pid or 0, signal.SIGKILL)
            killed.append(victim)

    assert hashes(study(scenario, workers=2, block=8, progress=kill_one)) == reference
    assert killed


def test_workers_that_die_again_and_again_end_the_study(scenario: Scenario[Quantity]) -> None:
    with pytest.raises(WorkersError, match="died 3 times in a row over runs 0 to 19"):
        study(scenario, block=20, make_executor=_Dying)


def test_same_bytes_when_a_block_is_served_a_few_lanes_at_a_time(
    scenario: Scenario[Quantity], reference: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.engines.drive.REQUESTS_AT_ONCE", 64 * 7)
    assert hashes(study(scenario, workers=1, block=50)) == reference
