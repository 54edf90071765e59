"""Failovers in the summary, the tables, the notes and the report; nothing of them where nobody asks."""

from simulator.mechanisms.failover.report import LIMIT
from simulator.report.rows.notes import notes
from tests.report.rows import rows_of
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


def test_failovers_stand_in_the_summary_and_the_tables():
    summary = summary_of(company(FAILING), company(RECOVERED), runs=2)
    failing, recovered = summary["scenarios"]
    assert "failover" not in recovered
    assert failing["failover"]["failures"]["mean"] == 4
    assert failing["failover"]["downtime_s"]["p95"] == 360
    assert failing["failover"]["writes_failed"]["mean"] > failing["failover"]["writes_lost"]["mean"] > 0
    available = 1 - 360 / (2 * 13 * 604_800)
    assert round(failing["failover"]["available_share"]["mean"], 9) == round(available, 9)
    rows = rows_of(summary)
    assert rows["Database failovers"] == ("4 ± 0", "-")
    assert rows["With a primary"] == (f"{100 * available:.4f} %", "-")


def test_the_notes_say_what_failed_and_what_is_left_out():
    said = dict(notes(summary_of(company(FAILING), company(RECOVERED), runs=2)))["Failovers"]
    assert said[0].startswith("Failing: 4 ± 0 failovers a run, without a primary for 360 s in all; ")
    assert said[1:] == [LIMIT]


def test_the_report_has_rows_of_them_in_every_language():
    summary = summary_of(company(FAILING), company(RECOVERED), runs=2)
    for lang, label in (("en", "Writes lost"), ("fr", "Écritures qu’elles font perdre")):
        rows = rows_of(summary, lang)
        assert rows[label][1] == "-"
        assert rows[label][0] != "-"


def test_nobody_hears_of_failovers_who_does_not_ask():
    summary = summary_of(company(RECOVERED), runs=2)
    assert "failover" not in summary["scenarios"][0]
    assert "Failovers" not in dict(notes(summary))
    assert not [label for label in rows_of(summary) if "Failover" in label or "With a primary" in label]
