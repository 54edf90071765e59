"""``growthsim validate``."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from simulator.cli import main

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def validate(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["validate", *map(str, arguments)])


def test_a_good_file_is_ok_and_shows_its_months() -> None:
    result = validate(SCENARIOS / "conservative.toml")
    assert result.exit_code == 0
    assert f"{SCENARIOS / 'conservative.toml'}: ok" in result.output
    assert "1,500,000" in result.output
    assert "in month 1\n" in result.output


def test_everything_that_ships_validates() -> None:
    result = validate(
        SCENARIOS, SCENARIOS / "projections", SCENARIOS / "base.toml", SCENARIOS / "prices.toml"
    )
    assert result.exit_code == 0
    assert result.output.count(": ok") == 8
    said = "counted as cost only, without capacity: add_region, extract_services, reorganise_teams"
    assert said in " ".join(result.output.split())


def test_what_a_plan_says_of_itself_is_told() -> None:
    said = " ".join(validate(SCENARIOS / "aggressive.toml").output.split())
    assert "look here: Planned growth is 9.4 % a month; the 14.5 % observed" in said
    assert "1,200 K€ fits neither" in said
    assert "look here: 2,236 candidates give 20 hires" in said
    assert (
        "uncertain, drawn once for each run: demand.lost_of_exposed_share, hiring.applications_week" in said
    )
    (report,) = json.loads(validate(SCENARIOS / "aggressive.toml", "--json").output)
    assert {found["name"]: found["agrees"] for found in report["arithmetic"]} == {
        "growth against observed": False,
        "infrastructure budget": True,
        "infrastructure share of revenue": True,
        "team budget": False,
        "candidates for hires": False,
    }


def test_a_plan_that_leaves_a_tier_without_capacity_is_infeasible() -> None:
    said = " ".join(validate(SCENARIOS / "projections" / "conservative.toml").output.split())
    asked = "107 % of the service and 125 % of the primary"
    assert f"! infeasible: the peak hour of the last month asks for {asked}" in said
    assert "infeasible" not in validate(SCENARIOS / "conservative.toml").output
    (report,) = json.loads(validate(SCENARIOS / "projections" / "conservative.toml", "--json").output)
    assert {tier: round(share, 2) for tier, share in report["infeasible"].items()} == {
        "service": 1.07,
        "primary": 1.25,
    }
    (report,) = json.loads(validate(SCENARIOS / "conservative.toml", "--json").output)
    assert report["infeasible"] == {}


def test_the_sizes_of_the_price_book_show_what_a_core_costs() -> None:
    (report,) = json.loads(validate(SCENARIOS / "hypergrowth.toml", "--json").output)
    assert [offer["size"] for offer in report["sizes"]] == [
        f"db.m5.{size}" for size in ("large", "xlarge", "2xlarge", "4xlarge")
    ]
    assert {offer["per_core_ratio"] for offer in report["sizes"]} == {1.0}
    assert [offer["suffices"] for offer in report["sizes"]] == [False, False, True, True]
    said = validate(SCENARIOS / "hypergrowth.toml").output
    assert "the smallest size that is enough for the last month is db.m5.2xlarge (8 cores)" in said


def test_json_is_for_programs() -> None:
    reports = json.loads(validate(SCENARIOS, "--json").output)
    assert [report["name"] for report in reports] == [
        "Conservative growth",
        "Aggressive growth",
        "Hypergrowth",
    ]
    assert all(report["ok"] and len(report["sha256"]) == 64 for report in reports)
    assert [len(report["sizing"]) for report in reports] == [12, 18, 24]


def test_faults_of_all_files_are_told_and_the_exit_code_is_2(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("[scenario\n")
    result = validate(bad, tmp_path / "none.toml", SCENARIOS / "conservative.toml")
    assert result.exit_code == 2
    assert "bad.toml: must be valid TOML" in result.output
    assert "none.toml: must be an existing file" in result.output
    assert "conservative.toml: ok" in result.output


def test_faults_as_json(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(f"extends = '{SCENARIOS / 'conservative.toml'}'\n[database]\nshards = 0\n")
    result = validate(bad, "--json")
    assert result.exit_code == 2
    (report,) = json.loads(result.output)
    assert not report["ok"]
    assert report["faults"] == [{"key": "database.shards", "required": "must be at least 1", "got": "0"}]


def test_an_empty_folder_is_wrong_input(tmp_path: Path) -> None:
    result = validate(tmp_path)
    assert result.exit_code == 2
    assert "must hold at least one scenario" in result.output


def test_a_name_is_shown_as_it_is_and_not_as_markup(tmp_path: Path) -> None:
    file = tmp_path / "odd.toml"
    file.write_text(f"extends = '{SCENARIOS / 'conservative.toml'}'\n[scenario]\nname = \"[red]<b>x\"\n")
    assert "[red]<b>x" in validate(file).output
