"""Asking for help is light, and the one place where faults become exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import click
import pytest
from click.testing import CliRunner

from simulator import cli
from simulator.scenario.reading.faults import Fault, ScenarioError

ROOT = Path(__file__).parents[2]
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


def test_help_imports_hardly_more_than_click_does() -> None:
    """What a click program needs to lay out its help, and five small modules of this one."""
    laid_out = (
        "import sys, click\n"
        "from click.testing import CliRunner\n"
        "CliRunner().invoke(click.Group('g', commands={'a': click.Command('a', help='A.')}), ['--help'])\n"
    )
    asked = laid_out + (
        "before = set(sys.modules)\n"
        "from simulator.cli import main\n"
        "CliRunner().invoke(main, ['--help'])\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    cli = ("simulator.cli", "simulator.cli.exits", "simulator.cli.printer")
    assert set(done.stdout.split()) - {"simulator", *cli, "simulator.texts"} == set()


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


def _validated(stdout: int | IO[bytes]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "simulator", "validate", "scenarios", "--json"]
    return subprocess.Popen(command, cwd=ROOT, stdout=stdout, stderr=subprocess.PIPE)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a place that is always full")
def test_an_output_that_is_full_is_one_message() -> None:
    with Path("/dev/full").open("wb") as full:
        done = _validated(full)
    _, said = done.communicate(timeout=60)
    assert done.returncode == 2
    assert said == b"Error: the output must be a place that can be written to, got No space left on device\n"


@pytest.mark.skipif(os.name != "posix", reason="pipes that nobody reads end otherwise elsewhere")
def test_an_output_that_nobody_reads_any_more_is_not_a_failed_check() -> None:
    done = _validated(subprocess.PIPE)
    assert done.stdout is not None
    done.stdout.close()
    assert done.stderr is not None
    said = done.stderr.read()
    done.stderr.close()
    assert (done.wait(timeout=60), said) == (141, b"")


def test_a_fault_of_a_file_is_not_taken_for_one_of_the_output(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def failing() -> None:
        raise FileNotFoundError(2, "No such file or directory", "lost.toml")

    monkeypatch.setattr(cli.LazyGroup, "get_command", lambda *_: failing)
    done = CliRunner().invoke(cli.main, ["run"])
    assert done.exit_code == 2
    assert "lost.toml: must be a file or folder that can be used, got No such file" in done.stderr
