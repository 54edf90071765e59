"""``growthsim schema``: what a scenario file may say, for editors and programs."""

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of a scenario.

    It is that of a whole scenario, bases and price book read in: a file that extends another may leave out
    what that one holds. What must hold between keys is checked by `validate` alone.
    """
    from simulator.report.folder.plain import to_json
    from simulator.scenario.resolve import json_schema

    click.echo(to_json(json_schema()), nl=False)
