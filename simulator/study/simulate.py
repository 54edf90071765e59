"""Run every scenario as often as asked, and gather the results in an order that nothing changes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from simulator.engines.calendar import GROUP
from simulator.engines.drive import BlockTask
from simulator.outlook import Outlook
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.resolve import canonical_json, scenario_hash
from simulator.scenario.root import Scenario
from simulator.serving.demand.traffic import WINDOWS
from simulator.sizing.window_size import window_size
from simulator.study.frames import Piece, group_runs, joined
from simulator.study.outlook import outlook_of
from simulator.study.pace import Job
from simulator.study.store import Group, MemoryStore, Store
from simulator.study.workers import MakeExecutor, computed, cores
from simulator.units import weeks_of

Progress = Callable[[int, int], None]
"""Called with the runs done and the runs in all."""
LANES_PER_BLOCK = 320
"""Wide enough for hiring, work and money to take little time a run, and their results little memory."""

WEEK_IN_REQUESTS = 2_000
"""Whose time a run's week takes beside its requests, about."""
BLOCKS_PER_WORKER = 4
"""Few enough for wide blocks, and enough for the workers to end at about the same time."""


@dataclass(frozen=True, kw_only=True)
class StudyResult:
    """What a study found, in the order of scenario, run and week."""

    weeks: pl.DataFrame | pl.LazyFrame
    """Of a store in files it is read as it is needed."""
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
    """
    store = store or MemoryStore()
    groups = [group for index in range(len(scenarios)) for group in groups_of(index, runs)]
    missing = [group for group in groups if not store.has(group)]
    total = runs * len(scenarios)
    done = total - sum(len(of) for _, of in missing)
    progress(done, total)
    gathered: dict[Group, list[Piece]] = {}
    jobs = _jobs(
        scenarios,
        missing,
        lengths=[
            None if served == 0 else requests or window_size(scenario, engine) for scenario in scenarios
        ],
        served=runs if served is None else served,
        seed=seed,
        engine=engine,
        block=block,
        workers=workers,
    )
    for job, pieces in computed(jobs, workers, make_executor):
        for piece in pieces:
            group = (job.scenario, group_runs(piece.group, runs))
            gathered.setdefault(group, []).append(piece)
            if sum(len(part.runs) for part in gathered[group]) == len(group[1]):
                store.save(group, joined(gathered.pop(group)))
        done += len(job.task.runs)
        progress(done, total)
    actions = store.actions(groups)
    return StudyResult(
        weeks=store.weeks(groups),
        latencies=store.latencies(groups),
        actions=actions,
        shards=store.shards(groups),
        recommendation_input=outlook_of(scenarios, seed=seed, runs=range(runs), actions=actions)
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
) -> dict[str, object]:
    """What tells a study from another; the number of runs does not, as run i is always the same."""
    return {
        "scenarios": [scenario_hash(scenario) for scenario in scenarios],
        "requests": [requests or window_size(scenario, engine) for scenario in scenarios],
        "seed": seed,
        "engine": engine,
        "served": served,
    }


def _jobs(
    scenarios: Sequence[Scenario[Quantity]],
    missing: Sequence[tuple[int, range]],
    *,
    lengths: Sequence[int | None],
    served: int,
    seed: int,
    engine: str,
    block: int | None,
    workers: int | None,
) -> list[Job]:
    """Cut the missing runs of each scenario into blocks, whose borders need not be those of groups.

    The longest come first: what is done last, by one worker while the others wait, is short.
    """
    jobs = []
    all_missing = sum(len(runs) for _, runs in missing)
    for index, scenario in enumerate(scenarios):
        length, resolved = lengths[index], canonical_json(scenario)
        runs_missing = sum(len(runs) for owner, runs in missing if owner == index)
        size = block or _block_size(engine, runs_missing, all_missing, workers or cores())
        for span in _spans([runs for owner, runs in missing if owner == index]):
            for part, asked in _served_first(span, served, length):
                for first in range(part.start, part.stop, size):
                    task = BlockTask(
                        resolved=resolved,
                        seed=seed,
                        runs=range(first, min(first + size, part.stop)),
                        requests=asked,
                        engine=engine,
                    )
                    jobs.append(Job(scenario=index, requests_run=requests_run(scenario, asked), task=task))
    return sorted(jobs, key=lambda job: -job.requests_run * len(job.task.runs))


def requests_run(scenario: Scenario[Quantity], requests: int | None) -> int:
    """Requests of one run of a scenario, which its time goes with; without any what its weeks are worth."""
    a_week = WEEK_IN_REQUESTS if requests is None else len(WINDOWS) * requests
    return weeks_of(scenario.scenario.horizon_months) * a_week


def _spans(groups: Sequence[range]) -> list[range]:
    """Neighbouring groups as one span."""
    spans: list[range] = []
    for runs in groups:
        if spans and spans[-1].stop == runs.start:
            spans[-1] = range(spans[-1].start, runs.stop)
        else:
            spans.append(runs)
    return spans


def _served_first(span: range, served: int, requests: int | None) -> Iterator[tuple[range, int | None]]:
    """Yield the runs of a span whose requests are simulated, with how many, and those without any."""
    end = min(max(served, span.start), span.stop)
    for part, asked in ((range(span.start, end), requests), (range(end, span.stop), None)):
        if part:
            yield part, asked


def _block_size(engine: str, missing: int, all_missing: int, workers: int) -> int:
    """Runs of a block: one for the event engine, a wide block for lanes but as many for every worker.

    Where other scenarios keep the workers busy, a scenario need not be cut for every one of them.
    """
    if engine == "events":
        return 1
    cut = 1 if BLOCKS_PER_WORKER * workers * missing <= all_missing else workers
    rounds = -(-missing // (cut * LANES_PER_BLOCK))
    return -(-missing // (cut * max(rounds, 1))) or 1
