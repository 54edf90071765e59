"""The first screen: which plan, why, and what to begin when, in at most 25 lines."""

import io

from rich.console import Console

from simulator.outlook import DO_NOTHING
from simulator.report.rows.answer import choice, plans, steps
from simulator.report.summary.tree import tree
from simulator.report.words import words_of
from simulator.report.writers.answer import print_answer
from tests.report.studies import crossed_study, study


def level(path, week):
    return {"path": path, "latest_start_week": week, "users": 1.3e6, "utilization_share": 0.79}


def action(plan, kind, *levels):
    return {"scenario": plan, "action": kind, "month": 6, "tier": "primary", "triggers": list(levels)}


def advice(*actions):
    return {"weights": {"A": 0.5, "B": 0.5}, "actions": list(actions)}


def test_what_every_good_plan_begins_soon_is_begun_now():
    """One of two paths has half of the weight: too little for now."""
    both = (
        action("A", "shard", level("A", 3.0), level("B", 9.0)),
        action("B", "shard", level("A", 1.0), level("B", 2.0)),
    )
    one = action("A", "resize_database", level("A", 3.0), level("B", 30.0))
    found = tree("A", ["A", "B"], advice(*both, one))
    assert [of["action"] for of in found["now"]] == ["shard"]
    assert [of["action"] for of in found["later"]] == ["resize_database"]
    assert found["later"][0]["dwell_weeks"] == 2
    assert found["later"][0]["users"] == 1.3e6


def test_what_another_good_plan_does_without_waits_for_its_level():
    alone = action("A", "shard", level("A", 3.0), level("B", 9.0))
    assert tree("A", ["A", "B"], advice(alone))["now"] == []
    assert [of["action"] for of in tree("A", ["A"], advice(alone))["now"]] == ["shard"]


def test_what_is_past_its_latest_start_is_begun_at_once():
    late = action("A", "shard", level("A", -4.0), level("B", -2.0))
    summary = {"tree": tree("A", ["A"], advice(late))}
    assert steps(summary, words_of("en")) == ["Shard the database: begin now, whatever comes."]


def test_what_is_never_done_is_said_first_and_not_begun():
    """Its lead time has no end: JSON has null for its latest start and for the level."""
    never = action("A", "shard", *(level(path, None) | {"users": None} for path in ("A", "B")))
    soon = action("A", "scale_service", level("A", 3.0), level("B", 9.0))
    found = tree("A", ["A"], advice(soon, never))
    assert [of["action"] for of in found["now"]] == ["scale_service"]
    assert [(of["action"], of["users"]) for of in found["later"]] == [("shard", None)]
    said = steps({"tree": found}, words_of("en"))
    assert "Shard the database: cannot be done with the people there are." in said


def screen(summary, width=80, lang="en"):
    console = Console(file=io.StringIO(), width=width, highlight=False)
    print_answer(console, summary, words_of(lang))
    return console.file.getvalue()


def test_the_cheapest_of_what_loses_nothing_is_chosen_and_doing_nothing_is_told():
    """Steady costs 300 K€ and Fast 600; doing nothing loses 2 M€."""
    summary = crossed_study().summary
    first, others = choice(summary, words_of("en"))
    assert first.startswith("Choose: Steady.")
    assert "302 K€" in first
    assert "100 % of the runs" in first
    assert others.startswith("Run by run the others cost and lose more than the best: Fast 300 K€ ± ")
    assert [row[0] for row in plans(summary, words_of("en"))] == ["Steady", "Fast", DO_NOTHING]
    assert plans(summary, words_of("en"))[-1][1:5] == ("0 €", "2 M€", "0 %", "50 %")


def test_plans_on_demands_of_their_own_are_not_ranked():
    summary = study().summary
    assert "compare --cross" in choice(summary, words_of("en"))[0]
    assert steps(summary, words_of("en")) == []


def test_the_first_screen_fits_a_terminal():
    for summary in (study().summary, crossed_study().summary, study("One").summary):
        for lang in ("en", "fr"):
            text = screen(summary, lang=lang)
            assert len(text.splitlines()) <= 25, text
            for width in (60, 80, 120):
                assert max(map(len, screen(summary, width, lang).splitlines())) <= width
