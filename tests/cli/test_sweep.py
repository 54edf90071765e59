"""``growthsim sweep``: a small grid, simulated for real."""

import json
import os
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from simulator.cli import main, sweep
from simulator.report.summary.sweep import OBJECTIVES
from simulator.scenario.reading.load import load_scenario
from simulator.study import simulate_study
from tests.synthetic import SCENARIOS

OVER = ["--over", "database.shards=2,4,8", "--over", "cache.hit_share=0.6,{low=0.5,mode=0.6,high=0.7}"]
QUICK = ["--runs", "3", "--requests", "64", "--workers", "1"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A month of the base company, which grows by a tenth, and the sweep of it in ``out``."""
    folder = tmp_path_factory.mktemp("sweep")
    (folder / "month.toml").write_text(
        f"extends = '{SCENARIOS / 'base.toml'}'\n"
        "[scenario]\nname = 'A month'\nhorizon_months = 1\n[demand]\ngrowth_share_month = 0.1\n"
        "[budget]\ninfrastructure_eur = 500\nteam_eur = 0\n"
    )
    done = invoke(folder, *OVER, "--json")
    assert done.exit_code == 0, done.output
    (folder / "said.json").write_bytes(done.stdout_bytes)
    return folder


@pytest.fixture(scope="module")
def summary(folder):
    return json.loads((folder / "said.json").read_text())


def invoke(folder, *arguments):
    before = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner().invoke(main, ["sweep", "month.toml", *QUICK, "--out", "out", *arguments])
    finally:
        os.chdir(before)


def test_json_is_alone_and_the_same_however_it_is_computed(folder):
    again = invoke(folder, *OVER, "--json", "--block", "1")
    assert again.stderr == ""
    assert again.stdout_bytes == (folder / "said.json").read_bytes()


def test_a_cell_is_the_scenario_with_its_values_on_the_same_draws(folder):
    """Run i of a cell is run i of the same scenario alone: common random numbers."""
    weeks = pl.read_parquet(folder / "out" / "weeks.parquet").filter(pl.col("scenario") == "cell 3")
    alone = load_scenario(
        folder / "month.toml", {"database.shards": 4, "cache.hit_share": 0.6, "windows.requests": 64}
    )
    study = simulate_study([alone], runs=3, requests=64, seed=1, workers=1)
    assert weeks.drop("scenario").equals(study.weeks.drop("scenario"))


def test_more_shards_cost_more_and_are_loaded_less(folder, summary):
    """The work measured on two shards is the same on four and eight; the hottest is a bit above 1/n."""
    two, four, eight = (cell for cell in summary["cells"] if cell["values"]["cache.hit_share"] == 0.6)
    weeks = pl.read_parquet(folder / "out" / "weeks.parquet")
    offered = [
        weeks.filter(pl.col("scenario") == f"cell {cell['cell']}")["offered_primary_share"].mean()
        for cell in (two, four, eight)
    ]
    assert offered[0] / 2 <= offered[1] <= 1.1 * offered[0] / 2
    assert offered[0] / 4 <= offered[2] <= 1.1 * offered[0] / 4
    hottest = [cell["hottest_shard_utilization_share"]["estimate"] for cell in (two, four, eight)]
    assert hottest == sorted(hottest, reverse=True)
    for cell in (four, eight):
        assert cell["difference"]["total_infrastructure_eur"]["low"] > 0
        assert cell["difference"]["slo_missed_share"]["estimate"] <= 0
    assert {found["estimate"] for found in two["difference"].values()} == {0}


def test_the_pareto_set_is_marked_by_the_stated_objectives(summary):
    assert [objective["figure"] for objective in summary["objectives"]] == [
        "total_infrastructure_eur",
        "slo_missed_share",
    ]
    points = {
        cell["cell"]: (cell["total_infrastructure_eur"]["mean"], cell["slo_missed_share"]["estimate"])
        for cell in summary["cells"]
    }
    for cell in summary["cells"]:
        cost, missed = points[cell["cell"]]
        better = [n for n, (c, m) in points.items() if c <= cost and m <= missed and (c, m) != (cost, missed)]
        assert cell["pareto"] == (not better)
        assert set(cell["dominated_by"]) == set(better) & set(summary["pareto"])
    assert summary["pareto"] == [cell["cell"] for cell in summary["cells"] if cell["pareto"]]


def test_other_objectives_may_be_asked_for(folder):
    done = invoke(folder, "--over", "database.shards=2,4", "--objective", "cost", "--json", "--out", "cheap")
    assert json.loads(done.stdout)["pareto"] == [1]
    assert set(sweep.OBJECTIVES) == set(OBJECTIVES)


def test_the_folder_says_what_each_cell_is(folder, summary):
    out = folder / "out"
    assert {file.name for file in out.iterdir()} == {
        *("manifest.json", "summary.json", "cells.csv", "README.md"),
        *(f"{name}.parquet" for name in ("weeks", "runs", "latencies", "actions", "shards", "cells")),
    }
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["command"].startswith("growthsim sweep month.toml --over database.shards=2,4,8 --over ")
    assert [cell["values"] for cell in manifest["cells"]] == [cell["values"] for cell in summary["cells"]]
    assert len({cell["sha256"] for cell in manifest["cells"]}) == 6
    cells = pl.read_parquet(out / "cells.parquet")
    assert cells["database.shards"].to_list() == ["2", "2", "4", "4", "8", "8"]
    assert cells["pareto"].to_list() == [cell["pareto"] for cell in summary["cells"]]
    assert (out / "cells.csv").read_text().count("\n") == 7


@pytest.mark.parametrize("columns", [None, "40", "200"])
def test_the_table_fits_and_is_plain_when_piped(folder, monkeypatch, columns):
    monkeypatch.chdir(folder)
    over = ["--over", "database.shards=2,4"]
    done = CliRunner(env={"COLUMNS": columns}).invoke(main, ["sweep", "month.toml", *QUICK, *over])
    assert done.exit_code == 0, done.stderr
    assert done.stderr == ""
    assert all(char.isprintable() or char == "\n" for char in done.stdout)
    assert max(map(len, done.stdout.splitlines())) <= int(columns or 80)
    for words in ("shards", "Δ paid", "SLO missed", "Pareto set (*)", "Results in results/a-month-sweep"):
        assert words in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--over", "database.shrds=2"], "did you mean shards?"),
        (["--over", "database.shards=2,x", "--over", "plan[0].month=1"], "2 faults"),
        (["--over", "windows.requests=64,128"], "must be swept or given as --requests, got both"),
        (["--over", "database.shards=2", "--objective", "beauty"], "'beauty' is not one of"),
        ([], "Missing option '--over'"),
    ],
)
def test_wrong_input_is_one_message_and_nothing_is_written(folder, arguments, said):
    done = invoke(folder, *arguments, "--out", "wrong")
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "wrong").exists()


@pytest.mark.parametrize(
    ("over", "requests", "ratio"), [("windows.requests=64,128", None, 2), ("database.shards=2,4", 2_048, 1)]
)
def test_windows_are_short_unless_they_are_swept(folder, monkeypatch, over, requests, ratio):
    monkeypatch.chdir(folder)
    here = ["sweep", "month.toml", "--runs", "1", "--workers", "1", "--out", f"windows-{ratio}", "--json"]
    done = CliRunner().invoke(main, [*here, "--over", over])
    assert done.exit_code == 0, done.output
    out = folder / f"windows-{ratio}"
    assert json.loads((out / "manifest.json").read_text())["requests"] == requests
    latencies = pl.read_parquet(out / "latencies.parquet")
    sums = dict(latencies.group_by("scenario").agg(pl.sum("count")).iter_rows())
    assert 0.9 * ratio < sums["cell 2"] / sums["cell 1"] < 1.1 * ratio
