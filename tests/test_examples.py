"""Every file of ``scenarios/examples/`` is told by its README; its topologies are the same in both engines.

The scenarios among them are compared in ``engines/agreement/test_shipped.py``.
"""

from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.scenario.reading.read import is_topology, read_toml

EXAMPLES = Path(__file__).parents[1] / "scenarios" / "examples"
FILES = sorted(EXAMPLES.glob("*.toml"))
TOPOLOGIES = [file for file in FILES if is_topology(read_toml(file))]


def test_the_readme_tells_every_example():
    told = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert FILES
    assert [file.name for file in FILES if told.count(f"| `{file.name}` |") != 1] == []


@pytest.mark.parametrize("file", TOPOLOGIES, ids=lambda file: file.stem)
def test_a_topology_is_the_same_in_both_engines(file):
    found = CliRunner().invoke(main, ["verify", str(file), "--runs", "1", "--requests", "64"])
    assert found.exit_code == 0, found.output
    assert "identical" in found.output
