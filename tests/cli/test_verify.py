"""``growthsim verify``: says how much is the same, or names the first value that is not."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import main
from simulator.engines.events import station
from tests.simulated import SCENARIOS

BASE, PRICES = (str(SCENARIOS / f"{name}.toml") for name in ("base", "prices"))


def verify(*words: str) -> Result:
    return CliRunner().invoke(main, ["verify", *words])


@pytest.fixture
def month(tmp_path: Path) -> str:
    """A scenario of a single month."""
    file = tmp_path / "month.toml"
    file.write_text(
        f'extends = "{SCENARIOS / "base.toml"}"\n'
        '[scenario]\nname = "A month"\nhorizon_months = 1\n'
        "[demand]\ngrowth_share_month = 0.1\n"
        "[budget]\ninfrastructure_eur = 1.0\nteam_eur = 1.0\n",
        encoding="utf-8",
    )
    return str(file)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the event engine serve everybody one tick longer than they ask for."""
    visit = station.Visit.__init__
    monkeypatch.setattr(
        station.Visit, "__init__", lambda self, env, service, servers: visit(self, env, service + 1, servers)
    )


def test_says_what_was_compared_and_what_was_not(month):
    result = verify(BASE, month, PRICES, "--runs", "2", "--requests", "64")
    assert result.exit_code == 0, result.output
    *skipped, told, total = result.stdout.splitlines()
    assert skipped == [f"{BASE}: skipped, a company", f"{PRICES}: skipped, a price book"]
    assert told.startswith(f"{month}: identical: 0.0")
    assert told.endswith(" million values compared")
    assert total == f"all 1 identical: {told.rpartition('identical: ')[2]}"


def test_a_folder_stands_for_its_scenarios(month):
    result = verify(str(Path(month).parent), "--runs", "1", "--requests", "64", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told | {"values": None, "files": None} == {
        "identical": True,
        "values": None,
        "runs": 1,
        "requests": 64,
        "seed": 1,
        "files": None,
        "skipped": [],
    }
    assert told["files"] == [{"file": month, "values": told["values"], "difference": None}]


def test_more_runs_and_requests_are_more_values(month):
    def values(runs: int, requests: int) -> int:
        result = verify(month, "--runs", str(runs), "--requests", str(requests), "--json")
        return int(json.loads(result.stdout)["values"])

    few = values(1, 64)
    weeks, windows, of_a_request = 4, 2, 6
    assert values(1, 128) - few >= weeks * windows * of_a_request * 64
    assert values(2, 64) > few


@pytest.mark.usefixtures("broken")
def test_a_difference_is_named_and_ends_it(month):
    result = verify(month, str(SCENARIOS / "conservative.toml"), "--requests", "64")
    assert result.exit_code == 1
    (told,) = result.stdout.splitlines()
    start, _, rest = told.removeprefix(f"{month}: different, after ").partition(" values: ")
    assert int(start.replace(",", "")) > 0
    assert rest.startswith("run 0, week 0, peak window, service replica 0, service_end, job 0: ")
    lanes, events = (int(word) for word in rest.rpartition(": ")[2].split() if word.isdigit())
    assert events == lanes + 1


@pytest.mark.usefixtures("broken")
def test_a_difference_in_json(month):
    result = verify(month, "--requests", "64", "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    difference = told["files"][0]["difference"]
    assert told["identical"] is False
    assert (difference["run"], difference["week"], difference["job"]) == (0, 0, 0)
    assert difference["events"] == difference["lanes"] + 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([BASE], "must be a scenario or a topology, got a company"),
        (["nowhere.toml"], "must be an existing file"),
        ([], "Missing argument"),
        ([str(SCENARIOS / "conservative.toml"), "--runs", "0"], "--runs"),
        ([str(SCENARIOS / "conservative.toml"), "--requests", "9"], "--requests"),
        ([str(SCENARIOS / "conservative.toml"), "--seed", "-1"], "--seed"),
    ],
)
def test_wrong_input_is_a_message_and_exit_code_2(words, message):
    result = verify(*words)
    assert result.exit_code == 2
    assert message in result.output
    assert "Traceback" not in result.output
