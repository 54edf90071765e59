"""The ledger of a study: every euro a quantity at a price, and the parts make the whole in every run."""

import csv
import json
import shutil

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.finance.line import INFRASTRUCTURE, TEAM, by_category
from simulator.mechanisms.effect import plan
from simulator.mechanisms.resharding.effects import MOVING
from simulator.report.ledger.books import books_of
from simulator.report.ledger.focus import focus_ledger
from simulator.risk.loss import run_totals
from simulator.risk.weekly import by_week, weeks_of_scenario
from tests.simulated import SCENARIOS, company, study_of

CENT = 0.005
EVERYTHING = {
    "scenario.name": "=Everything",
    "scenario.horizon_months": 4,
    "demand.growth_share_month": 0.08,
    "hiring.headcount_added": 10,
    "hiring.applications_week": 200.0,
    "hiring.notice_weeks_max": 4.0,
    "hiring.notice_weeks_min": 1.0,
    "purchasing.committed_vcpus": 30,
    "purchasing.committed_years": 3,
    "purchasing.spot_share": 0.25,
    "prices.egress_tiers": [{"above_gb_month": 3_000, "price_gb": 0.1}],
    "bill.cdn_share": 0.4,
    "revenue.latency_lost_share_per_100_ms": 0.001,
    "revenue.latency_reference_ms": 1_000.0,
    "team.levels": [
        {"name": "junior", "headcount_share": 0.4, "salary_factor": 0.7},
        {"name": "senior", "headcount_share": 0.6, "salary_factor": 1.2},
    ],
} | plan("resize_database", size="db.m5.xlarge", double_running_eur_week=700.0)
"""Every way of paying there is."""


@pytest.fixture(scope="module")
def study():
    scenario = company(EVERYTHING)
    return scenario, study_of(scenario, runs=5)


@pytest.fixture(scope="module")
def books(study):
    scenario, result = study
    rows = weeks_of_scenario(result.weeks, scenario.scenario.name)
    (found,) = books_of(scenario, seed=1, rows=rows, actions=result.actions)
    return rows, found


def test_in_every_week_of_every_run_the_lines_make_up_the_costs_to_the_cent(books):
    rows, found = books
    for week in range(rows.weeks):
        lines = found.lines(week)
        for categories, whole in ((INFRASTRUCTURE, "infrastructure"), (TEAM, "team")):
            sums = by_category(lines, categories)
            for name, eur in sums.items():
                np.testing.assert_array_equal(eur, by_week(rows, f"cost_{name}_eur")[week])
            total = by_week(rows, f"cost_{whole}_eur")[week]
            assert np.abs(sum(sums.values()) - total).max() < CENT
            assert np.abs(sum(line.eur for line in lines if line.category in categories) - total).max() < CENT


def test_over_the_horizon_of_every_run_the_lines_make_up_the_totals_to_the_cent(study, books):
    scenario, result = study
    rows, found = books
    totals = run_totals(result.weeks, [scenario])
    paid = sum(line.eur for week in range(rows.weeks) for line in found.lines(week))
    assert np.abs(paid - totals["total_eur"].to_numpy()).max() < CENT
    for categories, whole in ((INFRASTRUCTURE, "infrastructure"), (TEAM, "team")):
        parts = sum(totals[f"total_{name}_eur"] for name in categories)
        assert (parts - totals[f"total_{whole}_eur"]).abs().max() < CENT
    increment = totals["total_eur"] - totals["standstill_eur"]
    assert (increment - totals["cost_total_eur"]).abs().max() < CENT


def test_in_every_week_of_every_run_the_income_is_what_comes_in(books):
    rows, found = books
    for week in range(rows.weeks):
        income = [line for line in found.income(week) if line.category == "revenue"]
        lost = ("revenue_lost_eur", "incident_revenue_lost_eur")
        received = by_week(rows, "revenue_eur")[week] - sum(by_week(rows, name)[week] for name in lost)
        assert np.abs(sum(line.eur for line in income) - received).max() < CENT


def test_every_way_of_paying_is_in_the_ledger(study, books):
    scenario, result = study
    rows, _ = books
    ledger = focus_ledger([scenario], seed=1, weeks=result.weeks, actions=result.actions)
    services = set(ledger["ServiceName"])
    assert {
        "service replicas, on demand", "service replicas, spot", "service replicas, committed, used",
        "service replicas, committed, unused", "egress", "egress, above 3,000 GB a month", "content network",
        "load balancing", "observability", "salaries, junior", "salaries, senior", "accepted offers",
        "resize_database, month 2, double running", "resize_database, month 2, one-off",
    } <= services  # fmt: skip
    paid = by_week(rows, "cost_infrastructure_eur") + by_week(rows, "cost_team_eur")
    assert ledger["BilledCost"].sum() == pytest.approx(paid.sum() / rows.runs)
    assert (ledger["PricingQuantity"] * ledger["ListUnitPrice"] - ledger["ListCost"]).abs().max() < CENT
    committed = ledger.filter(pl.col("PricingCategory") == "Committed")
    assert set(committed["CommitmentDiscountStatus"]) == {"Used", "Unused"}
    assert (committed["ListCost"] > committed["BilledCost"]).all()
    assert ledger["ChargePeriodStart"][0] == "2024-01-01T00:00:00Z"


