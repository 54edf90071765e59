"""The command ``growthsim``: one thin module for each command, loaded when it is called.

Asking for help loads no command, and so none of the libraries that the commands need.
"""

import errno
import importlib
import os
import sys
from typing import Any

import click

from simulator import __version__
from simulator.cli.options import INPUT_WRONG, INTERRUPTED, NOBODY_READS
from simulator.engines.unsettled import UnsettledError
from simulator.scenario.faults import ScenarioError

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("simulator.cli.init:init", "Write a commented starter scenario that runs."),
    "validate": (
        "simulator.cli.validate:validate",
        "Check scenario files and show how loaded each tier would be.",
    ),
    "run": ("simulator.cli.run:run", "Simulate one scenario, week by week."),
    "compare": ("simulator.cli.compare:compare", "Compare scenarios by cost and risk."),
    "sweep": ("simulator.cli.sweep:sweep", "Compare a grid of variants of one scenario."),
    "stress": ("simulator.cli.stress:stress", "Load a topology at one or more rates and find its knee."),
    "report": (
        "simulator.cli.report:report",
        "Write a report, a spreadsheet or one figure from an existing results folder.",
    ),
    "check": ("simulator.cli.check:check", "Check that promises are kept, for a build server."),
    "explain": ("simulator.cli.explain:explain", "Trace a week's euros to quantities and prices."),
    "schema": ("simulator.cli.schema:schema", "Print the JSON Schema of a scenario."),
    "verify": ("simulator.cli.verify:verify", "Check that both engines give the same results."),
}
"""Name of each command: where it is, as module:function, and its help in a line."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to call it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click gives it
        """Names in the order they are used in."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what ends it early becomes a message and an exit code, never a traceback.

        A wrong input, or an output that cannot be written, is exit code 2, an interruption 130, and an
        output that nobody reads any more 141, so that ``growthsim check … | head`` is no failed check.
        """
        try:
            return super().invoke(ctx)
        except (ScenarioError, UnsettledError) as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(INPUT_WRONG)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except OSError as error:
            if error.filename is not None:  # a file is the business of who opens it
                raise
            _write_no_more()
            if error.errno == errno.EPIPE:
                ctx.exit(NOBODY_READS)
            required = "the output must be a place that can be written to"
            click.echo(f"Error: {required}, got {error.strerror}", err=True)
            ctx.exit(INPUT_WRONG)


def _write_no_more() -> None:
    """Send what is still to be flushed nowhere, as the interpreter would fail at it once more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="growthsim")
def main() -> None:
    """Simulate what growth does to a company's load, its people and its money.

    Exit codes: 0 done, 1 a check failed, 2 the input was wrong, 130 interrupted, 141 nobody reads the output.
    """
