"""Nanoseconds a request of each mechanism on the weekly path of the shipped scenarios.

A week is served by the lanes engine under a profiler that counts processor time; of several repetitions
the best of each mechanism is kept. The whole path is timed without a profiler, and so is the same week of
one run in the reference engine, which must give the same answer.
"""

# ruff: noqa: SLF001 - the mechanisms are functions of modules that nobody else needs to see into
import argparse
import cProfile
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np
from record import RESULTS, best_seconds, digits, seconds, settle_memory, store, table

from simulator.company import OpenedWeek, Setting, standstill
from simulator.draws.requests import draw_requests
from simulator.draws.streams import Streams
from simulator.engines import calendar
from simulator.engines.drive import ENGINES, REQUESTS_AT_ONCE
from simulator.engines.lanes import database, requests, service, streams
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.discover import scenario_files
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario
from simulator.serving.measured import busy, latencies
from simulator.serving.measured import window as measure
from simulator.serving.window.served import Served
from simulator.serving.window.work import work_of
from simulator.sizing.window_size import window_size
from simulator.study.jobs import LANES_PER_BLOCK
from simulator.units import TICKS_PER_WEEK

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
SEED = 1
EARLY_WEEK = 4
REQUESTS = 2_048
WINDOWS = len(calendar.WINDOWS)

Code = Callable[..., object]
MECHANISMS: tuple[tuple[str, Code, Code | None], ...] = (
    ("random numbers", draw_requests, None),
    ("work and routing", work_of, None),
    ("service replicas", service.serve, None),
    ("database", requests._call, None),
    ("- sort by shard", streams.in_order, database.sweep),
    ("- primaries", database._serve, None),
    ("- appliers", database._take_up, None),
    ("- read replicas", database._serve_replicas, None),
    ("measuring", measure.measure, None),
    ("- percentiles", latencies.put_in_order, None),
    ("- utilization", busy.add_requests, None),
    ("histograms", calendar._latency_counts, None),
)
"""Name, function, and the caller from which its calls count (None: any)."""


@dataclass(frozen=True, kw_only=True)
class Week:
    """A week of a block as it begins."""

    setting: Setting
    opened: OpenedWeek

    @classmethod
    def of(cls, scenario: Scenario[Quantity], runs: int, week: int) -> "Week":
        """Go through the weeks before it without serving requests, which hardly moves the load."""
        setting = Setting.of(scenario, Streams(SEED, range(runs)))
        engine = ENGINES["lanes"](setting)
        for past in calendar.simulate_weeks(setting, engine, requests=None):
            if past.opened.week == week:
                return cls(setting=setting, opened=past.opened)
        raise ValueError(f"week must be one of the {setting.weeks} of the scenario, got {week}")

    def path(self, engine: str, per_window: int) -> Served:
        """From random numbers to histograms: all that a week needs for its requests."""
        lanes = slice(0, self.setting.lanes)
        work = calendar._work(self.setting, self.opened, per_window, lanes)
        told = ENGINES[engine](self.setting)
        if engine == "events":
            told.env.run(until=self.opened.week * TICKS_PER_WEEK)
            told.begin(self.opened)
        served = told.serve(work, self.opened.load)
        measured = calendar._measure(self.setting, self.opened.load, lanes, work, served)
        calendar._latency_counts(measured, self.setting.streams.runs)
        return served


def cumulative(work: Callable[[], object], functions: list[tuple[Code, Code | None]]) -> list[float]:
    """Processor seconds spent in each function, with what it called."""
    profile = cProfile.Profile(process_time)
    profile.enable()
    work()
    profile.disable()
    profile.create_stats()
    calls: dict[tuple[str, int, str], Any] = profile.stats
    found = []
    for function, caller in functions:
        *_, spent, callers = calls.get(_key(function), (0, 0, 0.0, 0.0, {}))
        found.append(spent if caller is None else callers.get(_key(caller), (0, 0, 0.0, 0.0))[3])
    return found


def nanoseconds(week: Week, per_window: int, repetitions: int) -> dict[str, float]:
    """Time of each mechanism and of the whole path."""
    each = 1e9 / (week.setting.lanes * WINDOWS * per_window)
    functions = [(function, caller) for _name, function, caller in MECHANISMS]
    profiled = [cumulative(lambda: week.path("lanes", per_window), functions) for _ in range(repetitions)]
    best = np.min(profiled, axis=0) * each
    whole = best_seconds(lambda: week.path("lanes", per_window), repetitions) * each
    return {name: float(ns) for (name, *_), ns in zip(MECHANISMS, best, strict=True)} | {"whole path": whole}


