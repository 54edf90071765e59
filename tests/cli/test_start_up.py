"""Asking for help is light, and the one place where faults become exit codes."""

import json
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from simulator import cli
from simulator.scenario.faults import Fault, ScenarioError

HEAVY = ("numpy", "polars", "plotly", "simpy", "pydantic", "scipy", "rich", "jinja2", "xlsxwriter")


def test_help_imports_none_of_the_heavy_libraries() -> None:
    code = (
        "import json, sys\n"
        "from click.testing import CliRunner\n"
        "from simulator.cli import main\n"
        "result = CliRunner().invoke(main, ['--help'])\n"
        "print(json.dumps([result.exit_code, result.output, list(sys.modules)]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    exit_code, output, modules = json.loads(done.stdout)
    assert exit_code == 0
    assert all(name in output for name in cli.COMMANDS)
    assert not {name.partition(".")[0] for name in modules} & set(HEAVY)


def test_the_help_that_is_listed_is_the_help_of_the_command() -> None:
    for name, (_, text) in cli.COMMANDS.items():
        command = cli.main.get_command(click.Context(cli.main), name)
        assert command is not None
        assert command.get_short_help_str(limit=200) == text


def test_an_unknown_command_is_wrong_input() -> None:
    result = CliRunner().invoke(cli.main, ["simulate"])
    assert result.exit_code == 2
    assert "No such command" in result.output


@pytest.mark.parametrize(
    ("raised", "exit_code", "output"),
    [
        (
            ScenarioError("x.toml", [Fault(key="a", required="must be 1", got="2")]),
            2,
            "Error: x.toml: a: must be 1, got 2\n",
        ),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_faults_and_interruptions_are_no_tracebacks(
    raised: BaseException, exit_code: int, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    @click.command()
    def failing() -> None:
        raise raised

    monkeypatch.setattr(cli.LazyGroup, "get_command", lambda *_: failing)
    result = CliRunner().invoke(cli.main, ["run"])
    assert (result.exit_code, result.output) == (exit_code, output)
