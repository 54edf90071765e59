"""Every command prints by this module, so that no name can move a terminal, in any encoding."""

import io
import os
import sys

import click

from simulator.texts import PLAIN, printable_lines


def say(text: str = "", *, err: bool = False) -> None:
    """Print lines of text, what a terminal would obey shown as ``?``."""
    click.echo(printable_lines(text), err=err)


def ready_streams() -> bool:
    """Let both streams write any text in the letters they have; False where there is no standard output."""
    if sys.stderr is None:  # closed by whoever started this, who will read no message either
        from pathlib import Path  # which takes a tenth of what help does

        sys.stderr = io.TextIOWrapper(Path(os.devnull).open("wb"))  # noqa: SIM115 as long as the process
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=PLAIN)
    return sys.stdout is not None


def write_no_more() -> None:
    """Send what is still to be flushed nowhere, as the interpreter would fail at it once more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
