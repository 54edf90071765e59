"""Zones and recovery in the summary and the table; nothing of them where nobody asks."""

import io

from simulator.mechanisms.resharding.effects import MOVING
from simulator.report.rows.notes import notes
from simulator.report.writers.terminal import console_for, print_constraints
from tests.report.rows import rows_of
from tests.simulated import company, summary_of

ASKED = {
    "scenario.name": "Asked",
    "zones.count": 3,
    "database.storage": {"installed_gb": 1_000.0, "gb_per_user": 0.001},
    "database.recovery": {"restore_mb_per_s": 125.0, "backup_interval_hours": 24.0, "promotion_s": 90.0},
}


def test_zones_and_recovery_stand_in_the_summary_and_the_table():
    summary = summary_of(company(ASKED), company({"scenario.name": "Not asked"}), runs=2)
    asked, plain = summary["scenarios"]
    assert plain["zone_lost"] is None
    assert plain["recovery"] is None
    assert asked["recovery"]["rto_s"] == {"week": 0, "p50": 90.0, "p95": 90.0}
    service = asked["zone_lost"]["service"]
    assert round(service["offered_share"] + service["margin_share"], 9) == 0.9
    rows = rows_of(summary)
    assert rows["Time to recover the database (RTO), p95"] == ("90 s", "-")
    assert rows["Most load with a zone lost"][0].startswith("service 1")
    assert rows["Most load with a zone lost"][1] == "-"


def test_how_data_move_stands_in_the_summary_and_the_table():
    summary = summary_of(company(MOVING), company({"scenario.name": "Not asked"}), runs=2)
    moving, plain = (scenario.get("resharding") for scenario in summary["scenarios"])
    assert plain is None
    assert "Data that move" not in dict(notes(summary))
    assert moving["hours"]["mean"] > 100
    assert moving["switches"]["mean"] == 1
    assert moving["under_way_at_the_end"]["estimate"] == moving["falls_behind"]["estimate"] == 0
    rows = rows_of(summary)
    assert rows["Hours in which data move to other shards"][1] == "-"
    assert float(rows["Hours in which data move to other shards"][0].split()[0]) > 100
    for lang, label in (
        ("en", "Chance that it never ends"),
        ("fr", "Part retenue par le retard de réplication"),
    ):
        shown = rows_of(summary, lang)
        assert shown[label][0].startswith("0")
        assert shown[label][1] == "-"


def test_a_move_without_an_end_is_said():
    storage = MOVING["database.storage"] | {"kb_per_write": 5_000.0}
    late = {"scenario.name": "Late", "scenario.horizon_months": 3, "database.storage": storage}
    summary = summary_of(company(MOVING | late), runs=2)
    assert summary["scenarios"][0]["resharding"]["under_way_at_the_end"]["estimate"] == 1
    (said,) = dict(notes(summary))["Data that move"]
    assert said.startswith("Late: in 100 % of the runs")


def test_a_tier_with_nothing_left_is_said_so():
    alone = ASKED | {"database.read_replicas": 0}
    summary = summary_of(company(alone), runs=2)
    assert summary["scenarios"][0]["zone_lost"]["primary"]["offered_share"] is None
    assert "primary database nothing left" in rows_of(summary)["Most load with a zone lost"][0]


def test_what_can_run_out_is_a_table():
    stream = io.StringIO()
    print_constraints(console_for(stream), summary_of(company(ASKED), runs=2)["scenarios"][0]["constraints"])
    assert "storage" in stream.getvalue()
    assert "never" in stream.getvalue()
