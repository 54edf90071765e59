"""``simulator.api``: the names that notebooks rest on, and that it tells what the commands tell."""

import json
import subprocess
import sys

import polars as pl
import pytest
from click.testing import CliRunner

from simulator import api
from simulator.cli import main
from simulator.scenario.faults import ScenarioError
from tests.simulated import SCENARIOS

PEOPLE = {"scenario.name": "<b>More</b> people", "hiring.headcount_added": 9}
HOW = {"runs": 3, "requests": 64}


@pytest.fixture(scope="module")
def result() -> api.Result:
    return api.compare([api.EXAMPLE, api.load(api.EXAMPLE, PEOPLE)], **HOW)


def test_the_public_names_are_these():
    """To take one away or rename it breaks notebooks: it needs a new major version."""
    assert api.__all__ == [
        *("EXAMPLE", "Plan", "Result", "Stress", "compare", "load", "simulate", "stress", "sweep")
    ]
    public = {name for name in vars(api.Result) if not name.startswith("_")}
    assert public == {"differences", "differences_figure", "figures", "runs", "weeks"}
    assert list(api.Result.__dataclass_fields__) == ["plans", "summary", "frames"]


def test_importing_the_package_imports_none_of_it():
    code = "import sys, simulator; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy", "polars", "plotly", "simulator.api"} & set(done.stdout.split())


def test_it_tells_what_the_command_tells(tmp_path):
    how = ["--runs", "3", "--requests", "64", "--workers", "1", "--out", str(tmp_path / "out")]
    told = CliRunner().invoke(main, ["run", str(api.EXAMPLE), *how, "--json"], catch_exceptions=False)
    found = api.simulate(api.EXAMPLE, **HOW)
    assert {"binding": found.summary["scenarios"][0]["constraints"], **found.summary} == json.loads(
        told.stdout
    )
    for name, frame in found.frames.items():
        assert frame.equals(pl.read_parquet(tmp_path / "out" / f"{name}.parquet")), name


def test_figures_are_one_row_each(result):
    figures = result.figures()
    assert figures.select("scenario", "figure").is_duplicated().sum() == 0
    cost = figures.filter(figure="cost_total_eur.mean")["value"].to_list()
    assert cost == [scenario["cost_total_eur"]["mean"] for scenario in result.summary["scenarios"]]


def test_differences_are_those_of_the_runs(result):
    (row,) = result.differences("hires").to_dicts()
    hires = [own["hires"].to_numpy() for own in result.runs.partition_by("scenario")]
    assert row["difference"] == pytest.approx((hires[1] - hires[0]).mean())
    assert (row["first"], row["second"], row["runs"]) == ("Growth by a half", PEOPLE["scenario.name"], 3)
    with pytest.raises(ValueError, match="must be one of users_end"):
        result.differences("bogus")


def test_a_saturated_run_is_in_no_difference(result):
    frames = result.frames | {"runs": result.runs.with_columns(latency_p95_ms_worst=pl.lit(float("inf")))}
    saturated = api.Result(plans=result.plans, summary=result.summary, frames=frames)
    (row,) = saturated.differences("latency_p95_ms").to_dicts()
    assert (row["runs"], row["difference"], row["low"]) == (0, None, None)
    assert saturated.differences_figure("latency_p95_ms").data[0].x == (None,)


def test_a_name_is_text_in_the_figure(result):
    figure = result.differences_figure("cost_total_eur")
    assert figure.data[0].y == ("&lt;b>More&lt;/b> people less Growth by a half",)


def test_what_cannot_be_compared_is_said(tmp_path):
    with pytest.raises(ScenarioError, match="must be"):
        api.load(tmp_path / "none.toml")
    with pytest.raises(ValueError, match="with different names"):
        api.compare([api.EXAMPLE, api.EXAMPLE])
    with pytest.raises(ValueError, match="at least one"):
        api.compare([])


def test_a_load_test_tells_what_the_command_tells():
    file = SCENARIOS / "examples" / "stress_mm4.toml"
    how = ["--rate", "20,44", "--runs", "3", "--requests", "256"]
    told = json.loads(CliRunner().invoke(main, ["stress", str(file), *how, "--json"]).stdout)
    found = api.stress(file, [20.0, 44.0], runs=3, requests=256)
    assert found.rates["mean_ms"].to_list() == pytest.approx([told["rates"][0]["latency_ms"]["mean"], None])
    assert found.rates["saturated"].to_list() == [False, True]
    waits = [rate["tiers"]["service"]["wait_ms"]["p95"] for rate in told["rates"]]
    assert found.tiers["wait_p95_ms"].to_list() == pytest.approx(waits)
    assert (told["knee"] or {}).get("rate_per_s") == pytest.approx(found.knee_per_s)
    assert [trace.name for trace in found.figure().data] == ["mean", "p50", "p95", "p99"]


def test_a_sweep_has_a_row_for_every_cell():
    cells = api.sweep(api.EXAMPLE, {"database.read_replicas": [0, 1], "database.shards": [1, 2]}, **HOW)
    assert cells["database.shards"].to_list() == ["1", "2", "1", "2"]
    assert cells["pareto"].any()
