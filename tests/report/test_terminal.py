"""What is printed: readable in 80 columns, plain when piped."""

import copy
import io

import polars as pl
import pytest

from simulator.report.folder.plain import plain
from simulator.report.rows.notes import LIMITS, notes
from simulator.report.summary.study import summarise
from simulator.report.writers.comparison import print_comparison
from simulator.report.writers.terminal import console_for, print_timeline
from simulator.risk.loss import run_totals
from simulator.risk.weekly import weeks_of_scenario
from tests.report.studies import study
from tests.synthetic import grown, latencies, loads, outlook, placed, scenario

THREE = ("conservative", "aggressive", "hypergrowth")


@pytest.fixture(scope="module")
def summary():
    scenarios = [scenario(name) for name in THREE]
    weeks = pl.concat([grown(s.scenario.name, i) for i, s in enumerate(scenarios)])
    return plain(
        summarise(
            scenarios,
            weeks=weeks,
            latencies=pl.concat([latencies(s.scenario.name, 52) for s in scenarios]),
            actions=pl.concat([placed(s, 8, never=(0, 1, 2)) for s in scenarios]),
            shards=pl.concat([loads(s.scenario.name) for s in scenarios]),
            totals=run_totals(weeks, scenarios),
            outlook=outlook([[20.0, 15.0, 10.0, 8.0]] * 3, [30.0] * 3),
        )
    )


def printed(summary):
    stream = io.StringIO()
    print_comparison(console_for(stream), summary)
    return stream.getvalue()


def test_piped_text_is_plain_and_80_columns_wide(summary):
    text = printed(summary)
    assert all(char.isprintable() or char == "\n" for char in text)
    assert max(len(line) for line in text.splitlines()) <= 80


def test_the_comparison_says_what_it_must(summary):
    text = " ".join(printed(summary).split())
    for words in (
        *("Conservative growth", "Users at the end", "Infrastructure, over", "Chance to exceed it", "Hires"),
        *(
            "Worst pooled P95",
            "First past critical",
            "First tier past its",
            "Relieved by",
            "Infrastructure risk",
            "Stated",
        ),
        *(
            "Weights of the demand paths",
            "already passed",
            "extract_services (month 6: Product, order and analytics services;",
        ),
        *("people were ", "Disagreements with what was stated"),
    ):
        assert words in text
    assert all(limit in text for limit in LIMITS)


def test_one_scenario_alone_and_without_an_outlook_is_printed_too(summary):
    one = {"scenarios": summary["scenarios"][:1], "recommendation": {"disagreements": []}}
    assert "Recommendation" not in printed(one)


def test_a_name_cannot_command_the_terminal(summary):
    evil = {**summary["scenarios"][0], "name": "[red]\x1b[31mx"}
    text = printed({"scenarios": [evil], "recommendation": {"disagreements": []}})
    assert "\x1b" not in text
    assert "[red]?[31mx" in text


def test_the_timeline_fits_where_it_is_saturated():
    rows = weeks_of_scenario(grown("any", 0), "any")
    stream = io.StringIO()
    print_timeline(console_for(stream), rows)
    text = stream.getvalue()
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "10,000 (10,000–10,000)" in text


def test_an_action_that_is_never_done_has_no_level_to_watch(summary):
    changed = copy.deepcopy(summary)
    changed["recommendation"]["actions"] = [
        action | {"lead_weeks": None} for action in changed["recommendation"]["actions"]
    ]
    (lines,) = [lines for heading, lines in notes(changed) if heading == "Recommendation"]
    watched = [line for line in lines if "cannot be done with the people there are; without it" in line]
    assert watched
    assert not any("users" in line for line in watched)


def test_sobol_indices_are_told_where_they_were_asked_for():
    summary = study("Steady").summary
    heading = "What the cost depends on, by Sobol's indices"
    assert heading not in dict(notes(summary))
    index = {"key": "hiring.applications_week", "first": 0.54, "total": 0.56, "total_half_width": 0.19}
    small = {"key": "bill.other_eur_month", "first": -0.001, "total": 0.0, "total_half_width": 0.0}
    summary["scenarios"][0]["sobol"] = {"figure": "cost_total_eur", "base": 64, "indices": [index, small]}
    [line] = dict(notes(summary))[heading]
    assert line == (
        "Steady: hiring.applications_week 54 % alone, 56 % in all (± 19); "
        "bill.other_eur_month 0 % alone, 0 % in all (± 0)."
    )
