"""``simulator.api``: the names that notebooks rest on, and that it tells what the commands tell."""

import json
import subprocess
import sys

import polars as pl
import pytest
from click.testing import CliRunner

from simulator import api
from simulator.cli import main
from simulator.scenario.reading.faults import ScenarioError
from tests.simulated import SCENARIOS

PEOPLE = {"scenario.name": "<b>More</b> people", "hiring.headcount_added": 9}
HOW = {"runs": 3, "requests": 64}


@pytest.fixture(scope="module")
def result() -> api.Result:
    return api.compare([api.EXAMPLE, api.load(api.EXAMPLE, PEOPLE)], **HOW)


def test_the_public_names_are_these():
    """To take one away or rename it breaks notebooks: it needs a new major version."""
    assert api.__all__ == [
        *("EXAMPLE", "Plan", "Result", "Stress", "compare", "fit_bills", "fit_growth", "fit_load"),
        *("fit_people", "fit_scaling", "fit_skew", "fit_work", "fragment_text", "load", "simulate"),
        *("stress", "sweep"),
    ]
    public = {name for name in vars(api.Result) if not name.startswith("_")}
    assert public == {
        *("cross", "differences", "differences_figure", "evpi", "figures"),
        *("regret", "regret_figure", "runs", "sobol", "weeks"),
    }
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


@pytest.fixture(scope="module")
def chosen() -> api.Result:
    plans = [api.load(api.EXAMPLE, {"scenario.horizon_months": 3} | more) for more in ({}, PEOPLE)]
    return api.compare(plans, **HOW, cross=True, sobol=2)


def test_plans_on_every_demand_are_what_the_command_tells(chosen, tmp_path):
    quarter, more = tmp_path / "quarter.toml", tmp_path / "more.toml"
    quarter.write_text(f"extends = '{api.EXAMPLE.as_posix()}'\n[scenario]\nhorizon_months = 3\n")
    more.write_text(
        "extends = 'quarter.toml'\n"
        f"[scenario]\nname = '{PEOPLE['scenario.name']}'\n[hiring]\nheadcount_added = 9\n"
    )
    how = ["--runs", "3", "--requests", "64", "--workers", "1", "--cross", "--json"]
    command = ["compare", str(quarter), str(more), *how, "--out", str(tmp_path / "out")]
    told = json.loads(CliRunner().invoke(main, command, catch_exceptions=False).stdout)
    assert {key: chosen.summary[key] for key in ("regret", "p_best", "cross")} == {
        key: told[key] for key in ("regret", "p_best", "cross")
    }
    assert chosen.frames["cross"].equals(pl.read_parquet(tmp_path / "out" / "cross.parquet"))


def test_the_frames_of_a_choice_are_its_summary(chosen):
    cross, regret, evpi = chosen.cross(), chosen.regret(), chosen.evpi()
    names = [plan.scenario.name for plan in chosen.plans]
    assert cross["plan"].unique(maintain_order=True).to_list() == [*names, "do nothing"]
    assert cross.height == 3 * 3
    for row in cross.iter_rows(named=True):
        assert row["total_eur"] == pytest.approx(row["cost_eur"] + row["loss_eur"], abs=0.01)
    weighted = cross.group_by("plan", maintain_order=True).agg(
        (pl.col("regret_eur") * pl.col("weight")).sum()
    )
    assert regret["regret_eur"].to_list() == pytest.approx(weighted["regret_eur"].to_list())
    assert regret["p_best"].sum() == pytest.approx(1.0)
    (least,) = regret.filter("least_expected").iter_rows(named=True)
    assert evpi["evpi_eur"][0] == least["regret_eur"] == regret["regret_eur"].min()
    assert evpi.height == 1 + 5  # quarters of two weights
    at_quarters = evpi.row(3, named=True)
    assert (at_quarters["weight.Growth by a half"], at_quarters["best"]) == (0.5, evpi["best"][0])
    assert at_quarters["evpi_eur"] == pytest.approx(evpi["evpi_eur"][0])


def test_the_regret_figure_shows_names_as_text(chosen):
    (heat,) = chosen.regret_figure().data
    assert heat.y == ("Growth by a half", "&lt;b>More&lt;/b> people", "do nothing")
    assert heat.z.tolist() == chosen.cross()["regret_eur"].to_numpy().reshape(3, 3).tolist()


def test_sobol_has_a_row_for_every_uncertain_key(chosen):
    found = chosen.sobol()
    keys = [one["key"] for one in chosen.summary["scenarios"][0]["sobol"]["indices"]]
    assert found.filter(scenario="Growth by a half")["key"].to_list() == keys
    totals = found.filter(scenario=PEOPLE["scenario.name"])["total"]
    assert totals.to_list() == sorted(totals, reverse=True)


def test_what_was_not_asked_for_says_how_to_ask(result):
    for frame, words in (
        (result.cross, "cross=True"),
        (result.evpi, "cross=True"),
        (result.sobol, "sobol=64"),
    ):
        with pytest.raises(ValueError, match=words):
            frame()


def test_sobol_refuses_what_it_cannot_do(monkeypatch):
    with pytest.raises(ValueError, match="must be a power of 2, got 3"):
        api.compare([api.EXAMPLE], sobol=3)
    correlated = api.load(
        SCENARIOS / "conservative.toml",
        {"correlation": [{"keys": ["bill.other_eur_month", "bill.other_elasticity"], "coefficient": 0.5}]},
    )
    with pytest.raises(ValueError, match="1 correlated pairs in"):
        api.compare([correlated], sobol=64)
    monkeypatch.setitem(sys.modules, "SALib", None)
    with pytest.raises(ImportError, match="must find SALib"):
        api.compare([api.EXAMPLE], sobol=64)


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
