"""``growthsim check``: are the promises kept, and is the result what it was?"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from simulator.cli.options import (
    SERVED,
    WrongInput,
    before_options,
    engine_option,
    reads_inputs,
    sampling_option,
    seed_option,
    workers_option,
)

if TYPE_CHECKING:
    from simulator.check.junit import Case

CHECK_FAILED = 1
RUNS, MOST_RUNS = 64, 1_024
OF_THE_MANIFEST = ("runs", "max_runs", "requests", "seed", "engine", "sampling")
"""These options are taken from the earlier result with --against."""


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--require",
    "requirements",
    multiple=True,
    metavar="TEXT",
    help="Require this of a figure of the summary, as 'p_over_budget.total < 20 %' or, for one scenario, "
    "'Hypergrowth: latency_p95_ms.p95 < 2000'; may be given again.",
)
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    default=None,
    metavar="MANIFEST",
    help="Compare with this earlier result under the same draws: same runs, requests, seed, sampling and "
    "engine.",
)
@click.option(
    "--margin",
    "margins",
    multiple=True,
    metavar="FIGURE=SIZE",
    help="With --against, let a figure move by this much: cost_total_eur=5% of its former value, hires=2, "
    "or in one direction, users_end=-3%; may be given again.  [default: 5% of the costs, users, hires, "
    "heads and worst P95, and 0.05 of saturated_any_week]",
)
@click.option(
    "--runs",
    type=click.IntRange(1, 1_000_000),
    default=RUNS,
    show_default=True,
    help="Begin with this many independent runs of each scenario.",
)
@click.option(
    "--max-runs",
    type=click.IntRange(1, 1_000_000),
    default=MOST_RUNS,
    show_default=True,
    help="Double the runs up to this many while a requirement is undecided.",
)
@click.option(
    "--undecided",
    type=click.Choice(["fail", "estimate"]),
    default="fail",
    show_default=True,
    help="Let a requirement that stays undecided fail, or judge it by its estimate alone.",
)
@click.option(
    "--served",
    type=click.IntRange(1, 1_000_000),
    default=None,
    help=f"Of the runs, how many have their requests simulated.  [default: {SERVED}, or all of them where a "
    "requirement rests on latency]",
)
@click.option(
    "--requests",
    type=click.IntRange(64, 1_000_000),
    default=None,
    help="Simulate this many requests in each window.  [default: the scenario's, or its rule]",
)
@seed_option()
@sampling_option
@engine_option()
@workers_option
@click.option(
    "--junit",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar="FILE",
    help="Write the verdicts as JUnit XML, too.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON, and nothing else.")
@before_options[0]
@before_options[1]
@reads_inputs
def check(paths: tuple[Path, ...], **given: Any) -> None:
    """Check that promises are kept, for a build server.

    PATH is scenarios or folders of them, which are simulated, or one results folder, which is judged as it
    stands. A requirement is passed or failed once the whole interval of its figure lies on one side of the
    limit; until then more runs are simulated. Ends with exit code 1 if anything fails or stays undecided.
    """
    from simulator.check.grammar import CheckError

    _check_options(**given)
    if given["junit"] is not None:
        _check_writable(given["junit"])
    try:
        if given["against"] is None:
            failed, cases = _required(paths, **given)
        else:
            failed, cases = _compared(paths, **given)
    except CheckError as error:
        raise WrongInput(str(error)) from None
    if given["junit"] is not None:
        _write_junit(given["junit"], cases)
    if failed:
        click.get_current_context().exit(CHECK_FAILED)


def _check_options(
    *,
    requirements: tuple[str, ...],
    against: Path | None,
    margins: tuple[str, ...],
    runs: int,
    max_runs: int,
    **_others: Any,
) -> None:
    """Refuse options that do not go together, before anything is read."""
    if bool(requirements) == (against is not None):
        got = "both" if requirements else "neither"
        raise WrongInput(f"must be given --require, once or more, or --against, got {got}")
    if margins and against is None:
        raise WrongInput("--margin: must stand beside --against, got none")
    if against is not None:
        for name in OF_THE_MANIFEST:
            if _is_given(name):
                option = "--" + name.replace("_", "-")
                raise WrongInput(
                    f"{option}: is taken from the earlier result, must not be given with --against"
                )
    if runs > max_runs and _is_given("max_runs"):
        raise WrongInput(f"--max-runs: must be at least --runs, {runs}, got {max_runs}")


def _is_given(name: str) -> bool:
    source = click.get_current_context().get_parameter_source(name)
    return source is not ParameterSource.DEFAULT


def _required(
    paths: tuple[Path, ...], *, requirements: tuple[str, ...], as_json: bool, **given: Any
) -> "tuple[bool, list[Case]]":
    from simulator.check.grammar import requirement_of
    from simulator.check.show import required_case
    from simulator.cli.checked import judged_results, judged_scenarios, tell_required
    from simulator.report.folder.results import is_results

    asked = [requirement_of(text) for text in requirements]
    results = [path for path in paths if is_results(path)]
    if results and len(paths) > 1:
        raise WrongInput(f"{results[0]}: must be the only PATH, as it is a results folder, got {len(paths)}")
    if results and (fixed := [name for name in (*OF_THE_MANIFEST, "workers") if _is_given(name)]):
        option = "--" + fixed[0].replace("_", "-")
        raise WrongInput(f"{option}: is nothing to give for {results[0]}, a results folder that is there")
    found = judged_results(results[0], asked, **given) if results else judged_scenarios(paths, asked, **given)
    tell_required(found, as_json=as_json)
    return found.failed, [required_case(one) for one in found.judged]


def _compared(
    paths: tuple[Path, ...], *, against: Path, margins: tuple[str, ...], as_json: bool, **given: Any
) -> "tuple[bool, list[Case]]":
    from simulator.check.show import difference_case
    from simulator.cli.compared import compared, tell_compared

    found = compared(paths, against, margins, undecided=given["undecided"], workers=given["workers"])
    tell_compared(found, as_json=as_json)
    return found.failed, [difference_case(one) for one in found.differences]


def _check_writable(file: Path) -> None:
    """Refuse a place that nothing can be written to before anything is simulated; what is there stays."""
    fresh = not file.exists()
    try:
        file.open("ab").close()
    except OSError as error:
        raise WrongInput(f"{file}: must be a file that can be written, got {error.strerror}") from None
    if fresh:
        file.unlink()


def _write_junit(file: Path, cases: "list[Case]") -> None:
    from simulator.check.junit import junit_xml

    try:
        file.write_bytes(junit_xml(cases))
    except OSError as error:
        raise WrongInput(f"{file}: must be a file that can be written, got {error.strerror}") from None
