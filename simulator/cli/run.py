"""``growthsim run``: one scenario, week by week."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.options import StudyOptions, reads_inputs, rows_option, study_options
from simulator.cli.printer import say

if TYPE_CHECKING:
    from simulator.report.rows.lines import Extent


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@study_options
@rows_option
@reads_inputs
def run(file: Path, *, extent: "Extent", **given: Any) -> None:
    """Simulate one scenario, week by week.

    Prints the answer, with --rows the weeks, the summary and the signals too, and writes a results folder.
    As JSON, ``binding`` lists everything that can run out, by the week in which it does.
    """
    from simulator.cli.simulated import simulated
    from simulator.report.folder.plain import to_json
    from simulator.report.words import words_of
    from simulator.report.words.calendar import dated
    from simulator.report.writers.answer import print_answer
    from simulator.report.writers.comparison import print_comparison
    from simulator.report.writers.terminal import (
        console_for,
        print_budgets,
        print_constraints,
        print_signals,
        print_timeline,
    )
    from simulator.risk.weekly import weeks_of_scenario

    options = StudyOptions.of(given)
    found = simulated("run", [file], [file], options)
    binding = found.summary["scenarios"][0]["constraints"]
    if options.as_json:
        click.echo(to_json({"binding": binding, **found.summary}), nl=False)
        return
    console = console_for(sys.stdout)
    scenario = found.summary["scenarios"][0]
    with dated(found.summary):
        print_answer(console, found.summary, words_of(options.lang))
        if extent != "answer":
            print_timeline(console, weeks_of_scenario(found.weeks, scenario["name"]))
            print_signals(console, scenario)
            print_budgets(console, scenario)
            print_constraints(console, binding)
            print_comparison(console, found.summary, extent)
    say(f"Results in {found.folder}")