def test_double_running_is_paid_from_the_first_day_of_work_until_the_action_is_in_place(study, books):
    _, result = study
    rows, found = books
    placed = result.actions["placed_week"].to_numpy()
    assert (placed >= 0).all()
    weeks = np.zeros(rows.runs)
    for week in range(rows.weeks):
        (line,) = (line for line in found.lines(week) if line.service.endswith("double running"))
        weeks += line.quantity
    np.testing.assert_array_equal(weeks, placed - 2)  # due in week 4, with two weeks of lead time


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explain")
    file = folder / "small.toml"
    file.write_text(
        f"extends = '{(SCENARIOS / 'base.toml').as_posix()}'\n"
        "[scenario]\nname = '=Small'\nhorizon_months = 1\n[demand]\ngrowth_share_month = 0.1\n"
        "[budget]\ninfrastructure_eur = 1\nteam_eur = 1\n"
    )
    out = folder / "out"
    invoke("run", file, "--runs", 3, "--requests", 64, "--workers", 1, "--out", out)
    return out


def invoke(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)


def test_explain_traces_a_week_to_quantities_and_prices(result):
    weeks = pl.read_parquet(result / "weeks.parquet").filter(pl.col("week") == 2)
    for run, wanted in (
        (None, weeks["cost_infrastructure_eur"].mean()),
        (1, weeks["cost_infrastructure_eur"][1]),
    ):
        option = [] if run is None else ["--run", run]
        found = json.loads(
            invoke("explain", result, "--scenario", "=Small", "--week", 2, *option, "--json").stdout
        )
        assert found["infrastructure_eur"] == pytest.approx(wanted, abs=CENT)
        for line in found["lines"]:
            assert line["quantity"] * line["price_eur"] == pytest.approx(line["eur"], abs=CENT)
    text = invoke("explain", result, "--scenario", "=Small", "--week", 2).stdout
    assert "vCPU-hours" in text


def test_the_only_scenario_needs_no_name(result):
    named, unnamed = (
        invoke("explain", result, *option, "--week", 2).stdout for option in (["--scenario", "=Small"], [])
    )
    assert named == unnamed != ""


def test_of_several_scenarios_the_names_are_listed(result, tmp_path):
    shutil.copytree(result, tmp_path / "two")
    manifest = tmp_path / "two" / "manifest.json"
    origin = json.loads(manifest.read_text())
    first = origin["scenarios"][0]
    renamed = first["resolved"] | {"scenario": first["resolved"]["scenario"] | {"name": "Other"}}
    origin["scenarios"].append(first | {"name": "Other", "resolved": renamed})
    manifest.write_text(json.dumps(origin))
    found = invoke("explain", tmp_path / "two", "--week", 2)
    assert found.exit_code == 2
    assert "--scenario: must be one of '=Small', 'Other', got none" in found.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--scenario", "Large", "--week", 0], "must be one of '=Small', got 'Large'"),
        (["--scenario", "=Small", "--week", 4], "--week: must be at most 3, got 4"),
        (["--scenario", "=Small", "--week", 0, "--run", 3], "--run: must be at most 2, got 3"),
    ],
)
def test_what_is_not_there_cannot_be_explained(result, options, words):
    found = invoke("explain", result, *options)
    assert found.exit_code == 2
    assert words in found.stderr


def test_a_folder_that_is_no_result_cannot_be_explained(tmp_path):
    found = invoke("explain", tmp_path, "--scenario", "a", "--week", 0)
    assert found.exit_code == 2
    assert "must be a results folder" in found.stderr


def test_a_name_in_the_csv_is_no_formula(result):
    rows = list(csv.DictReader((result / "ledger.csv").read_text().splitlines()))
    assert {row["x_Scenario"] for row in rows} == {"'=Small"}


def test_data_that_are_kept_twice_are_lines_of_their_own():
    scenario = company(MOVING)
    result = study_of(scenario, runs=3)
    rows = weeks_of_scenario(result.weeks, scenario.scenario.name)
    (found,) = books_of(scenario, seed=1, rows=rows, actions=result.actions)
    costs = {name: by_week(rows, f"cost_{name}_eur") for name in INFRASTRUCTURE}
    for week in range(rows.weeks):
        lines = by_category(found.lines(week), INFRASTRUCTURE)
        for name, cost in costs.items():
            np.testing.assert_allclose(lines[name], cost[week], rtol=0, atol=CENT)
    twice = [
        {line.service: line.eur for line in found.lines(week)}["data kept twice"]
        for week in range(rows.weeks)
    ]
    assert np.count_nonzero(np.array(twice).any(axis=1)) in (2, 3)  # the copy, and a week to clean up
