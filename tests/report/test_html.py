"""The report as text: whole, in its language, the same bytes, and a name in it is only a name."""

import re
from html.parser import HTMLParser

import pytest

from simulator.report.figures import FIGURES
from simulator.report.figures.style import DARK, LIGHT
from simulator.report.rows.lines import comparison
from simulator.report.rows.verdict import verdict
from simulator.report.words import words_of
from simulator.report.writers.html import html_report
from tests.report.studies import HOSTILE, crossed_study, study


class Outline(HTMLParser):
    """Tags with their attributes, and the levels of the headings."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.headings = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_report_is_one_file_that_asks_for_nothing(lang):
    text = html_report(study(), words_of(lang))
    outline = Outline(text)
    tags = {tag for tag, _ in outline.tags}
    assert not tags & {"script", "img", "iframe", "object", "video"}
    targets = [attrs[key] for _, attrs in outline.tags for key in ("src", "href") if key in attrs]
    assert set(targets) == {"data:,", "#verdict"}
    assert "url(" not in text
    assert f'<html lang="{lang}">' in text
    assert len(text.encode()) < 300_000


def test_headings_are_in_order_and_tables_have_scopes():
    outline = Outline(html_report(study(), words_of("en")))
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(outline.headings, outline.headings[1:], strict=False))
    assert all("scope" in attrs for tag, attrs in outline.tags if tag == "th")
    identifiers = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert len(identifiers) == len(set(identifiers))


def test_every_figure_has_its_words():
    results, words = study(), words_of("en")
    text = html_report(results, words)
    drawn = [figure for make in FIGURES.values() if (figure := make(results, words))]
    assert text.count("<figure") == len(drawn)
    assert text.count("<svg") == text.count('role="img"') == sum(len(figure.charts) for figure in drawn)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_names_are_only_names(lang):
    text = html_report(crossed_study(*HOSTILE), words_of(lang))
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_the_same_study_gives_the_same_bytes():
    assert html_report(study(), words_of("fr")) == html_report(study(), words_of("fr"))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_verdict_is_of_sentences_with_the_numbers_of_the_summary(lang):
    results, words = study(), words_of(lang)
    said = verdict(results.summary, words)
    assert len(said) == 5
    assert all(sentence.endswith(".") for sentence in said)
    assert all(words.mean_eur(s["cost_total_eur"]) in said[1] for s in results.summary["scenarios"])


def test_the_verdict_names_the_budget_most_at_risk():
    results = study()
    results.summary["scenarios"][1]["p_over_budget"]["team"] |= {"estimate": 0.25, "low": 0.07, "high": 0.59}
    assert verdict(results.summary, words_of("en"))[2] == (
        "The budget most at risk is the team budget of Fast: 25 % (7–59) of the runs exceed 480 K€."
    )


@pytest.mark.parametrize(
    ("lang", "come"),
    [
        ("en", "; of 4 added people planned there, "),
        ("fr", "\u202f; sur 4 personnes à ajouter selon ce plan, "),
    ],
)
def test_the_verdict_speaks_of_people_to_add_only_where_the_plan_adds_some(lang, come):
    results, words = study(), words_of(lang)
    for scenario in results.summary["scenarios"]:
        scenario["hires"]["planned"] = 4
    assert come in verdict(results.summary, words)[4]
    for scenario in results.summary["scenarios"]:
        scenario["hires"]["planned"] = 0
    said = verdict(results.summary, words)[4]
    assert ";" not in said
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("lang", "title", "one", "two"),
    [
        ("en", "What growth does to the company: ", ", simulated ", ", each simulated "),
        ("fr", "Ce que la croissance fait à l’entreprise\u00a0: ", ", simulé ", ", simulés "),
    ],
)
def test_the_head_names_its_scenarios_be_they_one_or_several(lang, title, one, two):
    results, words = study(), words_of(lang)
    text = html_report(results, words)
    assert f"<title>{title}" in text
    assert two in text
    assert one not in text
    text = html_report(study("Steady"), words)
    assert one in text
    assert two not in text


def test_a_range_that_is_one_value_is_told_once():
    results, words = study("Steady"), words_of("fr")
    for p05, told in ((1_000.0, "1\u202f000\u202fms à saturé"), (None, "saturé")):
        results.summary["scenarios"][0]["latency_p95_ms"]["worst_week_runs"] |= {"p05": p05, "p95": None}
        cells = {row.label: row.cells for group in comparison(results.summary, words) for row in group.lines}
        assert cells[words("row.latency_runs")] == (told,)


@pytest.mark.parametrize(
    ("lang", "told", "nothing"),
    [
        ("en", "To know the demand before choosing is worth 0 €", "do nothing"),
        ("fr", "Connaître la demande avant de choisir vaut 0\u202f€", "ne rien faire"),
    ],
)
def test_what_every_plan_on_every_demand_says_is_shown(lang, told, nothing):
    results, words = crossed_study("A", "B"), words_of(lang)
    text = html_report(results, words).replace("\u00a0", " ")
    assert told in text
    assert f">{nothing}</th>" in text
    assert words("page.choice") in text
    assert words.chance(results.summary["p_best"]["A"]) in text
    assert words("page.choice") not in html_report(study("A", "B"), words)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_from_its_paper(colours):
    """WCAG 2.2, success criterion 1.4.3: a contrast of 4.5 at least."""
    for ink in ("ink", "soft", "accent"):
        for paper in ("paper", "wash"):
            bright, dark = sorted((luminance(colours[ink]), luminance(colours[paper])), reverse=True)
            assert (bright + 0.05) / (dark + 0.05) >= 4.5


def test_totals_stand_beside_what_they_are_a_month_and_an_added_user():
    """Horizons differ: no total is to be compared alone."""
    results, words = study("Steady"), words_of("en")
    (scenario,) = results.summary["scenarios"]
    rows = [row for group in comparison(results.summary, words) for row in group.lines]
    labels = [row.label for row in rows]
    for kind, title in (("infrastructure", "Infrastructure"), ("team", "Team"), ("total", "Total")):
        at = labels.index(f"{title}, over standing still")
        below = {row.label: row.cells[0] for row in rows[at + 1 : at + 7]}
        for label, brought in (("A month", "per_month"), ("An added user", "per_added_user")):
            found = scenario[brought][f"cost_{kind}_eur"]
            assert below[label] == words.mean_eur({"mean": found["estimate"], "se": found["se"]})


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_unit_figure_stands_beside_its_threshold_and_a_rating_beside_its_impact(lang):
    results, words = study("Steady"), words_of(lang)
    (scenario,) = results.summary["scenarios"]
    text = [(row.label, row.cells[0]) for group in comparison(results.summary, words) for row in group.lines]
    at = [label for label, _ in text].index(words("row.revenue_share"))
    met = words.chance(scenario["unit_economics"]["infrastructure_revenue_share"]["p_met"])
    assert text[at + 1][1] == words("unit.below", limit=words.share(0.1, 1), chance=met)
    risk = scenario["risk"]["team"]
    at = [label for label, _ in text].index(words("row.risk_team"))
    below = dict(text[at : at + 5])
    assert below[words("row.impact")] == words.rating(risk["impact_level"])
    assert below[words("row.impact_chance")] == words.chance(risk["probability"])
    assert below[words("row.impact_year")] == words.share(risk["probability_12_months"])


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "of the 2 runs whose requests"), ("fr", "les 2 simulations dont")]
)
def test_which_runs_a_figure_is_of_is_said_where_some_have_no_requests(lang, told):
    of_all, of_some = study(), study()
    of_some.summary["scenarios"][0]["served_runs"] = 2
    assert told not in html_report(of_all, words_of(lang))
    assert told in html_report(of_some, words_of(lang))
