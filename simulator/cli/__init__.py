"""The command ``growthsim``: one thin module for each command, loaded when it is called.

Asking for help loads no command, and so none of the libraries that the commands need.
"""

import importlib
import sys
from typing import Any

import click

from simulator import __version__
from simulator.cli.exits import INPUT_WRONG, INTERRUPTED
from simulator.cli.printer import ready_streams, say
from simulator.texts import printable_lines

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
    "dashboard": (
        "simulator.cli.dashboard:dashboard",
        "Show a week, or report a quarter, of a result.",
    ),
    "check": ("simulator.cli.check:check", "Check that promises are kept, for a build server."),
    "explain": ("simulator.cli.explain:explain", "Trace a week's euros to quantities and prices."),
    "debt": ("simulator.cli.debt:debt", "Rank technical debts by what repairing them returns."),
    "fit": ("simulator.cli.fit:fit", "Fit keys of a scenario to one's own data."),
    "schema": ("simulator.cli.schema:schema", "Print the JSON Schema of a scenario."),
    "verify": ("simulator.cli.verify:verify", "Check that both engines give the same results."),
}
"""Name of each command: where it is, as module:function, and its help in a line."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to call it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click gives it
        """Give the names in the order they are used in."""
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

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command line whose messages any terminal can show."""
        if not ready_streams():
            say("Error: the output must be a place that can be written to, got a closed one", err=True)
            sys.exit(INPUT_WRONG)
        return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what ends it early becomes a message and an exit code, never a traceback.

        A wrong input, an output that cannot be written, or a machine that cannot do it is exit code 2, an
        interruption 130, and an output that nobody reads any more 141, so that ``growthsim check … | head``
        is no failed check.
        """
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            vars(error)["message"] = printable_lines(error.message)  # of what was typed
            raise
        except click.exceptions.Exit:
            raise
        except KeyboardInterrupt:
            code = INTERRUPTED
        except Exception as error:
            from simulator.cli.ended import code_of  # help needs none of it

            known = code_of(error)
            if known is None:
                raise
            code = known
        raise click.exceptions.Exit(code)


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="growthsim")
def main() -> None:
    """Simulate what growth does to a company's load, its people and its money.

    Exit codes: 0 done, 1 a check failed, 2 the input was wrong, 130 interrupted, 141 nobody reads the output.
    """
