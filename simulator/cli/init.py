"""``growthsim init``: a starter to edit."""

from importlib.resources import files
from pathlib import Path

import click

from simulator.cli.options import WrongInput
from simulator.cli.printer import say

STARTER_FILES = ("company.toml", "prices.toml", "growth.toml")


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace files that are there.")
def init(folder: Path, *, force: bool) -> None:
    """Write a commented starter scenario that runs.

    Into DIR, or here: a company, a price book and one scenario, to be edited.
    """
    there = [name for name in STARTER_FILES if (folder / name).exists()]
    if there and not force:
        message = f"{', '.join(there)} in {folder} would be replaced; choose another folder or give --force"
        raise WrongInput(message)
    starter = files("simulator.scenario") / "starter"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in STARTER_FILES:
            (folder / name).write_bytes((starter / name).read_bytes())
    except OSError as error:
        message = f"{folder}: must be a folder that can be written to, got {error.strerror}"
        raise WrongInput(message) from None
    for name in STARTER_FILES:
        say(f"wrote {folder / name}")
    scenario = folder / STARTER_FILES[-1]
    say(f"\nNext: growthsim validate {scenario}\n      growthsim run {scenario}")
