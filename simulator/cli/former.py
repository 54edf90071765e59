"""Keys of earlier versions that a file still has: told once, beside what was asked."""

from collections.abc import Iterable
from pathlib import Path

import click

from simulator.scenario.reading.read import read_tables


def tell_former_keys(files: Iterable[Path]) -> None:
    """Say on standard error which keys of some files have no effect any more."""
    for line in dict.fromkeys(line for file in files for line in read_tables(file).former):
        click.echo(f"Note: {line}", err=True)
