"""``growthsim debt``: technical debts on the form by which one is assessed, ranked."""

import sys
from pathlib import Path

import click

from simulator.cli.options import reads_inputs


@click.command(epilog="The keys of a debt file: scenarios/KEYS.md; an example: scenarios/examples/debts.toml")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "kind",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
    help="Print a table, JSON, or Markdown.",
)
@reads_inputs
def debt(file: Path, *, kind: str) -> None:
    """Rank technical debts by what repairing them returns.

    FILE lists debts of features, architecture, infrastructure and tests as [[debts]], each with what it
    hinders, what repairing it takes and what it costs, and a [team] with the price of an hour. Nothing is
    simulated: the return is the saving of a year over the cost of the repair.
    """
    from simulator.diagnostics.debts import ranked_debts
    from simulator.report.folder.plain import to_json
    from simulator.report.rows.debts import debts_as_data
    from simulator.report.writers.debts import debts_markdown, print_debts
    from simulator.report.writers.terminal import console_for
    from simulator.scenario.debt_file import load_debts

    found = load_debts(file)
    ranked = ranked_debts(found)
    if kind == "json":
        click.echo(to_json(debts_as_data(ranked, found.team)), nl=False)
    elif kind == "markdown":
        click.echo(debts_markdown(ranked, found.team), nl=False)
    else:
        print_debts(console_for(sys.stdout), ranked, found.team)
