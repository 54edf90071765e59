"""Run every scenario as often as asked, over processes, and gather the results in order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from os import cpu_count

import polars as pl

from simulator.engines.drive import BlockTask, run_block
from simulator.outlook import Outlook
from simulator.scenario.quantity import Quantity
from simulator.scenario.resolve import canonical_json, scenario_of
from simulator.scenario.root import Scenario
from simulator.study.frames import actions_frame, latencies_frame, pooled_latencies, weeks_frame
from simulator.study.outlook import outlook_of
from simulator.study.window_size import window_size
from simulator.study.workers import in_processes

Progress = Callable[[int, int], None]
"""Called with the runs done and the runs in all."""
RUNS_PER_BLOCK = {"events": 1}


@dataclass(frozen=True, kw_only=True)
class StudyResult:
    """What a study found, in the order of scenario, run and week."""

    weeks: pl.DataFrame
    latencies: pl.DataFrame
    actions: pl.DataFrame
    recommendation_input: Outlook


def simulate_study(
    scenarios: Sequence[Scenario[Quantity]],
    *,
    runs: int,
    requests: int | None,
    seed: int,
    progress: Progress,
    engine: str = "events",
    workers: int | None = None,
) -> StudyResult:
    """Simulate ``runs`` runs of each scenario; run i is the same whatever is simulated beside it.

    Args:
        scenarios: in the order in which they will be shown.
        runs: of each, at least 1.
        requests: in each window; None takes what the scenario or the rule of ``window_size`` says.
        seed: of all randomness.
        progress: called as runs are done.
        engine: ``events``.
        workers: processes; None takes one for each core, 1 none but this one.
    """
    tasks = [
        BlockTask(
            resolved=canonical_json(scenario),
            seed=seed,
            runs=range(first, min(first + RUNS_PER_BLOCK[engine], runs)),
            requests=requests if requests is not None else window_size(scenario, engine),
            engine=engine,
        )
        for scenario in scenarios
        for first in range(0, runs, RUNS_PER_BLOCK[engine])
    ]
    done: dict[int, Computed] = {}
    progress(0, runs * len(scenarios))
    finished = 0
    for index, computed in _computed(tasks, workers):
        done[index] = computed
        finished += len(tasks[index].runs)
        progress(finished, runs * len(scenarios))
    ordered = [done[index] for index in range(len(tasks))]
    actions = pl.concat([computed.actions for computed in ordered])
    return StudyResult(
        weeks=pl.concat([computed.weeks for computed in ordered]),
        latencies=pooled_latencies([computed.latencies for computed in ordered]),
        actions=actions,
        recommendation_input=outlook_of(scenarios, seed=seed, runs=range(runs), actions=actions),
    )


@dataclass(frozen=True, kw_only=True)
class Computed:
    """The frames of one block."""

    weeks: pl.DataFrame
    latencies: pl.DataFrame
    actions: pl.DataFrame


def compute(task: BlockTask) -> Computed:
    """Simulate one block."""
    block = run_block(task)
    name = scenario_of(task.resolved).scenario.name
    return Computed(
        weeks=weeks_frame(name, task.runs, block),
        latencies=latencies_frame(name, block),
        actions=actions_frame(name, task.runs, block),
    )


def _computed(tasks: Sequence[BlockTask], workers: int | None) -> Iterator[tuple[int, Computed]]:
    processes = min(workers or cpu_count() or 1, len(tasks))
    if processes == 1:
        for index, task in enumerate(tasks):
            yield index, compute(task)
        return
    yield from in_processes(compute, tasks, processes)
