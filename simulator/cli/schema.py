"""``growthsim schema`` prints the keys of a scenario file, or what a result holds."""

import click

from simulator.cli.options import WrongInput


@click.command()
@click.option("--keys", is_flag=True, help="Print the key reference in Markdown instead (scenarios/KEYS.md).")
@click.option("--figures", is_flag=True, help="Print the columns and figures of a result instead, as text.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON, as the schema always is.")
def schema(*, keys: bool, figures: bool, as_json: bool) -> None:
    """Print the JSON Schema of a scenario.

    The schema is that of a whole scenario with its bases and price book read in: a file that extends another
    may leave out the keys of that one. The rules between keys are checked by `validate` alone.

    With --figures it is the dictionary of a result: unit, kind, better direction and meaning of every
    weekly column, of every total of a run, and of every figure that `check --require` takes.
    """
    if keys and (figures or as_json):
        raise WrongInput("--keys: must stand alone, got --figures or --json beside it")
    if keys:
        from simulator.scenario.key_reference import key_reference

        click.echo(key_reference(), nl=False)
        return
    from simulator.quantities.dictionary import as_data, as_text
    from simulator.report.folder.plain import to_json
    from simulator.scenario.schema import json_schema

    if as_json and not figures:
        raise WrongInput("--json: must stand beside --figures, got none: the schema is JSON already")
    if figures and not as_json:
        click.echo(as_text(), nl=False)
    else:
        click.echo(to_json(as_data() if figures else json_schema()), nl=False)
