"""The missing runs of a study cut into blocks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.draws.streams import Sampling
from simulator.engines.drive import BlockTask, Yardstick
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.resolve import canonical_json
from simulator.scenario.root import Scenario
from simulator.serving.demand.traffic import WINDOWS
from simulator.study.pace import Job
from simulator.study.yardsticks import Yardsticks
from simulator.units import weeks_of

LANES_PER_BLOCK = 320
"""Wide enough for hiring, work and money to take little time a run, and their results little memory."""

WEEK_IN_REQUESTS = 2_000
"""Whose time a run's week takes beside its requests, about."""
BLOCKS_PER_WORKER = 4
"""Few enough for wide blocks, and enough for the workers to end at about the same time."""


@dataclass(frozen=True, kw_only=True)
class How:
    """Blocks are computed by these rules."""

    seed: int
    sampling: Sampling
    engine: str
    block: int | None
    """Runs that are computed at once; None takes a wide block, or the worker's share of the runs."""
    workers: int


def jobs_of(
    scenarios: Sequence[Scenario[Quantity]],
    missing: Sequence[tuple[int, range]],
    *,
    yardsticks: Sequence[Yardsticks],
    lengths: Sequence[int | None],
    served: int,
    how: How,
) -> list[Job]:
    """Cut the missing runs of each scenario into blocks, whose borders need not be those of groups.

    Companies that scenarios are held against come first, as whatever is finished waits for them; then the
    longest: what is done last, by one worker while the others wait, is short.
    """
    jobs: list[Job] = []
    texts = [canonical_json(scenario) for scenario in scenarios]
    all_missing = sum(len(runs) for _, runs in missing)

    def add(index: int, groups: Sequence[range], served: int, yardstick: Yardstick | None = None) -> None:
        size = how.block or _block_size(how, sum(map(len, groups)), all_missing)
        for part, asked in _served_first(_spans(groups), served, lengths[index]):
            for first in range(part.start, part.stop, size):
                task = BlockTask(
                    resolved=texts[index],
                    seed=how.seed,
                    sampling=how.sampling,
                    runs=range(first, min(first + size, part.stop)),
                    requests=asked,
                    engine=how.engine,
                    yardstick=yardstick,
                )
                work = requests_run(scenarios[index], asked)
                jobs.append(Job(scenario=index, requests_run=work, task=task))

    for companies in yardsticks:
        for company, longest in enumerate(companies.longest):
            groups = {runs for owner, runs in missing if companies.of[owner] == company}
            lacking = [runs for runs in groups if companies.lacks(company, runs)]
            add(longest, sorted(lacking, key=lambda runs: runs.start), 0, companies.yardstick)
    for index in range(len(scenarios)):
        add(index, [runs for owner, runs in missing if owner == index], served)
    return sorted(jobs, key=lambda job: (job.task.yardstick is None, -job.requests_run * len(job.task.runs)))


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


def _served_first(
    spans: Sequence[range], served: int, requests: int | None
) -> Iterator[tuple[range, int | None]]:
    """Yield the runs of each span whose requests are simulated, with how many, and those without any."""
    for span in spans:
        end = min(max(served, span.start), span.stop)
        for part, asked in ((range(span.start, end), requests), (range(end, span.stop), None)):
            if part:
                yield part, asked


def _block_size(how: How, missing: int, all_missing: int) -> int:
    """Runs of a block: one for the event engine, a wide block for lanes but as many for every worker.

    Where other scenarios keep the workers busy, a scenario need not be cut for every one of them.
    """
    if how.engine == "events":
        return 1
    cut = 1 if BLOCKS_PER_WORKER * how.workers * missing <= all_missing else how.workers
    rounds = -(-missing // (cut * LANES_PER_BLOCK))
    return -(-missing // (cut * max(rounds, 1))) or 1
