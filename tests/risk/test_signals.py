"""Every signal of the tables: what raises it, from which week, in how many runs, and what it asks for."""

import numpy as np
import pytest

from simulator.diagnostics.events import event_findings
from simulator.report.folder.plain import plain
from simulator.report.rows.signals import KEYS, signal_rows
from simulator.report.words import LANGUAGES, words_of
from simulator.risk.signals import signals_of
from simulator.risk.weekly import weeks_of_scenario
from simulator.scenario.root import Thresholds
from simulator.units import first_week_of_month
from tests.synthetic import scenario, weeks

RUNS, LENGTH = 4, 40
TABLES = {
    "technical": {"latency_p95_ms", "error_share", "cpu_utilization_share", "memory_share"}
    | {"database_connections_share", "latency_rising", "incidents_rising", "deploying_harder"}
    | {"monitoring_unreadable", "database_slow"},
    "organisational": {"cycle_time_days", "deployments_week", "review_hours", "communication_overhead_share"}
    | {"meetings", "developers_collide", "features_slower", "communication_lost", "decisions_slow"},
    "business": {"users", "funding", "expansion", "market", "competition"},
}


def found(events=(), **columns):
    """Signals by name, of weeks of zeros but for some columns."""
    one = scenario(scenario__name="One", events=[*events])
    base = {"users": 100.0, "cycle_time_days": 10.0, "deployments_week": 15.0, "latency_p95_ms": 1_000.0}
    table = weeks("One", RUNS, LENGTH, **(base | columns))
    return {signal.signal: signal for signal in signals_of(one, weeks_of_scenario(table, "One"))}


def stepped(before, after, week, runs=RUNS):
    """A column that changes in a week, in the first of the runs."""
    values = np.full((LENGTH, RUNS), before, dtype=float)
    values[week:, :runs] = after
    return values


def test_every_row_of_the_tables_is_there():
    signals = found()
    for group, names in TABLES.items():
        assert names <= {name for name, one in signals.items() if one.group == group}
    assert {one.level for one in signals.values()} == {"fine", "not modelled"}
    assert all(one.p_attention.estimate == 0 for one in signals.values() if one.p_attention is not None)


def test_a_metric_is_told_by_its_threshold_and_so_is_what_it_stands_for():
    """Attention in three runs of four from week 9 on, critical in one of them: half of the runs decide."""
    level = stepped(0, 1, 9, runs=3)
    level[20:, 0] = 2
    signals = found(signal_database_utilization_share=level)
    for name in ("database_utilization_share", "database_slow"):
        one = signals[name]
        assert (one.level, one.first_week, one.critical_week) == ("attention", 9, None)
        assert (one.p_attention.estimate, one.p_critical.estimate) == (0.75, 0.25)


@pytest.mark.parametrize(
    ("column", "name", "noted", "critical"),
    [
        ("cycle_time_days", "features_slower", 16.0, 31.0),
        ("deployments_week", "deploying_harder", 9.0, 4.0),
        ("latency_p95_ms", "latency_rising", 1_600.0, np.inf),
    ],
)
def test_a_trend_is_four_weeks_against_the_first_four(column, name, noted, critical):
    """At a step the mean of four weeks is past the limit three weeks later at the latest."""
    before = {"cycle_time_days": 10.0, "deployments_week": 15.0, "latency_p95_ms": 1_000.0}[column]
    assert (
        found(**{column: stepped(before, before * 1.2 if noted > before else before * 0.8, 10)})[name].level
        == "fine"
    )
    one = found(**{column: stepped(before, noted, 10)})[name]
    assert (one.level, one.first_week) == ("attention", 13)
    one = found(**{column: stepped(before, critical, 10)})[name]
    assert one.level == "critical"
    assert 10 <= one.critical_week <= 13


def test_incidents_are_so_few_that_a_quarter_is_needed():
    """One more in a single week is no trend; twice as many from a week on are."""
    once = np.ones((LENGTH, RUNS), dtype=int)
    once[20] = 2
    assert found(incidents=once)["incidents_rising"].level == "fine"
    twice = np.ones((LENGTH, RUNS), dtype=int)
    twice[15:] = 2
    assert found(incidents=twice)["incidents_rising"].first_week == 15 + 6


def test_users_who_grow_by_more_than_a_fifth_in_a_month():
    for share, level in ((0.19, "fine"), (0.21, "attention")):
        path = 100.0 * (1.0 + share) ** (12 / 52 * np.arange(LENGTH))[:, None]
        assert found(users=np.broadcast_to(path, (LENGTH, RUNS)))["users"].level == level


def test_an_event_is_a_signal_from_its_month_on_and_within_the_horizon():
    events = [
        {"kind": "funding", "month": 3, "name": "Series B"},
        {"kind": "funding", "month": 2, "name": "Series A"},
        {"kind": "market", "month": 11, "name": "Care"},
    ]
    signals = found(events)
    one = signals["funding"]
    assert (one.level, one.first_week, one.p_attention.estimate) == ("attention", first_week_of_month(2), 1.0)
    assert one.said == "Series A (month 2), Series B (month 3)"
    assert signals["market"].level == "fine"  # week 43 of 40
    assert signals["expansion"].first_week is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_signal_has_its_words_and_its_action(lang):
    summary = {"signals": plain([*found().values()])}
    rows = signal_rows(summary, words_of(lang))
    assert len(rows) == len(summary["signals"])
    assert len(rows) >= len(Thresholds.model_fields) + 15
    for row in rows:
        assert tuple(row) == KEYS
        assert all(row.values())


def test_the_plan_is_held_against_what_is_announced():
    def told(kind, month, **given):
        one = scenario(events=[{"kind": kind, "month": month, "name": "It"}], **given)
        (finding,) = event_findings(one)
        return finding.agrees

    assert told("funding", 2)
    assert told("market", 4)
    assert not told("market", 1)  # nothing is due by then
    assert not told("expansion", 12)  # no region, edge or office in the conservative plan
    assert told("competition", 3)
    assert not told("competition", 3, hiring__headcount_added=0)
    assert not told("funding", 13)  # past the horizon
    fast = scenario(demand__users_growth_share=9.0)
    assert [finding.name for finding in event_findings(fast)] == ["growth signal"]
