"""``growthsim fit``: from one's own data to keys of a scenario, one subcommand a source."""

import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.options import WrongInput, reads_inputs
from simulator.cli.printer import say

if TYPE_CHECKING:
    from simulator.fit.record import Fitted


DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group(epilog="Every input format with an example of ten lines: scenarios/examples/fit/README.md")
def fit() -> None:
    """Fit keys of a scenario to one's own data.

    Each prints the fit with its 80 % intervals and, with --out, writes a TOML file that a scenario takes by
    extends = ["company.toml", "FILE.toml"], every number with its source, its date and its interval.
    """


def source_command(command: Callable[..., "Fitted"]) -> Callable[..., None]:
    """Make a command of a function from ``file`` and options to a fit: read, print, write, draw."""

    @click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
    @click.option("--out", type=click.Path(path_type=Path), help="Write the keys into this TOML file.")
    @click.option("--plot", type=click.Path(path_type=Path), help="Draw it into this .svg or .html file.")
    @click.option("--json", "as_json", is_flag=True, help="Print the fit as JSON, and nothing else.")
    @wraps(command)
    @reads_inputs
    def fitting(file: Path, *, out: Path | None, plot: Path | None, as_json: bool, **given: Any) -> None:
        from simulator.fit.fragment import fragment_text
        from simulator.fit.shown import drawing, fitted_as_data, print_fitted
        from simulator.report.folder.plain import to_json
        from simulator.report.writers.terminal import console_for

        if plot is not None and plot.suffix not in (".svg", ".html"):
            raise WrongInput(f"--plot: must end in .svg or .html, got {plot.name!r}")
        found = command(file, **given)
        if out is not None:
            made_by = f"growthsim fit {click.get_current_context().info_name} {file.name}"
            _write(out, fragment_text(found.entries, made_by=made_by, notes=found.notes))
        if plot is not None:
            _write(plot, drawing(found, plot.suffix))
        if as_json:
            click.echo(to_json(fitted_as_data(found)), nl=False)
            return
        print_fitted(console_for(sys.stdout), found)
        for said in (out, plot):
            if said is not None:
                say(f"Wrote {said}")

    return fitting


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise WrongInput(f"{file}: must be a file that can be written, got {error.strerror}") from None


def holdout_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let the last part of the data be held out."""
    return click.option(
        "--holdout",
        type=click.FloatRange(0, 0.7),
        default=0.0,
        metavar="SHARE",
        help="Fit what is before this last share of the data, too, and tell how it did on the rest, as 0.3.",
    )(command)


def where_of(
    ctx: click.Context,  # noqa: ARG001 click gives it
    param: click.Parameter,  # noqa: ARG001
    given: str | None,
) -> tuple[str, str] | None:
    """Split COLUMN=VALUE."""
    if given is None:
        return None
    column, equals, value = given.partition("=")
    if not equals:
        raise click.BadParameter(f"must be COLUMN=VALUE, got {given!r}")
    return column, value


where_option = click.option(
    "--where", callback=where_of, metavar="COLUMN=VALUE", help="Read only the rows with this value there."
)


@fit.command()
@click.option("--date", metavar="COLUMN", help="The column of dates.  [default: the first]")
@click.option("--users", metavar="COLUMN", help="The column of users.  [default: the only other one]")
@where_option
@holdout_option
@source_command
def growth(file: Path, **given: Any) -> "Fitted":
    """Fit the growth of users to a CSV of dates and users.

    Exponential, slowing, logistic and Bass growth with noise, weighed by what each said of dates that it
    had not seen. Growth that slows becomes a ceiling, and what the data leave open of the mean becomes
    growth_share_month_sd_run.
    """
    from simulator.fit.growth.fit import fit_growth

    return fit_growth(file, **given)


def _renamed(
    ctx: click.Context,  # noqa: ARG001 click gives it
    param: click.Parameter,  # noqa: ARG001
    given: tuple[str, ...],
) -> dict[str, str]:
    """Split NAME=COLUMN of each."""
    found = {}
    for one in given:
        name, equals, column = one.partition("=")
        if not (name and equals and column):
            raise click.BadParameter(f"must be NAME=COLUMN, as started=HireDate, got {one!r}")
        found[name] = column
    return found


@fit.command()
@click.option(
    "--column", "columns", multiple=True, callback=_renamed, metavar="NAME=COLUMN",
    help="The file has this column under another name; may be given again.",
)  # fmt: skip
@click.option("--since", type=DAY, help="The first day of which the file tells all.  [default: its first]")
@click.option("--until", type=DAY, help="The last day of which it does.  [default: its last]")
@click.option(
    "--watched-years", type=click.FloatRange(0, min_open=True),
    help="Years in which the leavers of a file of tenures left.  [default: all that there were]",
)  # fmt: skip
@click.option(
    "--company",
    type=click.Path(path_type=Path),
    help="Keep the interviewers of this company's stages by name.",
)
@source_command
def people(
    file: Path, *, since: datetime | None, until: datetime | None, company: Path | None, **given: Any
) -> "Fitted":
    """Fit people's keys to a CSV of candidates, of staff, of incidents or of finished projects.

    The columns tell which it is: candidate, stage, entered, left, outcome (passed, rejected, withdrew);
    started, left (or tenure_years, left as yes and no); began, ended, and maybe staff_hours; estimated_days,
    real_days. What has not ended stays empty, and counts as lasting at least so long.
    """
    from simulator.fit.people import fit_people
    from simulator.scenario.reading.files import files_near
    from simulator.scenario.reading.read import read_tables

    stages: list[dict[str, Any]] = []
    if company is not None:
        with files_near((company,), ()):
            hiring = read_tables(company).table.get("hiring")
        given_stages = hiring.get("stages") if isinstance(hiring, dict) else None
        stages = [one for one in given_stages or () if isinstance(one, dict)]
    first, last = (day and day.date() for day in (since, until))
    return fit_people(file, stages=stages, since=first, until=last, **given)


@fit.command()
@click.option(
    "--users", type=click.Path(path_type=Path), help="A CSV of dates and users: what grows with them?"
)
@click.option(
    "--scenario",
    type=click.Path(path_type=Path),
    help="Leave out what this scenario's load and prices explain.",
)
@click.option(
    "--eur-per-unit", type=click.FloatRange(1e-6, 1e6), help="Euros of a unit of the bill's currency."
)
@source_command
def bills(file: Path, *, users: Path | None, scenario: Path | None, eur_per_unit: float | None) -> "Fitted":
    """Fit what stays and what grows of a bill to a FOCUS export, or take it from Infracost's JSON.

    Each service of a FOCUS export has a fixed part and one that grows with the users, by regression over
    whole months. What follows usage in Infracost grows. They become lines of the bill, each at its own pace.
    """
    from simulator.fit.bills import fit_bills
    from simulator.scenario.reading.files import files_near
    from simulator.scenario.reading.load import load_scenario

    loaded = None
    if scenario is not None:
        with files_near((scenario,), ()):
            loaded = load_scenario(scenario)
    return fit_bills(file, users=users, scenario=loaded, eur_per_unit=eur_per_unit)
