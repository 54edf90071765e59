"""``check --against`` and ``check`` of a results folder, on real results of a month."""

import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from simulator.cli import main
from tests.simulated import SCENARIOS


def invoke(*words, **environment):
    return CliRunner(env=environment).invoke(main, [*map(str, words)], catch_exceptions=False)


def month(folder: Path, name: str = "A month", more: str = "") -> Path:
    file = folder / "month.toml"
    file.write_text(
        f'extends = "{SCENARIOS / "base.toml"}"\n[scenario]\nname = "{name}"\nhorizon_months = 1\n'
        f"[demand]\ngrowth_share_month = 0.1\n[budget]\ninfrastructure_eur = 1.0\nteam_eur = 1.0\n{more}",
        encoding="utf-8",
    )
    return file


@pytest.fixture(scope="module")
def earlier(tmp_path_factory) -> Path:
    """The results folder of eight runs of a month."""
    folder = tmp_path_factory.mktemp("earlier")
    how = ("--runs", 8, "--requests", 64, "--seed", 3, "--workers", 1)
    assert invoke("run", month(folder), *how, "--out", folder / "out").exit_code == 0
    return folder / "out"


@pytest.mark.parametrize(("place", "width"), [("manifest.json", 80), (".", 44)])
def test_the_same_scenario_is_identical(earlier, tmp_path, place, width):
    found = invoke("check", month(tmp_path), "--against", earlier / place, "--workers", 1, COLUMNS=str(width))
    assert found.exit_code == 0, found.output
    assert max(map(len, found.stdout.splitlines())) <= width
    assert "The scenario is the same." in found.stdout
    assert "identical, to the last bit in each of 8 runs" in " ".join(found.stdout.split())
    assert "All 8 figures are within their margins." in found.stdout


def test_another_scenario_is_past_its_margin(earlier, tmp_path):
    dearer = month(tmp_path, "Renamed", "[prices]\nvcpu_hour = 0.9\n")
    words = ("--margin", "cost_infrastructure_eur=+1%", "--margin", "total_infrastructure_eur=1%", "--json")
    found = invoke(
        "check", dearer, "--against", earlier, *words, "--workers", 1, "--junit", tmp_path / "x.xml"
    )
    assert found.exit_code == 1, found.output
    plain = json.loads(found.stdout)
    assert (plain["passed"], plain["identical"], plain["runs"], plain["seed"]) == (False, False, 8, 3)
    (scenario,) = plain["scenarios"]
    assert (scenario["scenario"], scenario["earlier"], scenario["changed"]) == ("Renamed", "A month", True)
    assert {"scenario.name", "prices.vcpu_hour"} == {change["key"] for change in scenario["changes"]}
    moved = {one["figure"]: one for one in plain["differences"]}
    assert moved["total_infrastructure_eur"]["verdict"] == "fail"
    assert moved["total_infrastructure_eur"]["low"] > moved["total_infrastructure_eur"]["allowed"]
    assert moved["hires"]["identical"]
    assert 'failures="0"' not in (tmp_path / "x.xml").read_text().splitlines()[1]


def test_a_results_folder_is_judged_as_it_stands(earlier):
    before = {file: file.read_bytes() for file in earlier.iterdir()}
    found = invoke("check", earlier, "--require", "runs == 8", "--require", "hires.p50 < 100", "--json")
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout)["looks_at_runs"] == [8]
    assert {file: file.read_bytes() for file in earlier.iterdir()} == before
    assert invoke("check", earlier, "--require", "runs == 9").exit_code == 1
    refused = invoke("check", earlier, "--require", "runs == 8", "--seed", 2)
    assert (refused.exit_code, "--seed: is nothing to give" in refused.stderr) == (2, True)
    assert invoke("check", earlier, SCENARIOS, "--require", "runs == 8").exit_code == 2


def copied(earlier: Path, place: Path) -> Path:
    place.mkdir()
    for file in earlier.iterdir():
        (place / file.name).write_bytes(file.read_bytes())
    return place


def test_an_earlier_result_must_be_whole(earlier, tmp_path):
    broken = copied(earlier, tmp_path / "out")
    file = month(tmp_path)
    pl.read_parquet(broken / "runs.parquet").head(3).write_parquet(broken / "runs.parquet")
    found = invoke("check", file, "--against", broken)
    assert (found.exit_code, "must be the table that manifest.json describes" in found.stderr) == (2, True)
    (broken / "runs.parquet").unlink()
    found = invoke("check", file, "--against", broken)
    assert (found.exit_code, "make it again by `growthsim run" in found.stderr) == (2, True)
    for text in ("{", "[]", '{"format": "growthsim results 1"}'):
        (broken / "manifest.json").write_text(text)
        found = invoke("check", file, "--against", broken)
        assert (found.exit_code, "must " in found.stderr) == (2, True)


def test_a_result_of_an_earlier_version_is_compared_with(earlier, tmp_path):
    """What a comparison needs, the runs and where they are from, has been in folders of every version."""
    old = copied(earlier, tmp_path / "out")
    manifest = json.loads((old / "manifest.json").read_text())
    (old / "manifest.json").write_text(json.dumps(manifest | {"format": "growthsim results 1"}))
    found = invoke("check", month(tmp_path), "--against", old, "--workers", 1)
    assert found.exit_code == 0, found.output


def test_several_scenarios_are_told_apart_by_their_names(earlier):
    found = invoke("check", SCENARIOS, "--against", earlier)
    assert found.exit_code == 2
    assert "must be one of the scenarios of" in found.stderr
