"""The README: every example runs, and the commands that it speaks of are those that there are."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.cli import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINES = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
]
NOTEBOOKS = re.findall(r"^```python\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
SHORT = "--runs 2 --requests 64 --workers 1"
"""An example is an example with fewer runs of fewer requests, too, and in one process."""


def short(line: str) -> str:
    """The line without its installation, on this interpreter, and quickly done."""
    line = re.sub(r"^python3 -m venv \.venv && \.venv/bin/pip install \S+ && \.venv/bin/", "", line)
    line = re.sub(r" --(runs|requests) \d+", "", line)
    if "growthsim check" in line:
        taken = "" if "--against" in line else " --runs 2 --max-runs 2 --requests 64"
        line = line.replace("growthsim check", f"growthsim check --workers 1{taken}")
    line = re.sub(r"growthsim (run|compare|sweep)( [^|]*)?", rf"growthsim \1 {SHORT}\2", line)
    python = shlex.quote(sys.executable)
    return line.replace("growthsim", f"{python} -m simulator").replace("python3", python)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the scenarios in it, as after cloning; what one example writes the next may read."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "scenarios", folder / "scenarios")
    return folder


def test_the_two_first_commands_need_python_and_pip_alone() -> None:
    begins = "python3 -m venv .venv && .venv/bin/pip install "
    compares, tests = (line for line in LINES if line.startswith(begins))
    assert compares.startswith(f"{begins}. && .venv/bin/growthsim compare scenarios/")
    assert tests == f"{begins}'.[test]' && .venv/bin/python -m pytest -n auto"


def test_every_example_runs(checkout: Path) -> None:
    """In order, as `init` writes what `validate` reads."""
    examples = [short(line) for line in LINES if "pytest" not in line]
    assert len(examples) >= 8
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for example in examples:
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", example],
            cwd=checkout,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{example}\n{done.stderr}"


def test_every_notebook_example_runs(checkout: Path) -> None:
    assert NOTEBOOKS
    for example in NOTEBOOKS:
        done = subprocess.run(
            [sys.executable, "-c", re.sub(r"runs=\d+, requests=\d+", "runs=2, requests=64", example)],
            cwd=checkout,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{example}\n{done.stderr}"


def test_the_commands_are_those_that_there_are() -> None:
    assert set(re.findall(r"^\| `growthsim (\w+)`", README, flags=re.MULTILINE)) == set(COMMANDS)
    assert set(re.findall(r"growthsim ([a-z]+) ", "\n".join(LINES))) <= set(COMMANDS)


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / target).exists(), target
