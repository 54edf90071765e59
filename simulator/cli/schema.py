"""``growthsim schema``: what a scenario file may say, and what a result says, for editors and programs."""

import click

from simulator.cli.options import WrongInput


@click.command()
@click.option("--figures", is_flag=True, help="Print the columns and figures of a result instead, as text.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON, as the schema always is.")
def schema(*, figures: bool, as_json: bool) -> None:
    """Print the JSON Schema of a scenario.

    It is that of a whole scenario, bases and price book read in: a file that extends another may leave out
    what that one holds. What must hold between keys is checked by `validate` alone.

    With --figures it is the dictionary of a result: unit, kind, better direction and meaning of every
    weekly column, of every total of a run, and of every figure that `check --require` takes.
    """
    from simulator.quantities.dictionary import as_data, as_text
    from simulator.report.folder.plain import to_json
    from simulator.scenario.resolve import json_schema

    if as_json and not figures:
        raise WrongInput("--json: must stand beside --figures, got none: the schema is JSON already")
    if figures and not as_json:
        click.echo(as_text(), nl=False)
    else:
        click.echo(to_json(as_data() if figures else json_schema()), nl=False)
