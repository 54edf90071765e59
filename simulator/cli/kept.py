"""A study on its way into its results folder: what has been computed is kept until all of it is."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from os.path import normpath
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from simulator.cli.before import before_study
from simulator.cli.options import StudyOptions, WrongInput
from simulator.cli.printer import say
from simulator.cli.progress import progress_bar
from simulator.engines.calendar import GROUP
from simulator.engines.unsettled import UnsettledError
from simulator.report.folder.results import ResultsError, check_place, write_results
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.study import FolderStore, StoreError, WorkersError, study_key
from simulator.study.provenance import versions
from simulator.study.simulate import Progress


@dataclass(frozen=True, kw_only=True)
class Made:
    """These parts of a study are to be written."""

    manifest: dict[str, Any]
    summary: dict[str, Any]
    frames: dict[str, pl.DataFrame | pl.LazyFrame]
    texts: dict[str, str] | None = None
    """Tables by file name; None for those of a comparison."""


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """A study as it was simulated and written."""

    summary: dict[str, Any]
    """The summary is as JSON holds it."""
    weeks: pl.LazyFrame
    folder: Path


def in_results_folder(
    verb: str,
    scenarios: Sequence[Scenario[Quantity]],
    options: StudyOptions,
    *,
    name: str,
    make: Callable[[FolderStore, Progress], Made],
    also: Sequence[Scenario[Quantity]] = (),
) -> Simulated:
    """Make a study, keeping what has been computed, and write its results folder: --out, or by ``name``.

    What it takes is said before, with the scenarios that are simulated ``also``, without requests.

    Raises:
        WrongInput: for a place that cannot hold results.
    """
    folder = Path(normpath(options.out or Path("results") / name))
    try:
        check_place(folder)
        first = None if options.until_se is None else GROUP
        before_study(verb, scenarios, options, folder, first=first, unserved=also)
        store = _store(folder, scenarios, options)
    except (ResultsError, StoreError) as error:
        raise WrongInput(str(error)) from None
    try:
        with faults_told(store.folder):
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
        store.remove()
    except UnsettledError:
        store.remove()  # the advice is another engine or other windows, which could not go on with it
        raise
    except KeyboardInterrupt:
        _say_what_is_kept(store)
        raise
    finally:
        store.close()
    return Simulated(summary=made.summary, weeks=pl.scan_parquet(folder / "weeks.parquet"), folder=folder)


@contextmanager
def faults_told(folder: Path | str) -> Iterator[None]:
    """Tell what may go wrong with a study that is kept in ``folder``, or with its workers, in one message."""
    try:
        yield
    except (ResultsError, StoreError) as error:
        raise WrongInput(str(error)) from None
    except PolarsError as error:
        why = str(error).splitlines()[0]
        raise WrongInput(f"{folder}: must be a place to keep tables in, got {why}") from None
    except WorkersError as error:
        raise WrongInput(str(error)) from None


def _say_what_is_kept(store: FolderStore) -> None:
    if store.empty:
        store.remove()
        say("\nInterrupted; nothing is kept.", err=True)
    else:
        say(f"\nInterrupted. What was finished is in {store.folder}; go on with --resume.", err=True)


def _store(folder: Path, scenarios: Sequence[Scenario[Quantity]], options: StudyOptions) -> FolderStore:
    key = study_key(
        scenarios,
        requests=options.requests,
        seed=options.seed,
        sampling=options.sampling,
        engine=options.engine,
        served=options.served,
    )
    place = folder.with_name(f"{folder.name}.unfinished")
    return FolderStore(place, key | {"versions": versions()}, resume=options.resume)
