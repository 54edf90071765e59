"""The worked examples: both engines tell the same of each, and each is told of in their README."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli import main

EXAMPLES = Path(__file__).parents[1] / "scenarios" / "examples"
FILES = sorted(EXAMPLES.glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_example_holds_on_both_engines(file: Path) -> None:
    result = CliRunner().invoke(main, ["verify", str(file), "--runs", "1", "--requests", "64"])
    assert result.exit_code == 0, result.output


def test_every_example_has_its_line() -> None:
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert FILES
    assert [file.name for file in FILES if readme.count(f"| `{file.name}` |") != 1] == []
