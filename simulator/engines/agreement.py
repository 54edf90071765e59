"""Both engines are compared value by value, in every week of the same runs, and must agree to the bit.

The lanes engine takes all runs as one block, the event engine takes each alone; every one has a
calendar, draws and a state of its own. They advance together, a week at a time: no more than one week
of requests is held of either, and the first difference is the earliest.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from simulator.company import Setting, standstill
from simulator.draws.streams import Streams
from simulator.engines.calendar import SimulatedWeek, simulate_weeks
from simulator.engines.drive import ENGINES, pooled
from simulator.engines.pair import Pair
from simulator.engines.side_by_side import latencies, pairs_of_week
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.units import weeks_of


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A value that the engines do not agree on."""

    run: int | None
    """The run of the block; None for values pooled over the runs."""
    week: int
    place: str
    """Name of the station or column."""
    job: int | None
    """Number of the request, candidate or person; None for values of the whole week."""
    lanes: float
    """Value in the lanes engine; -1 stands for a missing row, -2 for a repeated one, as in ``events``."""
    events: float

    def __str__(self) -> str:
        run = "all runs" if self.run is None else f"run {self.run}"
        job = "" if self.job is None else f", job {self.job}"
        return f"{run}, week {self.week}, {self.place}{job}: {self.lanes!r} (lanes), {self.events!r} (events)"


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """The extent of a comparison of both engines, and the first difference where there is one."""

    values: int
    difference: Difference | None


def compare_engines(
    scenario: Scenario[Quantity],
    *,
    seed: int,
    runs: range,
    requests: int,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Agreement:
    """Simulate the same runs by both engines and compare everything that they report.

    Args:
        scenario: resolved.
        seed: of the draws.
        runs: at least one.
        requests: in each window.
        progress: called after each week with how many are done and how many there are, counting those
            of the same company standing still.
    """
    values, weeks = 0, 0
    growing, still = ("", scenario, requests), ("standing still, ", standstill(scenario), None)
    for prefix, company, asked in (growing, still):
        stages = tuple(stage.name for stage in company.hiring.stages)
        for block, alone in _in_step(company, seed, runs, asked):
            for run, pair in _pairs(block, alone, runs, stages):
                values += pair.events.size
                at = pair.first_difference()
                if at is not None:
                    found = _difference(run, block.opened.week, prefix, pair, at)
                    return Agreement(values=values, difference=found)
            weeks += 1
            progress(weeks, 2 * weeks_of(scenario.scenario.horizon_months))
    return Agreement(values=values, difference=None)


def _in_step(
    scenario: Scenario[Quantity], seed: int, runs: range, requests: int | None
) -> Iterator[tuple[SimulatedWeek, tuple[SimulatedWeek, ...]]]:
    """Yield each week of the block together with the same week of each run simulated alone."""

    def weeks(engine: str, of: range) -> Iterator[SimulatedWeek]:
        setting = Setting.of(scenario, Streams(seed, of))
        return simulate_weeks(setting, ENGINES[engine](setting), requests=requests)

    alone = [weeks("events", range(run, run + 1)) for run in runs]
    return zip(weeks("lanes", runs), zip(*alone, strict=True), strict=True)


def _pairs(
    block: SimulatedWeek, alone: tuple[SimulatedWeek, ...], runs: range, stages: tuple[str, ...]
) -> Iterator[tuple[int | None, Pair]]:
    for lane, run in enumerate(runs):
        for pair in pairs_of_week(block, lane, alone[lane], stages):
            yield run, pair
    counts = [week.latency_counts for week in alone if week.latency_counts is not None]
    if block.latency_counts is not None and counts:
        yield None, latencies(block.latency_counts, pooled(counts))


def _difference(run: int | None, week: int, prefix: str, pair: Pair, at: tuple[int, ...]) -> Difference:
    place, job = pair.place(*at)
    return Difference(
        run=run,
        week=week,
        place=prefix + place,
        job=job,
        lanes=pair.lanes[at].item(),
        events=pair.events[at].item(),
    )
