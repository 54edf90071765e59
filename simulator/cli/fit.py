"""``growthsim fit``: from one's own data to keys of a scenario, one subcommand a source."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.fitting import holdout_option, source_command, where_option, zone_named

if TYPE_CHECKING:
    from simulator.fit.record import Fitted


DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group(epilog="Every input format with an example of ten lines: scenarios/examples/fit/README.md")
def fit() -> None:
    """Fit keys of a scenario to one's own data.

    Each prints the fit with its 80 % intervals and, with --out, writes a TOML file that a scenario takes by
    extends = ["company.toml", "FILE.toml"], every number with its source, its date and its interval.
    """


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


@fit.command()
@click.option("--time", metavar="COLUMN", help="Of a CSV, the column of times.  [default: the first]")
@click.option(
    "--value", metavar="COLUMN", help="Of a CSV, the column of values.  [default: the only other one]"
)
@click.option(
    "--kind",
    type=click.Choice(["counts", "rate", "counter"]),
    help="Values are counts of each step, a rate a second, or a counter.  [default: counts; of Prometheus "
    "counters where the name ends in _total, else rates]",
)
@click.option(
    "--zone", default="UTC", show_default=True, callback=zone_named, help="Tell hours by this zone's clock."
)
@holdout_option
@source_command
def load(file: Path, **given: Any) -> "Fitted":
    """Fit the hours of a week, the season, the peak and burstiness to counts.

    FILE is a CSV of times and counts, the JSON of a Prometheus range query, or an access log of nginx or
    Apache (common or combined). Times with a zone are told by the clock of --zone; others stand as they are.
    """
    from simulator.fit.load.fit import fit_load

    return fit_load(file, **given)


@fit.command()
@click.option(
    "--servers",
    type=click.IntRange(1, 100_000),
    required=True,
    help="Cores that were measured, or workers that were loaded, all together.",
)
@click.option("--utilization", metavar="COLUMN", help="The column of utilisation.  [default: the second]")
@click.option("--rate", metavar="COLUMN", help="The column of requests a second.  [default: the third]")
@click.option(
    "--users",
    type=click.IntRange(1, 1_000_000),
    help="Virtual users of a load test.  [default: as the tool wrote, or as were in progress]",
)
@click.option(
    "--loop",
    type=click.Choice(["closed", "open"]),
    default="closed",
    show_default=True,
    help="Users of a load test wait for their answers, or requests came whatever happened.",
)
@source_command
def work(file: Path, **given: Any) -> "Fitted":
    """Fit the work of a request to utilisation and throughput, or to a load test.

    FILE is a CSV of time, utilisation and requests a second, or what k6 (CSV), JMeter (CSV), hey (-o csv),
    Locust (stats history) or wrk (its summary) wrote. Waits are not work: the law of the loop takes them out.
    """
    from simulator.fit.work import fit_work

    return fit_work(file, **given)


@fit.command()
@click.option("--load", metavar="COLUMN", help="The column of loads.  [default: the first]")
@click.option("--rate", metavar="COLUMN", help="The column of throughputs.  [default: the second]")
@source_command
def scaling(file: Path, **given: Any) -> "Fitted":
    """Fit the Universal Scalability Law to a CSV of loads and throughputs.

    Contention and coherency, and the throughput at two and four times the most load, with intervals that are
    as wide as few measurements leave them.
    """
    from simulator.fit.scaling import fit_scaling

    return fit_scaling(file, **given)


@fit.command()
@click.option("--count", default="count", show_default=True, metavar="COLUMN", help="The column of counts.")
@source_command
def skew(file: Path, **given: Any) -> "Fitted":
    """Fit Zipf's exponent to a CSV with a count for each key."""
    from simulator.fit.skew import fit_skew

    return fit_skew(file, **given)
