"""Options that several commands share, and what they say."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

INPUT_WRONG, INTERRUPTED, NOBODY_READS = 2, 130, 141
Command = TypeVar("Command", bound=Callable[..., Any])
Decorator = Callable[[Any], Any]
RUNS, MOST_RUNS = 64, 65_536
"""Unless --runs says so: of each scenario, and at the most with --until-se."""
SWEEP_REQUESTS = 2_048
"""Unless --requests or the scenario says so: a dozen cells in half a minute on two cores."""
FIGURES = (
    *("cost_infrastructure_eur", "cost_team_eur", "cost_total_eur"),
    *("p_over_budget.infrastructure", "p_over_budget.team", "p_over_budget.total"),
    *("hires", "users_end", "headcount_end", "saturated_any_week"),
)
"""Of the summary, those of every scenario that have a standard error."""


@dataclass(frozen=True, kw_only=True)
class StudyOptions:
    """How a study is run and where it goes."""

    runs: int
    requests: int | None
    seed: int
    engine: str
    out: Path | None
    workers: int | None
    block: int | None
    resume: bool
    until_se: tuple[str, float] | None
    as_json: bool
    lang: str
    dry_run: bool
    yes: bool

    @classmethod
    def of(cls, given: dict[str, Any]) -> "StudyOptions":
        """What was given on the command line; how many runs there are may depend on the rest."""
        runs = given["runs"] or (MOST_RUNS if given["until_se"] else RUNS)
        return cls(**given | {"runs": runs})

    def words(self) -> list[str]:
        """The options that move what is written, as they are written on a command line."""
        words = ["--runs", str(self.runs)]
        words += [] if self.requests is None else ["--requests", str(self.requests)]
        words += ["--seed", str(self.seed), "--engine", self.engine]
        words += [] if self.lang == "en" else ["--lang", self.lang]
        return words + ([] if self.until_se is None else ["--until-se", "{}={!r}".format(*self.until_se)])


def figure_and_error(
    ctx: click.Context,  # noqa: ARG001 click gives it
    param: click.Parameter,  # noqa: ARG001
    value: str | None,
) -> tuple[str, float] | None:
    """Split ``cost_total_eur=5000``: a figure of the summary, and the standard error that it is to reach."""
    if value is None:
        return None
    figure, _, error = value.partition("=")
    try:
        wanted = float(error)
    except ValueError:
        wanted = 0.0
    if figure not in FIGURES:
        raise click.BadParameter(f"must name one of {', '.join(FIGURES)}, got {figure!r}")
    if not wanted > 0:
        message = f"a figure and a standard error above 0 are required, as hires=0.5; got {value!r}"
        raise click.BadParameter(message)
    return figure, wanted


class WrongInput(click.ClickException):
    """Prints its message and ends with the exit code of wrong input."""

    exit_code = INPUT_WRONG


def reads_inputs(command: Command) -> Command:
    """Add --allow to a command that is given ``file`` or ``paths``, and let it name no files elsewhere.

    Arithmetic that fails ends the command, whatever it computes.
    """

    @click.option(
        "--allow",
        type=click.Path(path_type=Path),
        multiple=True,
        envvar="GROWTHSIM_ALLOW",
        metavar="DIR",
        help="Let files be named (extends, prices, measured values) under this folder, too, not only in the "
        "tree of what is given and one level up; may be given again.",
    )
    @wraps(command)
    def reading(*, allow: tuple[Path, ...], **given: Any) -> Any:
        from simulator.scenario.reading.files import files_near
        from simulator.units import faults_raised

        paths = given.get("paths") or (given["file"],)
        with files_near(paths, allow), faults_raised():
            return command(**given)

    return reading  # type: ignore[return-value]


lang_option = click.option(
    "--lang",
    type=click.Choice(["en", "fr"]),
    default="en",
    show_default=True,
    help="Language of the report and of the spreadsheet.",
)


workers_option = click.option(
    "--workers", type=click.IntRange(1, 1024), help="Processes.  [default: one a core]"
)


def seed_option(text: str = "The same seed gives the same results.") -> Decorator:
    """The seed of all draws."""
    return click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help=text)


def engine_option(text: str = "The fast engine, or the SimPy reference: the same results.") -> Decorator:
    """Which of the two engines simulates."""
    return click.option(
        "--engine",
        type=click.Choice(["lanes", "events"]),
        default="lanes",
        show_default=True,
        help=text,
    )


rows_option = click.option(
    "--rows",
    "extent",
    type=click.Choice(["short", "full"]),
    default="short",
    show_default=True,
    help="Rows of the printed comparison: those to look at first, or all that the report has.",
)
before_options = (
    click.option(
        "--dry-run", is_flag=True, help="Print requests, time, memory and disk as JSON, and simulate nothing."
    ),
    click.option("--yes", is_flag=True, help="Go on with what is expected to take more than an hour."),
)


def study_options(command: Command) -> Command:
    """Add what the commands that simulate scenarios as they are have in common."""
    runs = f"{RUNS}; up to {MOST_RUNS} with --until-se"
    return _with_options(command, _common(runs, _RULE, _UNTIL_SE, lang_option))


def sweep_study_options(command: Command) -> Command:
    """Add the same for a grid of scenarios, which is measured in short windows unless asked otherwise."""
    requests = f"the scenario's, or {SWEEP_REQUESTS:,}; by events its rule"
    return _with_options(command, _common(str(RUNS), requests))


_RULE = "the scenario's, or its rule"
_UNTIL_SE = click.option(
    "--until-se",
    callback=figure_and_error,
    default=None,
    metavar="FIGURE=SE",
    help="Stop at 64, 128, 256, ... runs once this figure's standard error is as small as this "
    "in every scenario, as p_over_budget.total=0.02; --runs is then the most.",
)


def _common(runs: str, requests: str, *more: Decorator) -> tuple[Decorator, ...]:
    """The options of a study, by what they take unless given; ``more`` stand among them."""
    return (
        click.option(
            "--runs",
            type=click.IntRange(1, 1_000_000),
            default=None,
            help=f"Independent runs of each scenario.  [default: {runs}]",
        ),
        click.option(
            "--requests",
            type=click.IntRange(64, 1_000_000),
            default=None,
            help=f"Requests in each simulated window.  [default: {requests}]",
        ),
        seed_option(),
        engine_option(),
        *more,
        workers_option,
        click.option(
            "--block", type=click.IntRange(1, 65_536), help="Runs computed at once.  [default: a wide block]"
        ),
        click.option("--resume", is_flag=True, help="Go on with an unfinished study."),
        click.option(
            "--out",
            type=click.Path(file_okay=False, path_type=Path),
            default=None,
            help="Results folder.  [default: results/NAME]",
        ),
        click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON, and nothing else."),
        *before_options,
    )


def _with_options(command: Command, options: tuple[Decorator, ...]) -> Command:
    for option in reversed(options):
        command = option(command)
    return command
