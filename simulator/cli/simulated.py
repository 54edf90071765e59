"""From checked scenarios to a summary and a results folder: what ``run`` and ``compare`` have in common."""

import re
import shlex
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import polars as pl

from simulator.cli.options import StudyOptions
from simulator.cli.progress import progress_bar
from simulator.report.manifest import manifest
from simulator.report.plain import plain
from simulator.report.results import ResultsError, check_place, write_results
from simulator.report.summary import summarise
from simulator.risk.loss import run_totals
from simulator.risk.statements import demand_weights
from simulator.scenario.faults import Fault, ScenarioError
from simulator.scenario.load import load_scenario
from simulator.scenario.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.study import simulate_study

ENGINE = "events"


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """A study as it was simulated and written."""

    summary: dict[str, Any]
    """As JSON holds it."""
    weeks: pl.DataFrame
    folder: Path


def simulated(verb: str, paths: Sequence[Path], files: Sequence[Path], options: StudyOptions) -> Simulated:
    """Simulate the scenarios of ``files`` and write their results folder.

    Raises:
        ScenarioError: for an input that cannot be used, before anything is simulated.
        click.UsageError: for a place that cannot hold results.
    """
    overrides = {} if options.requests is None else {"windows.requests": options.requests}
    scenarios = [load_scenario(file, overrides) for file in files]
    _check_weights(files[0], scenarios)
    folder = options.out or Path("results") / default_name(paths, scenarios)
    try:
        check_place(folder)
        with progress_bar(verb) as advance:
            result = simulate_study(
                scenarios, runs=options.runs, requests=options.requests, seed=options.seed, progress=advance
            )
        totals = run_totals(result.weeks, scenarios)
        frames = {
            "weeks": result.weeks,
            "runs": totals,
            "latencies": result.latencies,
            "actions": result.actions,
        }
        summary = plain(
            summarise(
                scenarios,
                weeks=result.weeks,
                latencies=result.latencies,
                actions=result.actions,
                totals=totals,
                outlook=result.recommendation_input,
            )
        )
        origin = manifest(
            scenarios,
            command=command_line(verb, paths, options),
            runs=options.runs,
            requests=options.requests,
            seed=options.seed,
            engine=ENGINE,
            frames=frames,
        )
        write_results(folder, manifest=origin, summary=summary, frames=frames)
    except ResultsError as error:
        raise click.UsageError(str(error)) from None
    except BrokenProcessPool:
        message = "a worker process was killed, perhaps for want of memory; try fewer --requests"
        raise click.ClickException(message) from None
    return Simulated(summary=summary, weeks=result.weeks, folder=folder)


def default_name(paths: Sequence[Path], scenarios: Sequence[Scenario[Quantity]]) -> str:
    """Name of the results folder: the scenario's, the folder's that was asked for, or 'comparison'."""
    if len(scenarios) == 1:
        return _slug(scenarios[0].scenario.name)
    return _slug(paths[0].resolve().name) if len(paths) == 1 else "comparison"


def command_line(verb: str, paths: Sequence[Path], options: StudyOptions) -> str:
    """The command that makes the same result again, with no path of this machine in it."""
    return shlex.join(["growthsim", verb, *map(_relative, paths), *options.words()])


def _relative(path: Path) -> str:
    here = Path.cwd()
    if not path.is_absolute():
        return path.as_posix()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.name


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "results"


def _check_weights(file: Path, scenarios: Sequence[Scenario[Quantity]]) -> None:
    try:
        demand_weights(scenarios)
    except ValueError as error:
        required, _, got = str(error).removeprefix("demand_weight: ").partition(", got ")
        raise ScenarioError(file, [Fault(key="demand_weight", required=required, got=got)]) from None
