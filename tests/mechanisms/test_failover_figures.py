"""Failovers in the summary, the tables, the notes and the report; nothing of them where nobody asks."""

from simulator.mechanisms.failover.report import LIMIT
from simulator.report.rows.comparison import comparison
from simulator.report.rows.notes import notes
from simulator.report.rows.tables import comparison_rows
from simulator.report.words import words_of
from tests.simulated import company, summary_of

RECOVERED = {
    "scenario.name": "Recovered",
    "database.storage": {"installed_gb": 1_000.0, "gb_per_user": 0.001},
    "database.recovery": {"restore_mb_per_s": 125.0, "backup_interval_hours": 24.0, "promotion_s": 90.0},
}
FAILING = RECOVERED | {
    "scenario.name": "Failing",
    "database.failover": {"planned": [{"week": week, "shard": week % 2} for week in range(4)]},
}


def labels(summary):
    return [label for label, _ in comparison_rows(summary)]


def test_failovers_stand_in_the_summary_and_the_tables():
    summary = summary_of(company(FAILING), company(RECOVERED), runs=2)
    failing, recovered = summary["scenarios"]
    assert "failover" not in recovered
    assert failing["failover"]["failures"]["mean"] == 4
    assert failing["failover"]["downtime_s"]["p95"] == 360
    assert failing["failover"]["writes_failed"]["mean"] > failing["failover"]["writes_lost"]["mean"] > 0
    available = 1 - 360 / (2 * 13 * 604_800)
    assert round(failing["failover"]["available_share"]["mean"], 9) == round(available, 9)
    rows = dict(comparison_rows(summary))
    assert rows["failovers"] == ["4 ± 0", "-"]
    assert rows["  a primary is there"] == [f"{100 * available:.4f} %", "-"]


def test_the_notes_say_what_failed_and_what_is_left_out():
    said = dict(notes(summary_of(company(FAILING), company(RECOVERED), runs=2)))["Failovers"]
    assert said[0].startswith("Failing: 4 ± 0 failovers a run, without a primary for 360 s in all; ")
    assert said[1:] == [LIMIT]


def test_the_report_has_rows_of_them_in_every_language():
    summary = summary_of(company(FAILING), company(RECOVERED), runs=2)
    for lang, label in (("en", "Writes lost by them"), ("fr", "Écritures qu’elles font perdre")):
        rows = {row.label: row.cells for group in comparison(summary, words_of(lang)) for row in group.rows}
        assert rows[label][1] == "-"
        assert rows[label][0] != "-"


def test_nobody_hears_of_failovers_who_does_not_ask():
    summary = summary_of(company(RECOVERED), runs=2)
    assert "failover" not in summary["scenarios"][0]
    assert not [label for label in labels(summary) if "failover" in label or "primary is there" in label]
    assert "Failovers" not in dict(notes(summary))
    shown = [row.label for group in comparison(summary, words_of("en")) for row in group.rows]
    assert not [label for label in shown if "Failover" in label or "with a primary" in label]
