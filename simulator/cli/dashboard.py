"""``growthsim dashboard``: a week or a quarter of a result, on one page."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.options import WrongInput
from simulator.cli.printer import say

if TYPE_CHECKING:
    from simulator.report.dashboard.page import Dashboard
    from simulator.report.folder.reading import OneScenario, Results
    from simulator.report.words import Words


@click.command()
@click.argument("result", metavar="RESULT", type=click.Path(path_type=Path))
@click.option("--week", type=click.IntRange(0), help="Show this week; weeks count from 0.")
@click.option("--quarter", type=click.IntRange(1), help="Report this quarter; quarters count from 1.")
@click.option("--scenario", "name", help="Show the scenario of this name.  [default: the only one]")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["table", "markdown", "html", "json"]),
    default="table",
    show_default=True,
    help="Print a table, Markdown, one page of HTML, or JSON.",
)
@click.option(
    "--lang",
    type=click.Choice(["en", "fr"]),
    default="en",
    show_default=True,
    help="Write it in this language.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write it into this file, in another format than a table.",
)
def dashboard(
    result: Path,
    *,
    week: int | None,
    quarter: int | None,
    name: str | None,
    kind: str,
    lang: str,
    out: Path | None,
) -> None:
    """Show a week, or report a quarter, of a result.

    RESULT is a results folder of run or compare; nothing is simulated. Each figure is the median over the
    runs, held against the scenario's thresholds: fine, attention, critical, or none to hold it against.
    """
    if (week is None) == (quarter is None):
        got = "neither" if week is None else "both"
        raise WrongInput(f"--week: exactly one of --week and --quarter is required, got {got}")
    if kind == "table" and out is not None:
        raise WrongInput("--out: must stand beside --format markdown, html or json, got a table")
    from simulator.report.dashboard.page import DashboardError
    from simulator.report.folder.reading import ReadingError, damage_told, read_results
    from simulator.report.words import words_of
    from simulator.report.words.calendar import dated
    from simulator.report.writers.dashboard import print_dashboard
    from simulator.report.writers.terminal import console_for
    from simulator.risk.groups import intervals_of_summary

    words = words_of(lang)
    try:
        results = read_results(result)
        with damage_told(result), dated(results.summary):
            scenario = _one_of(results, name)
            with intervals_of_summary(scenario.summary):
                found = _made(scenario, week, quarter, words)
    except (DashboardError, ReadingError) as error:
        raise WrongInput(str(error)) from None
    if kind == "table":
        print_dashboard(console_for(sys.stdout), found, words)
        return
    text = _written(found, kind, words)
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise WrongInput(f"{out}: must be a file that can be written, got {error.strerror}") from None
    say(f"Wrote {out}")


def _one_of(results: "Results", name: str | None) -> "OneScenario":
    known = {scenario.name: scenario for scenario in results.scenarios}
    if name is None and len(known) == 1:
        return next(iter(known.values()))
    if name not in known:
        got = "none" if name is None else repr(name)
        raise WrongInput(f"--scenario: must be one of {', '.join(known)}, got {got}")
    return known[name]


def _made(scenario: "OneScenario", week: int | None, quarter: int | None, words: "Words") -> "Dashboard":
    from simulator.report.dashboard.quarter import quarter_dashboard
    from simulator.report.dashboard.week import week_dashboard

    if week is not None:
        return week_dashboard(scenario, week, words)
    assert quarter is not None  # one of the two, as was asked for
    return quarter_dashboard(scenario, quarter, words)


def _written(found: "Dashboard", kind: str, words: "Words") -> str:
    from simulator.report.folder.plain import to_json
    from simulator.report.writers.dashboard import dashboard_html, dashboard_markdown

    if kind == "json":
        return to_json(found)
    return dashboard_markdown(found, words) if kind == "markdown" else dashboard_html(found, words)
