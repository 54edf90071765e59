"""Dates beside weeks in every output, budgets by quarter and fiscal year, and pay and prices that change."""

import io
import json

import numpy as np
import openpyxl
import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.report.figures import FIGURES
from simulator.report.folder.reading import read_results
from simulator.report.rows.budgets import budget_rows
from simulator.report.summary.budgets import budgets, calendar, planned_week_eur
from simulator.report.words import words_of
from simulator.report.words.calendar import dated
from simulator.report.writers.comparison import print_comparison
from simulator.report.writers.html import html_report
from simulator.report.writers.readme import readme
from simulator.report.writers.terminal import console_for, print_timeline
from simulator.report.writers.workbook import workbook
from simulator.risk.weekly import weeks_of_scenario
from simulator.scenario.reading.load import load_scenario
from tests.report.studies import dated_study, study
from tests.simulated import company, weeks_of
from tests.synthetic import scenario, weeks

STARTS = "2024-07-01"
WEEK_4, LAST = "2024-07-29", "2025-06-23"
RUNS, LENGTH = 4, 52


def printed(results):
    stream = io.StringIO()
    with dated(results.summary):
        console = console_for(stream)
        print_timeline(console, results.scenarios[0].rows)
        print_comparison(console, results.summary, "full")
    return stream.getvalue()


def sheets(results):
    book = openpyxl.load_workbook(io.BytesIO(workbook(results, words_of("en"))))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_every_output_has_dates_beside_its_weeks():
    results = dated_study(STARTS)
    terminal = printed(results)
    assert f"4 {WEEK_4}" in terminal
    assert f"51 {LAST}" in terminal
    for text in (terminal, readme("x", results.summary), html_report(results, words_of("fr"))):
        words = " ".join(text.split())
        assert f" ({WEEK_4})" in words or f"4 {WEEK_4}" in words
    book = sheets(results)
    assert book["Weeks"][0][:3] == ["Scenario", "Week", "Begins"]
    assert book["Weeks"][5][:3] == ["Steady", 4, WEEK_4]
    assert book["Cash by month"][2][2:4] == [2, WEEK_4]
    days = results.summary["scenarios"][0]["dates_of_weeks"]
    assert (days[0], days[4], days[-1], len(days)) == (STARTS, WEEK_4, LAST, 52)
    with dated(results.summary):
        figure = FIGURES["users"](results, words_of("en"))
    assert any(LAST in chart.words for chart in figure.charts)


def test_without_a_start_nothing_has_a_date():
    results = study()
    for text in (printed(results), readme("x", results.summary), html_report(results, words_of("en"))):
        assert "2024-0" not in text.replace("2024-01-01", "")
    assert sheets(results)["Weeks"][0][:2] == ["Scenario", "Week"]
    assert calendar(scenario(), 52) == {}


def test_scenarios_that_start_on_other_days_share_no_dates():
    results = dated_study(STARTS)
    results.summary["scenarios"][1]["starts"] = "2024-08-01"
    assert WEEK_4 not in printed(results)


def test_a_day_is_a_date_of_toml_or_a_text(tmp_path):
    for written in (STARTS, f"'{STARTS}'"):
        file = tmp_path / "one.toml"
        base = "/".join(__file__.split("/")[:-3]) + "/scenarios/conservative.toml"
        file.write_text(f"extends = '{base}'\n[scenario]\nstarts = {written}\n")
        assert load_scenario(file).scenario.starts == STARTS


def found(infrastructure=100.0, team=300.0, **overrides):
    """Budgets of a company that costs so much more than standing still in every week."""
    one = scenario(**overrides)
    table = weeks("One", RUNS, LENGTH, cost_infrastructure_eur=infrastructure, cost_team_eur=team)
    return budgets(one, weeks_of_scenario(table, "One"))["budgets"]


def test_quarters_add_up_to_the_budget_and_to_the_cost():
    cost = 100.0 + 10.0 * np.arange(RUNS)  # by run
    periods = found(np.broadcast_to(cost, (LENGTH, RUNS)), budget__infrastructure_eur=52_000.0)
    for kind, count in (("quarter", 4), ("fiscal_year", 1)):
        one = [period["infrastructure"] for period in periods[kind]]
        assert len(one) == count
        assert sum(period["planned_eur"] for period in one) == pytest.approx(52_000.0)
        assert sum(period["expected_eur"]["mean"] for period in one) == pytest.approx(52 * cost.mean())
        for period in one:
            assert period["expected_eur"]["p80"] == pytest.approx(52 / count * cost[-1])
            variance = period["expected_eur"]["mean"] - period["planned_eur"]
            assert period["variance_eur"] == pytest.approx(variance)
    assert [period["period"] for period in periods["quarter"]] == [f"quarter {n}" for n in (1, 2, 3, 4)]