def against_reference(block: Week, alone: Week, per_window: int, repetitions: int) -> dict[str, float]:
    """Time of the reference engine for the week of one run, and how many times the lanes engine's it is."""
    mine, other = block.path("lanes", per_window), alone.path("events", per_window)
    for name in ("outcome", "service_start", "service_end", "connected", "back"):
        np.testing.assert_array_equal(getattr(mine, name)[:WINDOWS], getattr(other, name), err_msg=name)
    pairs = [
        (
            seconds(lambda: alone.path("events", per_window)),
            seconds(lambda: block.path("lanes", per_window)) / block.setting.lanes,
        )
        for _ in range(repetitions)
    ]
    return {
        "reference engine": min(events for events, _ in pairs) * 1e9 / (WINDOWS * per_window),
        "ratio to the reference": median(events / lanes for events, lanes in pairs),
    }


def share_beside_requests(scenario: Scenario[Quantity], runs: int, per_window: int) -> float:
    """Share of hiring, work and ledger in the time of a block of whole runs.

    It is what a run takes that serves no requests; the company that stands still is another such run.
    """

    def run(company: Scenario[Quantity], some: int | None) -> float:
        setting = Setting.of(company, Streams(SEED, range(runs)))
        at_once = None if some is None else max(REQUESTS_AT_ONCE // some, 1)
        engine = ENGINES["lanes"](setting)
        return seconds(lambda: calendar.simulate(setting, engine, requests=some, lanes_at_once=at_once))

    still = run(standstill(scenario), None)
    return (run(scenario, None) + still) / (run(scenario, per_window) + still)


def main() -> None:
    """Measure, print and store."""
    options = _options()
    settle_memory()
    runs, per_window, repetitions = (4, 128, 1) if options.quick else (64, REQUESTS, options.repetitions)
    block_runs = 4 if options.quick else LANES_PER_BLOCK
    times: dict[str, dict[str, float]] = {}
    shares: dict[str, dict[int, float]] = {}
    paths = scenario_files([SCENARIOS])
    for path in paths[:1] if options.quick else paths:
        scenario = load_scenario(path)
        last = Setting.of(scenario, Streams(SEED, range(1))).weeks - 1
        for week in (EARLY_WEEK, last):
            block, alone = Week.of(scenario, runs, week), Week.of(scenario, 1, week)
            times[f"{path.stem}, week {week + 1}"] = nanoseconds(
                block, per_window, repetitions
            ) | against_reference(block, alone, per_window, max(repetitions // 2, 1))
        own = per_window if options.quick else window_size(scenario, "lanes")
        shares[path.stem] = {
            length: share_beside_requests(scenario, block_runs, length) for length in (per_window, own)
        }
    text = _described(times, shares, runs, per_window, block_runs)
    print(text)
    measured = {"runs": runs, "requests": per_window, "repetitions": repetitions}
    store(
        options.output,
        "mechanisms",
        measured | {"ns_per_request": times, "share_beside_requests": shares, "runs_of_share": block_runs},
        text,
    )


def _described(
    times: dict[str, dict[str, float]],
    shares: dict[str, dict[int, float]],
    runs: int,
    per_window: int,
    block_runs: int,
) -> str:
    head = ["ns a request", *times]
    names = next(iter(times.values()))
    rows = [[name, *(digits(of[name]) for of in times.values())] for name in names]
    beside = [
        [name, f"{length:,}", f"{share:.1%}"] for name, of in shares.items() for length, share in of.items()
    ]
    explained = (
        f"{runs} runs, {WINDOWS} windows of {per_window:,} requests; processor time of one core, best of "
        "several. A dash marks a part of a line above it. The ratio is the reference engine's time over this "
        "one's, for the same week of the same run."
    )
    return (
        f"# The weekly path, mechanism by mechanism\n\n{textwrap.fill(explained, 110)}\n\n"
        f"{table(head, rows)}\n"
        f"Hiring, work and ledger in the time of a block of {block_runs} whole runs, with short windows and "
        f"with the scenario's own:\n\n{table(['scenario', 'requests', 'share'], beside)}"
    )


def _key(function: Code) -> tuple[str, int, str]:
    code = function.__code__
    return code.co_filename, code.co_firstlineno, code.co_name


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="see that it runs; the numbers mean nothing")
    parser.add_argument("--repetitions", type=int, default=9, help="of which the best is kept (default: 9)")
    parser.add_argument(
        "--output", type=Path, default=RESULTS, help="folder of mechanisms.json and mechanisms.md"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
