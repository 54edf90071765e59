"""A command that ends early tells why in one message, with an exit code."""

from simulator.cli.exits import INPUT_WRONG, NOBODY_READS
from simulator.cli.limits import told
from simulator.cli.printer import say, write_no_more
from simulator.engines.unsettled import UnsettledError
from simulator.scenario.reading.faults import ScenarioError


def code_of(error: Exception) -> int | None:
    """Say what ended a command and give its exit code; None for what is a fault of the program."""
    if isinstance(error, ScenarioError | UnsettledError):
        say(f"Error: {error}", err=True)
        return INPUT_WRONG
    if not isinstance(error, ArithmeticError | MemoryError | OSError):
        return None
    if isinstance(error, OSError) and error.filename is None:
        write_no_more()
    if isinstance(error, BrokenPipeError):
        return NOBODY_READS
    say(f"Error: {told(error)}", err=True)
    return INPUT_WRONG
