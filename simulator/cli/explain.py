"""``growthsim explain``: a week of a result, every euro a quantity at a price."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.options import WrongInput

if TYPE_CHECKING:
    from simulator.report.ledger.explained import Explained


@click.command()
@click.argument("result", metavar="RESULT", type=click.Path(path_type=Path))
@click.option(
    "--scenario", "name", default=None, help="Explain the scenario of this name.  [default: the only one]"
)
@click.option("--week", type=click.IntRange(0), required=True, help="Explain this week; weeks count from 0.")
@click.option(
    "--run", type=click.IntRange(0), default=None, help="Explain this run.  [default: the mean over runs]"
)
@click.option("--json", "as_json", is_flag=True, help="Print the lines as JSON, and nothing else.")
def explain(result: Path, *, name: str | None, week: int, run: int | None, as_json: bool) -> None:
    """Trace a week's euros to quantities and prices.

    RESULT is a results folder. Prints every line of the week's ledger, quantity x price = amount, and what
    came in; over the runs, a price is the mean amount over the mean quantity.
    """
    from simulator.report.folder.plain import to_json
    from simulator.report.folder.reading import ReadingError, damage_told
    from simulator.report.ledger.explained import ExplainError, explained
    from simulator.report.writers.terminal import console_for, print_table, without_blank_ends

    try:
        with damage_told(result):
            found = explained(result, name, week, run)
    except (ExplainError, ReadingError) as error:
        raise WrongInput(str(error)) from None
    if as_json:
        click.echo(to_json(found.as_json()), nl=False)
        return
    console = console_for(sys.stdout)
    with without_blank_ends(console):
        print_table(console, _title(found), COLUMNS, found.rows(), words=("unit",))


COLUMNS = ("line", "quantity", "unit", "price €", "amount €")


def _title(found: "Explained") -> str:
    whose = "mean over the runs" if found.run is None else f"run {found.run}"
    return f"{found.name}, week {found.week}, {whose}"
