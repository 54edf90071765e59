"""``growthsim schema`` prints the keys of a scenario file, for editors and programs or for readers."""

import click


@click.command()
@click.option("--keys", is_flag=True, help="Print the key reference in Markdown instead (scenarios/KEYS.md).")
def schema(*, keys: bool) -> None:
    """Print the JSON Schema of a scenario.

    The schema is that of a whole scenario with its bases and price book read in: a file that extends another
    may leave out the keys of that one. The rules between keys are checked by `validate` alone.
    """
    if keys:
        from simulator.scenario.key_reference import key_reference

        click.echo(key_reference(), nl=False)
        return
    from simulator.report.folder.plain import to_json
    from simulator.scenario.schema import json_schema

    click.echo(to_json(json_schema()), nl=False)
