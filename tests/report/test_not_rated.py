"""A plan of which more than a tenth has no effect in the model is not rated, and every output says so."""

import io

import pytest
from rich.console import Console

from simulator.report.rows.verdict import verdict
from simulator.report.words import words_of
from simulator.report.writers.comparison import print_comparison
from simulator.report.writers.html import html_report
from simulator.report.writers.texts import markdown
from tests.report.studies import study, with_office

REST_EUR = 360 * sum(range(52))
"""Everything in the made-up weeks costs so much over standing still."""


@pytest.mark.parametrize(("share", "rated"), [(0.09, True), (0.11, False)])
def test_more_than_a_tenth_without_effect_is_not_rated(share, rated):
    found = with_office(share * REST_EUR).summary["scenarios"][0]
    assert found["no_effect"]["share"] == pytest.approx(share)
    assert found["no_effect"]["not_rated"] != rated
    for risk in found["risk"].values():
        assert (risk["rating"] == "not rated") != rated
        assert risk["rating_of_effects"] in ("low", "medium", "high", "very high")


def test_a_plan_of_effects_alone_is_rated():
    assert all(found["no_effect"]["share"] == 0.0 for found in study().summary["scenarios"])


def test_terminal_markdown_and_page_say_why():
    results = with_office(0.25 * REST_EUR)
    text = io.StringIO()
    print_comparison(Console(file=text, width=200), results.summary, "short")
    said = "not rated: 25 % of the plan has no effect here"
    for written in (text.getvalue(), markdown(results.summary), html_report(results, words_of("en"))):
        assert said in written.replace("\xa0", " ").replace("\u202f", " ")
    french = html_report(results, words_of("fr")).replace("\xa0", " ").replace("\u202f", " ")
    assert "non coté : 25 % du plan est sans effet ici" in french


def test_neither_verdict_nor_rank_hides_it():
    results = with_office(0.25 * REST_EUR, "Steady", "Fast")
    last = verdict(results.summary, words_of("en"))[-1].replace("\u202f", " ")
    assert last.startswith("No risk is rated. Steady is not rated: 25")
    assert "Fast is not rated: 25 % of the plan" in results.summary["recommendation"]["in_words"]
    assert results.summary["recommendation"]["disagreements"] == []
