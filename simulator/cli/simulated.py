"""From checked scenarios to a summary and a results folder: what commands that simulate have in common."""

import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from os.path import normpath
from pathlib import Path
from typing import Any

import click
import polars as pl
from polars.exceptions import PolarsError

from simulator.cli.further import NOTHING_FURTHER, Further, add_sobol, crossed_runs
from simulator.cli.options import StudyOptions, WrongInput
from simulator.cli.progress import progress_bar
from simulator.engines.calendar import GROUP
from simulator.engines.unsettled import UnsettledError
from simulator.report.crossed import with_cross
from simulator.report.focus import focus_ledger
from simulator.report.manifest import manifest, versions
from simulator.report.results import ResultsError, check_place, write_results
from simulator.report.studied import studied
from simulator.risk.statements import demand_weights
from simulator.scenario.faults import Fault, ScenarioError
from simulator.scenario.load import load_scenario
from simulator.scenario.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.study import FolderStore, StoreError, WorkersError, simulate_study, study_key
from simulator.study.looks import looks
from simulator.study.simulate import Progress


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """A study as it was simulated and written."""

    summary: dict[str, Any]
    """As JSON holds it."""
    weeks: pl.LazyFrame
    folder: Path


@dataclass(frozen=True, kw_only=True)
class Made:
    """What is to be written of a study."""

    manifest: dict[str, Any]
    summary: dict[str, Any]
    frames: dict[str, pl.DataFrame | pl.LazyFrame]
    texts: dict[str, str] | None = None
    """Tables by file name; None for those of a comparison."""


def simulated(
    verb: str,
    paths: Sequence[Path],
    files: Sequence[Path],
    options: StudyOptions,
    further: Further = NOTHING_FURTHER,
) -> Simulated:
    """Simulate the scenarios of ``files`` and write their results folder.

    What has been computed is kept beside that folder until the study is finished. ``further`` is simulated
    when it is.

    Raises:
        ScenarioError: for an input that cannot be used, before anything is simulated.
        WrongInput: for a place that cannot hold results.
    """
    overrides = {} if options.requests is None else {"windows.requests": options.requests}
    scenarios = [load_scenario(file, overrides) for file in files]
    check_weights(files[0], scenarios)
    further.check(files, scenarios)

    def make(store: FolderStore, advance: Progress) -> Made:
        runs, frames, summary = _until_sure(scenarios, options, store, advance)
        if further.cross:
            frames["cross"] = totals = crossed_runs(scenarios, runs, options)
            summary = with_cross(summary, scenarios, totals, requests=options.requests, engine=options.engine)
        if further.sobol:
            add_sobol(summary, scenarios, further.sobol, options.seed)
        frames["ledger"] = focus_ledger(
            scenarios, seed=options.seed, weeks=frames["weeks"], actions=frames["actions"].lazy().collect()
        )
        origin = manifest(
            scenarios,
            command=command_line(verb, paths, options, also=further.words()),
            runs=runs,
            requests=options.requests,
            seed=options.seed,
            engine=options.engine,
            frames=frames,
        )
        return Made(manifest=origin, summary=summary, frames=frames)

    return in_results_folder(verb, scenarios, options, name=default_name(paths, scenarios), make=make)


def in_results_folder(
    verb: str,
    scenarios: Sequence[Scenario[Quantity]],
    options: StudyOptions,
    *,
    name: str,
    make: Callable[[FolderStore, Progress], Made],
) -> Simulated:
    """Make a study, keeping what has been computed, and write its results folder: --out, or by ``name``.

    Raises:
        WrongInput: for a place that cannot hold results.
    """
    folder = Path(normpath(options.out or Path("results") / name))
    try:
        check_place(folder)
        store = _store(folder, scenarios, options)
    except (ResultsError, StoreError) as error:
        raise WrongInput(str(error)) from None
    try:
        with progress_bar(verb) as advance:
            made = make(store, advance)
        write_results(
            folder,
            manifest=made.manifest,
            summary=made.summary,
            frames=made.frames,
            texts=made.texts,
            lang=options.lang,
        )
    except (ResultsError, StoreError) as error:
        raise WrongInput(str(error)) from None
    except PolarsError as error:
        why = str(error).splitlines()[0]
        raise WrongInput(f"{store.folder}: must be a place to keep tables in, got {why}") from None
    except WorkersError as error:
        raise click.ClickException(str(error)) from None
    except UnsettledError:
        store.remove()  # the advice is another engine or other windows, which could not go on with it
        raise
    except KeyboardInterrupt:
        _say_what_is_kept(store)
        raise
    store.remove()
    return Simulated(summary=made.summary, weeks=pl.scan_parquet(folder / "weeks.parquet"), folder=folder)


