"""``growthsim sweep``: one scenario, several values of some of its keys, every combination."""

import sys
from pathlib import Path
from typing import Any

import click

from simulator.cli.options import SWEEP_RUNS, StudyOptions, reads_inputs, sweep_study_options
from simulator.cli.printer import say

OBJECTIVES = ("cost", "slo_missed", "over_budget", "loss")


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--over",
    multiple=True,
    required=True,
    metavar="KEY=V1,V2,...",
    help="Vary a key of the scenario over these values; may be given again, for a grid.",
)
@click.option(
    "--objective",
    "objectives",
    multiple=True,
    type=click.Choice(OBJECTIVES),
    default=("cost", "slo_missed"),
    show_default=True,
    help="Keep this low in the Pareto set: infrastructure paid, weeks that miss the SLO, the probability "
    "that infrastructure exceeds its budget, its loss; may be given again.",
)
@sweep_study_options
@reads_inputs
def sweep(file: Path, over: tuple[str, ...], objectives: tuple[str, ...], **given: Any) -> None:
    """Compare a grid of variants of one scenario.

    Every combination of the values, at most 1,000, is simulated under the same draws, so that cells
    differ by their values alone. Prints cost, risk and service level of each, marks the Pareto set and
    writes a results folder. A value is written as in the file, without the quotes of a plain word if you
    like; an uncertain one is a table: 'demand.users={low=7e5,mode=8e5,high=1e6},750000'.

    database.shards is the number of shards on the first day. The plan still runs in every cell, and its
    action "shard" sets a number of shards whatever there was. To vary that, name the action by its place in
    the plan, from 0. Measurements stay those of the company as the file has it.

    \b
    growthsim sweep plan.toml --over database.shards=2,4,8 --over database.read_replicas=0,1,2
    growthsim sweep plan.toml --over 'plan[6].shards=4,8,16' --over 'plan[6].month=6,9'
    """  # noqa: D301 - click's mark of lines that stay as they are
    from simulator.cli.swept import swept
    from simulator.report.folder.plain import to_json
    from simulator.report.summary.typed import swept_of
    from simulator.report.writers.sweep_table import print_sweep
    from simulator.report.writers.terminal import console_for

    options = StudyOptions.of(given | {"runs": given["runs"] or SWEEP_RUNS, "until_se": None, "lang": "en"})
    found = swept(file, over, options, objectives=tuple(dict.fromkeys(objectives)))
    if options.as_json:
        click.echo(to_json(found.summary), nl=False)
        return
    print_sweep(console_for(sys.stdout), swept_of(found.summary))
    say(f"Results in {found.folder}")
