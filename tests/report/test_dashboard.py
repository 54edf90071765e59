"""``growthsim dashboard``: a week and a quarter of a result, and what the published ones contradict."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.report.dashboard.quarter import capacity_per_s, quarter_dashboard, quarter_weeks
from simulator.report.dashboard.readings import past_limits, values
from simulator.report.dashboard.week import week_dashboard
from simulator.report.folder.results import write_results
from simulator.report.words import words_of
from simulator.risk.estimates import quantile
from simulator.risk.thresholds import signalled
from tests.report.studies import HOSTILE, study

WORDS = words_of("en")
WEEK = 30


@pytest.fixture(scope="module")
def steady():
    return study().scenarios[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("results") / "out"
    results = study(*HOSTILE)
    write_results(place, manifest=results.manifest, summary=results.summary, frames=results.frames)
    return place


def called(*words):
    return CliRunner().invoke(main, ["dashboard", *map(str, words)])


def readings_of(found):
    return {one.name: one for part in found.parts for one in part.readings}


def test_a_state_is_where_half_of_the_runs_are(steady):
    """Every metric with a threshold, in an early and in a saturated week; the others say they have none."""
    seen = set()
    for week in (0, WEEK, 51):
        for name, one in readings_of(week_dashboard(steady, week, WORDS)).items():
            if name in signalled(steady.rows):
                attention, critical = past_limits(steady.rows, name, week)
                levels = ("fine", "attention", "critical")
                expected = levels[int(attention.mean() >= 0.5) + int(critical.mean() >= 0.5)]
                assert one.level == expected, (name, week)
            elif name != "users":
                assert one.level in ("no_threshold", "not_modelled")
            seen.add(one.level)
    assert seen >= {"fine", "critical", "no_threshold", "not_modelled"}


def test_users_grow_by_the_month(steady):
    """Four weeks' growth is told as that of 52/12 weeks, and held against 20 % a month."""
    now, before = (values(steady.rows, "users", week) for week in (WEEK, WEEK - 4))
    month = quantile((now / before) ** (13 / 12) - 1.0, 0.5)
    one = readings_of(week_dashboard(steady, WEEK, WORDS))["users"]
    assert one.cells[1] == f"{round(100 * month) + 0.0:+.0f} %"
    assert one.level == ("attention" if month > 0.2 else "fine")
    assert readings_of(week_dashboard(steady, 0, WORDS))["users"].level == "no_threshold"


def test_every_raised_signal_asks_for_its_action(steady):
    found = week_dashboard(steady, 51, WORDS)
    raised = [one for one in readings_of(found).values() if one.level in ("attention", "critical")]
    actions = found.lists[0].lines
    assert raised
    for one in raised:
        assert f"{WORDS(f'remedy.{one.name}')}: {one.label}, {one.level}" in actions
    levels = [line.rpartition(", ")[2] for line in actions if line.endswith(("attention", "critical"))]
    assert levels == sorted(levels, reverse=True)  # critical first


def test_quarters_are_three_months_and_the_last_may_be_cut():
    assert [quarter_weeks(n, 52) for n in (1, 2, 3, 4)] == [(0, 13), (13, 26), (26, 39), (39, 52)]
    assert quarter_weeks(2, 21) == (13, 21)


def test_what_the_next_quarter_costs_is_beyond_going_on(steady):
    """Costs of the made-up study are the same in every week but for one-offs: only those are investments."""
    found = quarter_dashboard(steady, 2, WORDS)
    (investments,) = (one for one in found.lists if one.title == "Investments of quarter 3")
    assert investments.lines[-1].endswith("more capacity")
    last = quarter_dashboard(steady, 4, WORDS)
    assert [one.lines for one in last.lists if one.title == "Investments of quarter 5"] == [
        ("Past the horizon.",)
    ]


def test_at_its_capacity_the_first_tier_is_full(steady):
    capacity = capacity_per_s(steady.rows, WEEK)
    rate = values(steady.rows, "rate_peak_per_s", WEEK)
    offered = [
        values(steady.rows, name, WEEK)
        for name in steady.rows.table.collect_schema().names()
        if name.startswith("offered_")
    ]
    np.testing.assert_allclose(np.max(offered, axis=0) * capacity / rate, 1.0)


def test_the_published_dashboards_are_held_against_themselves(steady):
    week = " ".join(line for one in week_dashboard(steady, 0, WORDS).lists for line in one.lines)
    assert "code review (hours), 8: shown as attention, by its limits fine." in week
    assert "database load (%), 85: shown as critical, by its limits attention." in week
    assert "churn (%), 8: shown as fine; its tables give no limit." in week
    assert "processor load" not in week  # 75 % is past 70 and shown so
    quarter = " ".join(line for one in quarter_dashboard(steady, 1, WORDS).lists for line in one.lines)
    assert "are 33; the report says 35" in quarter
    assert "80 %, and shown as fine; the target is 90 %" in quarter
    assert "revenue is 62.5 %; the report says 62 %" in quarter


@pytest.mark.parametrize("asked", [("--week", WEEK), ("--quarter", 2)])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_format_says_the_same(folder, tmp_path, asked, lang):
    given = (folder, *asked, "--lang", lang, "--scenario", HOSTILE[0])
    table = called(*given)
    assert table.exit_code == 0, table.output
    assert "?" not in table.output
    page, markdown = (called(*given, "--format", kind).output for kind in ("html", "markdown"))
    data = json.loads(called(*given, "--format", "json").output)
    assert "<script>" not in page
    assert "<script>" not in markdown
    assert f'<html lang="{lang}">' in page
    for part in data["parts"]:
        for one in part["readings"]:
            assert one["label"].split()[0] in table.output
            assert f"| {one['label']} | " in markdown
    file = tmp_path / "page.html"
    assert called(*given, "--format", "html", "--out", file).exit_code == 0
    assert file.read_text(encoding="utf-8") == page


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--scenario", "x", "--week", 1), "--scenario: must be one of"),
        (("--week", 1), "got none"),
        ((), "exactly one of --week and --quarter is required, got neither"),
        (("--week", 1, "--quarter", 1), "got both"),
        (("--scenario", HOSTILE[1], "--week", 52), "--week: must be at most 51, got 52"),
        (("--scenario", HOSTILE[1], "--quarter", 5), "--quarter: must be from 1 to 4, got 5"),
        (("--scenario", HOSTILE[1], "--quarter", 0), "0 is not in the range"),
        (("--week", 1, "--out", "x"), "--out: must stand beside --format markdown, html or json"),
    ],
)
def test_a_wrong_question_is_one_message(folder, words, told):
    found = called(folder, *words)
    assert found.exit_code == 2
    assert told in found.output


def test_a_folder_without_results_is_told(tmp_path):
    found = called(tmp_path, "--week", 1)
    assert found.exit_code == 2
    assert "must be a results folder" in found.output
