"""Before work begins: what it takes is said, refused where it cannot fit, and asked for beyond an hour."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import psutil

from simulator.cli.options import StudyOptions, WrongInput
from simulator.cli.printer import say
from simulator.report.folder.plain import plain, to_json
from simulator.report.words.formats import duration, number
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.study.calibration import calibration
from simulator.study.estimate import Estimate, estimate
from simulator.study.workers import cores
from simulator.units import S_PER_HOUR

LONG_S = S_PER_HOUR
"""Beyond it --yes must say that it is meant."""


def before_study(
    verb: str,
    scenarios: Sequence[Scenario[Quantity]],
    options: StudyOptions,
    place: Path,
    *,
    first: int | None = None,
    unserved: Sequence[Scenario[Quantity]] = (),
) -> None:
    """Say what a study takes, by as many runs as it is sure to make: ``first``, or all of them.

    ``unserved`` are simulated as well, without requests.

    Raises:
        WrongInput: as ``before_work`` does.
    """

    def of(runs: int) -> Estimate:
        return estimate(
            scenarios,
            unserved=unserved,
            runs=runs,
            served=options.served,
            requests=options.requests,
            engine=options.engine,
            workers=options.workers or cores(),
            block=options.block,
            machine=calibration(),
        )

    most = None if first is None else of(options.runs)
    before_work(
        verb, of(first or options.runs), dry_run=options.dry_run, yes=options.yes, place=place, most=most
    )


def before_work(
    verb: str, found: Estimate, *, dry_run: bool, yes: bool, place: Path, most: Estimate | None = None
) -> None:
    """Say what work takes, and end here with --dry-run.

    Args:
        verb: the command.
        found: what it is sure to take.
        dry_run: print that and do nothing.
        yes: it may take more than an hour.
        place: where it is written to.
        most: what it may come to; None where that is the same.

    Raises:
        WrongInput: where memory or disk are too small, or it takes more than an hour without --yes.
    """
    if dry_run:
        click.echo(to_json(plain(found) | {"at_most": most or found}), nl=False)
        raise click.exceptions.Exit(0)
    if sys.stderr.isatty():
        beyond = "" if most is None else f"; in the end {in_words(most)} at most"
        say(f"{verb}: {in_words(found)}{beyond}", err=True)
    check_fits(found, memory_bytes=psutil.virtual_memory().available, disk_bytes=_free_bytes(place))
    if found.expected_s > LONG_S and not yes:
        raise WrongInput(
            f"--yes: must be given for more than an hour, got {in_words(found)}; "
            "fewer --runs or --requests take less"
        )


def check_fits(found: Estimate, *, memory_bytes: int, disk_bytes: int) -> None:
    """Refuse what cannot fit, with what would.

    Raises:
        WrongInput: where it cannot.
    """
    for what, needed, there, less in (
        ("memory", found.memory_bytes, memory_bytes, "fewer --runs, --requests or --workers need less"),
        ("disk", found.disk_bytes, disk_bytes, "fewer --runs need less"),
    ):
        if needed > there:
            raise WrongInput(
                f"{what}: must be at least {number(needed)}B, got {number(there)}B; "
                f"{less}: a share of {there / needed:.2g} of it would fit"
            )


def in_words(found: Estimate) -> str:
    """Give an estimate as a line."""
    between = f"{duration(found.low_s)} to {duration(found.high_s)}"
    return (
        f"{number(found.requests)} requests, about {duration(found.expected_s)} ({between}), "
        f"{number(found.memory_bytes)}B of memory, {number(found.disk_bytes)}B of disk"
    )


def _free_bytes(place: Path) -> int:
    there = next(folder for folder in (place, *place.absolute().parents) if os.path.lexists(folder))
    return shutil.disk_usage(there).free
