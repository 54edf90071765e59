"""``growthsim compare``: scenarios side by side, by cost and risk."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.options import StudyOptions, reads_inputs, rows_option, study_options
from simulator.cli.printer import say

if TYPE_CHECKING:
    from simulator.report.rows.lines import Extent


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@study_options
@click.option(
    "--cross", is_flag=True, help="Simulate every plan on every demand path, too: regret, P(best), EVPI."
)
@click.option(
    "--sobol",
    type=click.Choice(["64", "128", "256", "512", "1024"]),
    default=None,
    help="Estimate Sobol indices of the cost from so many blocks of points; many more runs, no requests.",
)
@rows_option
@reads_inputs
def compare(
    paths: tuple[Path, ...], *, cross: bool, sobol: str | None, extent: "Extent", **given: Any
) -> None:
    """Compare scenarios by cost and risk.

    A folder stands for the scenarios in it, not for its bases and price books. Prints which plan
    to choose and why, with --rows the comparison as well, and writes a results folder.
    """
    from simulator.cli.further import Further
    from simulator.cli.simulated import simulated
    from simulator.report.folder.plain import to_json
    from simulator.report.words import words_of
    from simulator.report.words.calendar import dated
    from simulator.report.writers.answer import print_answer
    from simulator.report.writers.comparison import print_comparison
    from simulator.report.writers.terminal import console_for
    from simulator.scenario.reading.discover import scenario_files

    options = StudyOptions.of(given)
    found = simulated(
        "compare", paths, scenario_files(paths), options, Further(cross=cross, sobol=int(sobol or 0))
    )
    if options.as_json:
        click.echo(to_json(found.summary), nl=False)
        return
    console = console_for(sys.stdout)
    with dated(found.summary):
        print_answer(console, found.summary, words_of(options.lang))
        if extent != "answer":
            print_comparison(console, found.summary, extent)
    say(f"Results in {found.folder}")
