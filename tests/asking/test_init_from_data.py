"""``growthsim init --from``: three commands from users, load and a bill to a comparison."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from simulator.cli import main
from simulator.scenario.observed import peak_rate_per_s
from simulator.scenario.reading.load import load_scenario
from tests.simulated import SCENARIOS

EXAMPLES = SCENARIOS / "examples" / "fit"
USERS, LOAD, BILL = (EXAMPLES / name for name in ("users.csv", "prometheus_weeks.json", "bill.csv"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first of the three commands."""
    place = tmp_path_factory.mktemp("own") / "mine"
    result = run("init", place, "--from", USERS, "--from", LOAD, "--from", BILL)
    assert result.exit_code == 0, result.output
    assert "5.83e+05, from the data (--users)" in result.output
    assert "Service replicas that run in the busy hour: 6 (an example; --pods)" in result.output
    assert "--infrastructure" not in result.output
    return place


@pytest.mark.slow  # the README's own test runs the same three on fewer requests
def test_three_commands_lead_to_a_comparison_with_doing_nothing(folder, tmp_path):
    assert run("validate", folder).exit_code == 0
    out = tmp_path / "results"
    how = ["--runs", 2, "--requests", 64, "--workers", 1, "--out", out, "--json"]
    result = run("compare", folder, *how)
    assert result.exit_code == 0, result.output
    names = [one["name"] for one in json.loads((out / "summary.json").read_text())["scenarios"]]
    assert sorted(names) == ["First plan", "Nothing planned"]


def test_the_company_has_the_users_the_load_and_the_bill_of_the_data(folder):
    company = load_scenario(folder / "growth.toml")
    assert company.demand.users == 583_000
    values = json.loads(LOAD.read_text())["data"]["result"][0]["values"]
    rates = np.array([float(value) for _, value in values])
    profile = np.array(company.demand.profile)
    assert peak_rate_per_s(company.demand) == pytest.approx(rates.mean() * profile.max(), rel=1e-3)
    assert company.service.observed.rate_per_s == pytest.approx(rates.mean() * profile.max(), rel=1e-3)
    assert {line.name for line in company.bill.lines} == {
        *("Log analytics, fixed", "Log analytics, growing", "Key management, fixed"),
        *("Compute, beyond the load, fixed", "Compute, beyond the load, growing"),
    }
    unplanned = load_scenario(folder / "unplanned.toml")
    assert unplanned.plan == ()
    assert unplanned.demand == company.demand


def test_an_answer_stands_over_the_data(tmp_path):
    result = run("init", tmp_path, "--from", USERS, "--users", 1_000_000, "--pods", 30)
    assert result.exit_code == 0, result.output
    company = load_scenario(tmp_path / "growth.toml")
    assert (company.demand.users, company.service.replicas) == (1_000_000, 30)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([USERS, USERS], "--from: must be the only file of users"),
        ([EXAMPLES / "staff.csv"], "line 3, column 'left': must be a number"),
        ([EXAMPLES / "prometheus.json"], "must have counts of at least 96 hours"),
        ([EXAMPLES / "none.csv"], "none.csv"),
        ([USERS, EXAMPLES / "infracost.json"], "infracost.json"),
    ],
)
def test_files_that_say_something_else_are_refused_and_nothing_is_written(files, said, tmp_path):
    result = run("init", tmp_path / "new", *(word for file in files for word in ("--from", file)))
    assert result.exit_code == 2, result.output
    assert said in " ".join(result.output.split())
    assert not (tmp_path / "new").exists()
