"""What lanes cannot tell is said as one message, with what to do about it."""

import pickle

import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.engines.lanes import feedback
from simulator.engines.unsettled import UnsettledError
from tests.simulated import SCENARIOS

SCENARIO = f"""
extends = "{(SCENARIOS / "examples" / "connections.toml").as_posix()}"
[service]
database_connections = 1
"""
TOPOLOGY = """
[service]
demand_ms = 1.0
database_connections = 1
[database]
read_ms = 10.0
"""


@pytest.fixture
def files(tmp_path):
    """A scenario and a topology whose requests wait for each other's connections."""
    for name, text in (("scenario.toml", SCENARIO), ("topology.toml", TOPOLOGY)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def _one_round(monkeypatch):
    monkeypatch.setattr(feedback, "MOST_ROUNDS", 1)


SHORT = ("--runs", "1", "--requests", "64")
STUDY = (*SHORT, "--workers", "1", "--out", "study")


@pytest.mark.usefixtures("_one_round")
@pytest.mark.parametrize(
    "words",
    [
        ("run", "scenario.toml", *STUDY),
        ("compare", "scenario.toml", *STUDY),
        ("sweep", "scenario.toml", "--over", "database.shards=2,4", *STUDY),
        ("check", "scenario.toml", "--require", "hires < 9", *SHORT[2:], "--workers", "1"),
        ("verify", "scenario.toml", *SHORT),
        ("verify", "topology.toml", *SHORT),
        ("stress", "topology.toml", "--rate", "80", *SHORT),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_calls_that_do_not_settle_are_one_message(words, files, monkeypatch):
    monkeypatch.chdir(files)
    found = CliRunner().invoke(main, words)
    assert found.exit_code == 2, found.output
    (told,) = (line for line in found.stderr.splitlines() if line.startswith("Error: "))
    assert "must settle within 1 rounds" in told
    assert "--engine events has no such limit" in told
    assert "fewer --requests" in told
    assert "Traceback" not in found.output
    assert list(files.glob("study*")) == []


@pytest.mark.usefixtures("_one_round")
def test_the_advice_helps(files):
    words = ("stress", str(files / "topology.toml"), "--rate", "80", *SHORT)
    assert CliRunner().invoke(main, [*words, "--engine", "events"]).exit_code == 0


def test_the_message_comes_out_of_a_worker():
    """A process of its own hands the error over as it is."""
    error = pickle.loads(pickle.dumps(UnsettledError("calls of 2 windows")))
    assert isinstance(error, UnsettledError)
    assert str(error) == "calls of 2 windows"
