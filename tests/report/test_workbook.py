"""The spreadsheet: numbers are numbers, texts are texts, inputs stand beside results."""

import io
import re

import openpyxl
import polars as pl
import pytest

from simulator.report.folder.reading import Results
from simulator.report.words import words_of
from simulator.report.writers.workbook import workbook
from simulator.units import month_of_week
from tests.report.studies import HOSTILE, crossed_study, study


def opened(results, lang="en"):
    return openpyxl.load_workbook(io.BytesIO(workbook(results, words_of(lang))))


def test_a_sheet_for_each_table():
    book = opened(study())
    assert book.sheetnames == [
        *(
            "Verdict",
            "Comparison",
            "Summary",
            "Ledger by month",
            "Cash by month",
            "Budgets",
            "Weeks",
            "Runs",
            "Actions",
            "Inputs",
            "Origin",
        ),
    ]
    assert opened(study(), "fr").sheetnames[:2] == ["Verdict", "Comparaison"]


def test_numbers_are_numbers_with_formats():
    results = study()
    sheet = opened(results)["Summary"]
    rows = {row[0].value: row[1:] for row in sheet.iter_rows(min_row=2)}
    cost = rows["cost_total_eur.mean"]
    assert [cell.value for cell in cost] == [
        s["cost_total_eur"]["mean"] for s in results.summary["scenarios"]
    ]
    assert cost[0].number_format == '#,##0.00 "€"'
    assert rows["saturated_share"][0].number_format == "0.0%"


def test_the_comparison_is_numbers_where_it_is_numbers():
    results = study("A", "B")
    sheet = opened(results)["Comparison"]
    assert [cell.value for cell in sheet[1]] == [
        "",
        "A",
        "95 % from",
        "95 % to",
        "B",
        "95 % from",
        "95 % to",
    ]
    rows = {}
    for row in sheet.iter_rows(min_row=2):
        rows.setdefault((row[0].value or "").strip(), row[1:])  # of infrastructure, which comes first
    first, second = results.summary["scenarios"]
    cost = [cell.value for cell in rows["Infrastructure, over standing still"]]
    assert cost == [
        s["cost_infrastructure_eur"][key] for s in (first, second) for key in ("mean", "low", "high")
    ]
    assert rows["p95"][0].value == first["cost_infrastructure_eur"]["p95"]
    assert rows["p95"][0].number_format == '#,##0.00 "€"'
    over = rows["Chance to exceed it"]
    assert [cell.value for cell in over[:3]] == [
        first["p_over_budget"]["infrastructure"][key] for key in ("estimate", "low", "high")
    ]
    assert over[0].number_format == "0.0%"
    assert rows["All costs, a user-month"][0].value == first["cost_per_user_eur"]["mean"]
    assert rows["All costs, a user-month"][0].number_format == '#,##0.000 "€"'
    assert rows["Worst pooled P95, ms"][0].value == 10_000
    assert rows["Worst pooled P95, week"][0].value == first["latency_p95_ms"]["worst_week"]
    assert rows["Horizon, months"][0].value == 12
    words = [cell.value for row in rows.values() for cell in row if isinstance(cell.value, str)]
    assert not [text for text in words if re.search(r"\d.*(€|%)", text)]


def test_the_ledger_is_a_row_a_month_and_line():
    results = study("A", "B")
    sheet = opened(results)["Ledger by month"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == 2 * 12 * 2
    weeks = [week for week in range(52) if month_of_week(week) == 2]
    cores = sum(100 * (1 + week) for week in weeks)
    (bought,) = [row for row in rows if row[:3] == ("B", 2, "Compute")]
    assert bought[3:] == ("service replicas", "vCPU-hours", cores, 0.05, pytest.approx(0.05 * cores))
    assert sheet["G2"].number_format == '#,##0.00000 "€"'
    paid = results.frames["ledger"]["BilledCost"].sum()
    assert sum(row[-1] for row in rows) == pytest.approx(paid)


def test_what_is_infinite_is_marked_and_what_is_not_known_left_out():
    results = study("Steady")
    runs = results.frames["runs"].with_columns(
        runway_months=pl.Series([float("inf"), float("-inf"), float("nan"), None, 1.5, 2.5, 3.5, 4.5])
    )
    sheet = opened(Results(results.summary, results.manifest, results.frames | {"runs": runs}))["Runs"]
    column = [cell.value for cell in sheet[1]].index("runway_months")
    found = [row[column] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert found == ["∞", "−∞", None, None, 1.5, 2.5, 3.5, 4.5]
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == list(range(8))


def test_weeks_hold_the_quantiles_over_runs():
    results = study("Steady")
    sheet = opened(results)["Weeks"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in rows] == list(range(results.scenarios[0].rows.weeks))
    header = [cell.value for cell in sheet[1]]
    latency = header.index("latency_p95_ms p50")
    assert rows[-1][latency] == 10_000
    assert rows[0][latency] > 0


def test_cash_is_a_row_a_month_and_a_cross_a_row_a_pair():
    results = crossed_study("A", "B")
    book = opened(results)
    rows = list(book["Cash by month"].iter_rows(min_row=2, values_only=True))
    months = results.summary["scenarios"][0]["horizon_months"]
    assert [row[:3] for row in rows[:2]] == [("A", "the company", 1), ("A", "the company", 2)]
    assert len(rows) == 2 * 3 * months
    flow = results.summary["scenarios"][0]["cash"]["company"]["flow_eur"]
    assert rows[1][3] == pytest.approx(flow[1]["mean"])
    pairs = {row[:2]: row[2:] for row in book["Plans on demands"].iter_rows(min_row=2, values_only=True)}
    assert len(pairs) == 3 * 3
    cross = results.summary["cross"]
    assert pairs["B", "A"][9] == pytest.approx(cross["regret_eur"][1][0]["estimate"])
    assert pairs["A", "growth observed"][0] == 0.25
    assert pairs["A", "A"][11] == 1  # the cheapest, and nothing is lost


def test_inputs_stand_beside_results():
    rows = {row[0]: row[1:] for row in opened(study())["Inputs"].iter_rows(values_only=True)}
    assert rows["team.developers"] == (35, 35)
    assert rows["hiring.applications_week"][0].startswith("PERT, low 15")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_name_is_never_a_formula(lang):
    book = opened(crossed_study(*HOSTILE), lang)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {cell.value for cell in cells} >= set(HOSTILE)


def test_the_same_study_gives_the_same_bytes():
    assert workbook(study(), words_of("en")) == workbook(study(), words_of("en"))


def test_a_duration_stands_beside_its_unit_and_no_interval_of_90_percent_is_called_one_of_95():
    sheet = opened(study("A"))["Comparison"]
    rows = {row[0].strip(): row[1:] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert rows["Longest wait, s"][0] >= 0
    assert rows["Worst pooled P95, ms"][0] == 10_000  # the deadline
    assert rows["Chance of it or worse (90 % interval)"][1:] == (None, None)