def test_a_budget_is_planned_by_its_shares_and_evenly_in_them():
    one = scenario(budget__quarter_shares=[0.4, 0.3, 0.2, 0.1], budget__team_eur=13_000.0)
    planned = planned_week_eur(one, "team", 52)
    np.testing.assert_allclose(planned, np.repeat([400.0, 300.0, 200.0, 100.0], 13))


def test_a_week_counts_in_the_fiscal_period_in_which_it_begins():
    """From the first of July, years that begin in April: three quarters of one, and one of the next."""
    periods = found(scenario__starts=STARTS, budget__fiscal_year_first_month=4)
    assert [one["period"] for one in periods["quarter"]] == [
        *(f"2024/25 Q{quarter}" for quarter in (2, 3, 4)),
        "2025/26 Q1",
    ]
    assert [(one["period"], one["weeks"]) for one in periods["fiscal_year"]] == [
        ("2024/25", 40),
        ("2025/26", 12),
    ]
    assert [one["period"] for one in found(scenario__starts="2024-07-02")["quarter"]][-1] == "2025 Q2"
    rows = budget_rows({"budgets": periods}, words_of("en"))
    assert rows[0][0] == "2024/25 Q2"
    assert rows[0][1:3] == [
        "Infrastructure",
        words_of("en").eur(periods["quarter"][0]["infrastructure"]["planned_eur"]),
    ]
    assert len(rows) == 6 * 3


# --- pay and prices over the horizon ------------------------------------------------------------------------

YEARS = {
    "scenario.horizon_months": 14,
    "demand.growth_share_month_sd": 0.0,
    "attrition.leavers_share_year": 0.0,
}


def ratio(column, key, value):
    """A column of weeks with a key over that without it, of runs that are alike but for it."""
    before, after = (weeks_of(company(YEARS | given), runs=2)[column] for given in ({}, {key: value}))
    return np.asarray(after) / np.asarray(before)


def test_charges_come_on_top_of_every_salary():
    np.testing.assert_allclose(ratio("cost_salaries_eur", "team.employer_charges_share", 0.42), 1.42)


def test_pay_rises_at_the_end_of_each_year():
    grown = ratio("cost_salaries_eur", "team.pay_rise_share_year", 0.05)
    np.testing.assert_array_equal(grown[:52], 1.0)
    np.testing.assert_allclose(grown[52:], 1.05)


def test_prices_change_from_week_to_week():
    grown = ratio("cost_compute_eur", "prices.change_share_year", 0.21)
    expected = 1.21 ** (np.arange(len(grown)) / 52)
    np.testing.assert_allclose(grown, np.broadcast_to(expected[:, None], grown.shape))
    np.testing.assert_allclose(grown[26], 1.1)


def test_the_ledger_pays_at_the_prices_of_the_week(two_months, tmp_path):
    file = tmp_path / "dear.toml"
    file.write_text(
        f"extends = '{two_months.as_posix()}'\n[prices]\nchange_share_year = 5.0\n"
        "[team]\nemployer_charges_share = 0.4\n[scenario]\nstarts = 2024-07-01\n"
    )
    out = tmp_path / "out"
    given = ["--runs", "2", "--served", "1", "--requests", "64", "--workers", "1", "--out", str(out)]
    done = CliRunner().invoke(main, ["run", str(file), *given])
    assert done.exit_code == 0, done.output
    told = CliRunner().invoke(main, ["explain", str(out), "--week", "7", "--json"])
    rows = read_results(out).scenarios[0].rows.table.collect()
    of_week = rows.filter(week=7)
    for kind in ("infrastructure", "team"):
        mean = of_week[f"cost_{kind}_eur"].mean()
        assert json.loads(told.stdout)[f"{kind}_eur"] == pytest.approx(mean)
    ledger = (out / "ledger.csv").read_text()
    assert "2024-08-19T00:00:00Z" in ledger  # the seventh week after the first of July
