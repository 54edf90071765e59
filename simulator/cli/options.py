"""Options that several commands share, and what they say."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
RUNS = 16


@dataclass(frozen=True, kw_only=True)
class StudyOptions:
    """How a study is run and where it goes."""

    runs: int
    requests: int | None
    seed: int
    out: Path | None
    as_json: bool

    def words(self) -> list[str]:
        """The options as they are written on a command line, without where it goes."""
        requests = [] if self.requests is None else ["--requests", str(self.requests)]
        return ["--runs", str(self.runs), *requests, "--seed", str(self.seed)]


def study_options(command: Command) -> Command:
    """Add --runs, --requests, --seed, --out and --json to a command that simulates."""
    options = (
        click.option(
            "--runs",
            type=click.IntRange(1, 1_000_000),
            default=RUNS,
            show_default=True,
            help="Independent runs of each scenario.",
        ),
        click.option(
            "--requests",
            type=click.IntRange(64, 1_000_000),
            default=None,
            help="Requests in each simulated window.  [default: the scenario's, or its rule]",
        ),
        click.option(
            "--seed",
            type=click.IntRange(0, 2**63 - 1),
            default=1,
            show_default=True,
            help="The same seed gives the same results.",
        ),
        click.option(
            "--out",
            type=click.Path(file_okay=False, path_type=Path),
            default=None,
            help="Results folder.  [default: results/NAME]",
        ),
        click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON, and nothing else."),
    )
    for option in reversed(options):
        command = option(command)
    return command
