"""``growthsim fit people`` and ``fit bills`` as commands: examples, fragments, wrong input."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import main
from simulator.scenario.reading.load import load_scenario
from tests.simulated import SCENARIOS

EXAMPLES = SCENARIOS / "examples" / "fit"
PEOPLE = {
    "candidates": {"hiring.patience_weeks", "hiring.applications_week", "hiring.stages"},
    "staff": {"attrition.leavers_share_year", "attrition.first_year_factor", "team.tenure_weeks_mean"},
    "incidents": {"incidents.incidents_week", "incidents.duration_median_hours", "incidents.staff_hours"},
    "projects": {"projects.effort_median", "projects.effort_p90_over_p10"},
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["fit", *map(str, arguments)])


def extended(folder: Path, *fragments: Path) -> Path:
    """A scenario that takes the shipped company and then the fragments."""
    names = [(SCENARIOS / "base.toml").as_posix(), *(one.as_posix() for one in fragments)]
    text = (
        (SCENARIOS / "conservative.toml")
        .read_text()
        .replace('extends = "base.toml"', f"extends = {json.dumps(names)}")
    )
    file = folder / "plan.toml"
    file.write_text(text)
    return file


@pytest.mark.parametrize("source", PEOPLE)
def test_the_keys_of_an_example_are_taken_by_a_scenario(source, tmp_path):
    out, plot = tmp_path / "fitted.toml", tmp_path / "fitted.svg"
    result = run("people", EXAMPLES / f"{source}.csv", "--out", out, "--plot", plot)
    assert result.exit_code == 0, result.output
    found = json.loads(run("people", EXAMPLES / f"{source}.csv", "--json").output)
    assert PEOPLE[source] <= set(found["keys"])
    scenario = load_scenario(extended(tmp_path, out))
    for key in PEOPLE[source] - {"hiring.stages"}:
        table, name = key.split(".")
        assert getattr(getattr(scenario, table), name) == pytest.approx(found["keys"][key], rel=1e-5)
    assert plot.read_text().startswith("<svg")


def test_interviewers_of_a_company_stay_with_their_stages(tmp_path):
    out = tmp_path / "fitted.toml"
    result = run("people", EXAMPLES / "candidates.csv", "--company", SCENARIOS / "base.toml", "--out", out)
    assert result.exit_code == 0
    hiring = load_scenario(extended(tmp_path, out)).hiring
    shipped = {stage.name: stage for stage in load_scenario(SCENARIOS / "conservative.toml").hiring.stages}
    assert [stage.name for stage in hiring.stages] == ["phone interview", "technical interview"]
    for stage in hiring.stages:
        assert stage.interviewers == shipped[stage.name].interviewers
        assert stage.interview_hours == shipped[stage.name].interview_hours
    assert hiring.stages[1].delay_days != shipped["technical interview"].delay_days


def test_lines_of_a_bill_are_taken_each_at_its_pace(tmp_path):
    out = tmp_path / "bill.toml"
    users = EXAMPLES / "users.csv"
    assert run("bills", EXAMPLES / "bill.csv", "--users", users, "--out", out).exit_code == 0
    bill = load_scenario(extended(tmp_path, out)).bill
    paces = {line.name: line.users_elasticity for line in bill.lines}
    assert paces == {"Log analytics, fixed": 0, "Log analytics, growing": 1, "Key management, fixed": 0}
    assert bill.other_eur_month == bill.observability_eur_month == 0


def test_prices_of_databases_are_taken_from_infracost(tmp_path):
    out = tmp_path / "infra.toml"
    base = SCENARIOS / "conservative.toml"
    assert run("bills", EXAMPLES / "infracost.json", "--scenario", base, "--out", out).exit_code == 0
    sizes = load_scenario(extended(tmp_path, out)).prices.database_sizes
    assert (sizes["db.m5.large"].price_hour, sizes["db.m5.large"].cores) == (0.197, 2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["people", "none.csv"], "none.csv"),
        (["people", EXAMPLES / "bill.csv"], "must have the columns of candidates"),
        (["people", EXAMPLES / "staff.csv", "--column", "started"], "must be NAME=COLUMN"),
        (["people", EXAMPLES / "staff.csv", "--column", "started=Begin"], "must have a column named 'Begin'"),
        (["people", EXAMPLES / "staff.csv", "--until", "2020-13-01"], "--until"),
        (
            ["people", EXAMPLES / "staff.csv", "--until", "2020-12-31"],
            "line 5, column 'started': must not be after",
        ),
        (["bills", EXAMPLES / "staff.csv"], "must be Infracost's JSON, or a FOCUS export"),
        (["bills", EXAMPLES / "infracost.json"], "or given with --eur-per-unit, got USD"),
        (
            ["bills", EXAMPLES / "bill.csv", "--users", EXAMPLES / "staff.csv"],
            "line 2, column 'left': must be a number above 0",
        ),
    ],
)
def test_wrong_input_is_one_message_and_exit_code_2(arguments, said):
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert "Traceback" not in result.output
