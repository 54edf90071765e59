"""The README: every example runs, and the commands that it speaks of are those that there are."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli import COMMANDS, main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [
    block.splitlines() for block in re.findall(r"^```sh\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
]
EXAMPLES = [block for block in BLOCKS if "pytest" not in block[0]]
LINES = [line for block in BLOCKS for line in block]
ACTIVATE = ". .venv/bin/activate"
"""After which everything that the install line has put there is on the path."""
NOTEBOOKS = re.findall(r"^```python\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
SHORT = "--runs 2 --requests 64 --workers 1"
"""An example is an example with fewer runs of fewer requests, too, and in one process."""


def short(line: str) -> list[str]:
    """The arguments of a line, without its installation, and quickly done."""
    line = re.sub(r"^python3 -m venv \.venv && \.venv/bin/pip install \S+ && \.venv/bin/", "", line)
    line = re.sub(r" --(runs|requests) \d+", "", line)
    program, command, *rest = shlex.split(line)
    assert program == "growthsim"
    if command == "check":
        taken = "" if "--against" in rest else "--runs 2 --max-runs 2 --requests 64"
        return [command, "--workers", "1", *taken.split(), *rest]
    return [command, *(SHORT.split() if command in ("run", "compare", "sweep") else ()), *rest]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the scenarios in it, as after cloning."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_two_first_commands_need_python_and_pip_alone() -> None:
    begins = "python3 -m venv .venv && .venv/bin/pip install "
    compares, tests = (line for line in LINES if line.startswith(begins))
    assert compares.startswith(f"{begins}. && .venv/bin/growthsim compare scenarios/")
    assert tests == f"{begins}'.[test]' && .venv/bin/python -m pytest -n auto"


def test_a_command_without_its_folder_stands_after_the_path_is_set() -> None:
    """The first commands name `.venv/bin`; no other is found before that is on the path."""
    bare = [place for place, line in enumerate(LINES) if line.startswith(("growthsim ", "python "))]
    assert LINES.count(ACTIVATE) == 1
    assert LINES.index(ACTIVATE) < min(bare)


@pytest.mark.usefixtures("checkout")
@pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: block[0])
def test_every_example_runs(block: list[str]) -> None:
    """A block alone and in order, as `init` writes what `validate` reads."""
    for line in [line for line in block if line != ACTIVATE]:
        done = CliRunner().invoke(main, short(line))
        assert done.exit_code == 0, f"{line}\n{done.output}"


def test_every_notebook_example_runs(checkout: Path) -> None:
    assert NOTEBOOKS
    for example in NOTEBOOKS:
        exec(re.sub(r"runs=\d+, requests=\d+", "runs=2, requests=64", example), {})
    assert (checkout / "difference.html").exists()


def test_the_commands_are_those_that_there_are() -> None:
    assert set(re.findall(r"^\| `growthsim (\w+)`", README, flags=re.MULTILINE)) == set(COMMANDS)
    assert set(re.findall(r"growthsim ([a-z]+) ", "\n".join(LINES))) <= set(COMMANDS)


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / target).exists(), target