def _say_what_is_kept(store: FolderStore) -> None:
    if store.empty:
        store.remove()
        click.echo("\nInterrupted; nothing is kept.", err=True)
    else:
        click.echo(f"\nInterrupted. What was finished is in {store.folder}; go on with --resume.", err=True)


def _store(folder: Path, scenarios: Sequence[Scenario[Quantity]], options: StudyOptions) -> FolderStore:
    key = study_key(scenarios, requests=options.requests, seed=options.seed, engine=options.engine)
    place = folder.with_name(f"{folder.name}.unfinished")
    return FolderStore(place, key | {"versions": versions()}, resume=options.resume)


def _until_sure(
    scenarios: Sequence[Scenario[Quantity]], options: StudyOptions, store: FolderStore, progress: Progress
) -> tuple[int, dict[str, pl.DataFrame | pl.LazyFrame], dict[str, Any]]:
    """Simulate, with --until-se at 64, 128, 256, ... runs; those numbers do not depend on the workers."""
    most = options.runs
    for runs in looks(most if options.until_se is None else GROUP, most):
        result = simulate_study(
            scenarios,
            runs=runs,
            requests=options.requests,
            seed=options.seed,
            engine=options.engine,
            store=store,
            progress=progress,
            workers=options.workers,
            block=options.block,
        )
        found = studied(scenarios, result, seed=options.seed)
        if options.until_se is not None and _sure(found.summary, *options.until_se):
            break
    else:
        if options.until_se is not None:
            figure, wanted = options.until_se
            click.echo(f"{figure}: its standard error is still above {wanted:g} after {most} runs.", err=True)
    return runs, found.frames, found.summary


def _sure(summary: dict[str, Any], figure: str, wanted: float) -> bool:
    """Whether a figure's standard error is small enough in every scenario."""
    for scenario in summary["scenarios"]:
        found: Any = scenario
        for part in figure.split("."):
            found = found[part]
        if found["se"] is None or found["se"] > wanted:
            return False
    return True


def default_name(paths: Sequence[Path], scenarios: Sequence[Scenario[Quantity]]) -> str:
    """Name of the results folder: the scenario's, the folder's that was asked for, or 'comparison'."""
    if len(scenarios) == 1:
        return slug(scenarios[0].scenario.name)
    return slug(paths[0].resolve().name) if len(paths) == 1 else "comparison"


def command_line(verb: str, paths: Sequence[Path], options: StudyOptions, *, also: Sequence[str] = ()) -> str:
    """The command that makes the same result again, with no path of this machine in it."""
    return shlex.join(["growthsim", verb, *map(_relative, paths), *also, *options.words()])


def _relative(path: Path) -> str:
    here = Path.cwd()
    if not path.is_absolute():
        return path.as_posix()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.name


def slug(name: str) -> str:
    """A name as part of a path."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "results"


def check_weights(file: Path, scenarios: Sequence[Scenario[Quantity]]) -> None:
    """Refuse scenarios that give their demand paths different weights."""
    try:
        demand_weights(scenarios)
    except ValueError as error:
        required, _, got = str(error).removeprefix("demand_weight: ").partition(", got ")
        raise ScenarioError(file, [Fault(key="demand_weight", required=required, got=got)]) from None
