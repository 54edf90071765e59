"""Every file of ``scenarios/examples/`` is right, told by its README, and the same in both engines."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli import main

EXAMPLES = Path(__file__).parents[1] / "scenarios" / "examples"
FILES = sorted(EXAMPLES.glob("*.toml"))


def test_the_readme_tells_every_example():
    told = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert FILES
    assert [file.name for file in FILES if told.count(f"| `{file.name}` |") != 1] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_example_is_the_same_in_both_engines(file):
    found = CliRunner().invoke(main, ["verify", str(file), "--runs", "1", "--requests", "64"])
    assert found.exit_code == 0, found.output
    assert "identical" in found.output
