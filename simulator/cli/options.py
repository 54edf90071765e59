"""Options that several commands share, and what they say."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from simulator.cli.exits import INPUT_WRONG

if TYPE_CHECKING:
    from simulator.draws.streams import Sampling

Command = TypeVar("Command", bound=Callable[..., Any])
Decorator = Callable[[Any], Any]
RUNS, MOST_RUNS = 1_000, 65_536
"""Unless --runs says so: of each scenario, and at the most with --until-se."""
SERVED = 64
"""Unless --served says so: latency needs far fewer runs than a probability, and takes most of the time."""
SWEEP_RUNS = 64
"""Unless --runs says so: of each cell."""
SWEEP_REQUESTS = 2_048
"""Unless --requests or the scenario says so: a dozen cells in half a minute on two cores."""
FIGURES = (
    *("cost_infrastructure_eur", "cost_team_eur", "cost_total_eur"),
    *("p_over_budget.infrastructure", "p_over_budget.team", "p_over_budget.total"),
    *("hires", "users_end", "headcount_end", "saturated_any_week"),
)
"""These figures of every scenario's summary have a standard error."""


@dataclass(frozen=True, kw_only=True)
class StudyOptions:
    """A study is run, and written, by these options."""

    runs: int
    served: int
    requests: int | None
    seed: int
    sampling: "Sampling"
    engine: str
    out: Path | None
    workers: int | None
    scheduler: str | None
    block: int | None
    resume: bool
    until_se: tuple[str, float] | None
    as_json: bool
    lang: str
    dry_run: bool
    yes: bool

    @classmethod
    def of(cls, given: dict[str, Any]) -> "StudyOptions":
        """Read the options of a command line; the number of runs may depend on the others."""
        executor = given.pop("executor")
        if (executor == "dask") != (given["scheduler"] is not None):
            got = "none" if given["scheduler"] is None else f"it with --executor {executor}"
            raise WrongInput(f"--scheduler: must be given with --executor dask, and only there, got {got}")
        if given["scheduler"] is not None and given["workers"] is not None:
            raise WrongInput("--workers: must not be given with --scheduler, whose workers are all used")
        runs = given["runs"] or (MOST_RUNS if given["until_se"] else RUNS)
        return cls(**given | {"runs": runs, "served": min(given["served"], runs)})

    def words(self) -> list[str]:
        """The options that move what is written, as they are written on a command line."""
        words = ["--runs", str(self.runs)]
        words += [] if self.served == min(SERVED, self.runs) else ["--served", str(self.served)]
        words += [] if self.requests is None else ["--requests", str(self.requests)]
        words += ["--seed", str(self.seed), "--engine", self.engine]
        words += [] if self.sampling == "random" else ["--sampling", self.sampling]
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
        "tree of the given paths and one level up; may be given again.",
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
    help="Write in this language.",
)


served_option = click.option(
    "--served",
    type=click.IntRange(1, 1_000_000),
    default=SERVED,
    show_default=True,
    help="Simulate the requests of this many of the runs: latency and measured utilisation rest on these, "
    "all other figures on every run.",
)
workers_option = click.option(
    "--workers", type=click.IntRange(1, 1024), help="Work in this many processes.  [default: one a core]"
)


def seed_option(text: str = "The same seed gives the same results.") -> Decorator:
    """The seed of all draws."""
    return click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help=text)


def engine_option(
    text: str = "Simulate by the fast engine or by the SimPy reference, with the same results.",
) -> Decorator:
    """Let one of the two engines simulate."""
    return click.option(
        "--engine",
        type=click.Choice(["lanes", "events"]),
        default="lanes",
        show_default=True,
        help=text,
    )


sampling_option = click.option(
    "--sampling",
    type=click.Choice(["random", "sobol"]),
    default="random",
    show_default=True,
    help="Draw what a run has once, its uncertain inputs and its growth, independently or from scrambled "
    "Sobol' sequences, one for every 64 runs, which make means surer.",
)


def rows_option(command: Command) -> Command:
    """Add how much is printed; ``--full`` is the form of it that people type."""
    chosen = click.option(
        "--rows",
        "extent",
        type=click.Choice(["answer", "short", "full"]),
        default="answer",
        show_default=True,
        help="Print the answer alone, the rows to look at first as well, or all rows that the report has.",
    )
    full = click.option("--full", "extent", flag_value="full", help="The same as --rows full.")
    return chosen(full(command))


before_options = (
    click.option(
        "--dry-run", is_flag=True, help="Print requests, time, memory and disk as JSON, and simulate nothing."
    ),
    click.option("--yes", is_flag=True, help="Go on with work that is expected to take more than an hour."),
)


def study_options(command: Command) -> Command:
    """Add what the commands that simulate scenarios as they are have in common."""
    runs = f"{RUNS:,}; up to {MOST_RUNS} with --until-se"
    return _with_options(command, _common(runs, _RULE, _UNTIL_SE, lang_option))


def sweep_study_options(command: Command) -> Command:
    """Add the same for a grid of scenarios, which is measured in short windows unless asked otherwise."""
    requests = f"the scenario's, or {SWEEP_REQUESTS:,}; by events its rule"
    return _with_options(command, _common(str(SWEEP_RUNS), requests))


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
            help=f"Simulate this many independent runs of each scenario.  [default: {runs}]",
        ),
        served_option,
        click.option(
            "--requests",
            type=click.IntRange(64, 1_000_000),
            default=None,
            help=f"Simulate this many requests in each window.  [default: {requests}]",
        ),
        seed_option(),
        sampling_option,
        engine_option(),
        *more,
        workers_option,
        click.option(
            "--executor",
            type=click.Choice(["local", "dask"]),
            default="local",
            show_default=True,
            help="Compute by processes of this machine, or by the workers of a dask scheduler.",
        ),
        click.option(
            "--scheduler", metavar="ADDRESS", help="Find the dask scheduler there, as tcp://HOST:8786."
        ),
        click.option(
            "--block",
            type=click.IntRange(1, 65_536),
            help="Compute this many runs at once.  [default: a wide block]",
        ),
        click.option("--resume", is_flag=True, help="Go on with an unfinished study."),
        click.option(
            "--out",
            type=click.Path(file_okay=False, path_type=Path),
            default=None,
            help="Write the results into this folder.  [default: results/NAME]",
        ),
        click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON, and nothing else."),
        *before_options,
    )


def _with_options(command: Command, options: tuple[Decorator, ...]) -> Command:
    for option in reversed(options):
        command = option(command)
    return command
