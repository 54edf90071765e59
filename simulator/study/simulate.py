"""Run every scenario as often as asked, and gather the results in an order that nothing changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from simulator.draws.streams import Sampling
from simulator.engines.calendar import GROUP
from simulator.engines.drive import YARDSTICKS
from simulator.outlook import Outlook
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.resolve import scenario_hash
from simulator.scenario.root import Scenario
from simulator.sizing.window_size import window_size
from simulator.study.frames import group_runs
from simulator.study.gathering import Gathering
from simulator.study.jobs import How, jobs_of
from simulator.study.outlook import outlook_of
from simulator.study.store import Group, MemoryStore, Store
from simulator.study.workers import MakeExecutor, computed, cores
from simulator.study.yardsticks import Known, Yardsticks

Progress = Callable[[int, int], None]
"""Called with the runs done and the runs in all."""


@dataclass(frozen=True, kw_only=True)
class StudyResult:
    """A study found these tables, in the order of scenario, run and week."""

    weeks: pl.DataFrame | pl.LazyFrame
    """The weeks of a store in files are read as they are needed."""
    latencies: pl.DataFrame
    actions: pl.DataFrame
    shards: pl.DataFrame
    recommendation_input: Outlook | None


def simulate_study(  # noqa: PLR0913 a study is its inputs and how it is computed
    scenarios: Sequence[Scenario[Quantity]],
    *,
    runs: int,
    requests: int | None,
    seed: int,
    engine: str = "lanes",
    store: Store | None = None,
    progress: Progress = lambda _done, _total: None,
    workers: int | None = None,
    block: int | None = None,
    make_executor: MakeExecutor | None = None,
    outlook: bool = True,
    served: int | None = None,
    known: Known | None = None,
    sampling: Sampling = "random",
) -> StudyResult:
    """Simulate ``runs`` runs of each scenario; run i is the same whatever is simulated beside it.

    Args:
        scenarios: in the order in which they will be shown.
        runs: of each scenario, at least 1.
        requests: in each window; None takes what the scenario or the rule of ``window_size`` says.
        seed: of all randomness.
        engine: ``lanes`` or ``events``.
        store: keeps each group of 64 runs once it is whole, and may have some; None keeps them in memory.
        progress: called as runs are done.
        workers: processes; None takes one for each core, 1 none but this one.
        block: runs that are computed at once; None takes a wide block, or the worker's share of the runs.
        make_executor: another executor than a pool of processes.
        outlook: whether every action is held against every demand path, which takes the square of the
            number of scenarios.
        served: how many runs, from the first, have their requests simulated; None for all. The others have
            every figure but latencies and what is measured of servers, and the same as with requests.
        known: keeps the companies that scenarios are held against for other studies of the same seed, engine
            and runs.
        sampling: how what a run has once is drawn, see ``draws.streams``.
    """
    store = store or MemoryStore()
    groups = [group for index in range(len(scenarios)) for group in groups_of(index, runs)]
    missing = [group for group in groups if not store.has(group)]
    total = runs * len(scenarios)
    done = total - sum(len(of) for _, of in missing)
    progress(done, total)
    yardsticks = [Yardsticks(scenarios, yardstick, known) for yardstick in YARDSTICKS]
    gathering = Gathering(store, yardsticks, runs)
    jobs = jobs_of(
        scenarios,
        missing,
        yardsticks=yardsticks,
        lengths=[
            None if served == 0 else requests or window_size(scenario, engine) for scenario in scenarios
        ],
        served=runs if served is None else served,
        how=How(seed=seed, sampling=sampling, engine=engine, block=block, workers=workers or cores()),
    )
    for job, found in computed(jobs, workers, make_executor):
        gathering.add(job.scenario, found)
        done += len(job.task.runs) if job.task.yardstick is None else 0
        progress(done, total)
    actions = store.actions(groups)
    return StudyResult(
        weeks=store.weeks(groups),
        latencies=store.latencies(groups),
        actions=actions,
        shards=store.shards(groups),
        recommendation_input=outlook_of(
            scenarios, seed=seed, sampling=sampling, runs=range(runs), actions=actions
        )
        if outlook
        else None,
    )


def groups_of(scenario: int, runs: int) -> list[Group]:
    """The groups in which a study keeps the runs of one of its scenarios."""
    return [(scenario, group_runs(group, runs)) for group in range(-(-runs // GROUP))]


def study_key(
    scenarios: Sequence[Scenario[Quantity]],
    *,
    requests: int | None,
    seed: int,
    engine: str,
    served: int | None = None,
    sampling: Sampling = "random",
) -> dict[str, object]:
    """Give the key that tells studies apart; the number of runs does not, as run i is always the same."""
    return {
        "scenarios": [scenario_hash(scenario) for scenario in scenarios],
        "requests": [requests or window_size(scenario, engine) for scenario in scenarios],
        "seed": seed,
        "engine": engine,
        "served": served,
        "sampling": sampling,
    }
