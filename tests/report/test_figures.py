"""What the figures show is what the runs say."""

import re
from xml.etree import ElementTree as ET

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.report.figures import FIGURES
from simulator.report.figures.chart import Axis, Band, Cell, Flagged, Line, Mark, Rule, Span, nice_ticks
from simulator.report.figures.costs import MOST_STEPS, exceeding
from simulator.report.figures.fan import quantiles_by_week
from simulator.report.figures.svg import WIDTH, cut, standalone, svg_of
from simulator.report.words import words_of
from simulator.report.writers.html import html_report
from simulator.risk.estimates import quantile
from tests.report.studies import HOSTILE, crossed_study, driven, study

ENGLISH = words_of("en")


def layers(chart, kind):
    return [layer for layer in chart.layers if isinstance(layer, kind)]


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=40))
def test_a_fan_holds_the_quantiles_of_every_week(values):
    fan = quantiles_by_week(np.array([values, values]))
    shares = (0.05, 0.25, 0.5, 0.75, 0.95)
    assert fan[:, 0].tolist() == [quantile(np.array(values), share) for share in shares]
    assert (np.diff(fan, axis=0) >= 0).all()


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=60))
def test_an_exceedance_curve_is_the_share_of_runs_above(values):
    amounts, share, low, high = exceeding(np.array(values))
    for amount, own in zip(amounts[1:], share[1:], strict=True):
        # Runs of one value are several steps at one place, of which the last counts.
        assert own == max(share[1:][amounts[1:] == amount]) or own >= np.mean(np.array(values) > amount)
    assert share[0] == 1
    assert share[-1] == 0
    assert ((low <= share) & (share <= high)).all()


def test_many_runs_are_drawn_with_no_more_steps_than_can_be_seen():
    amounts, share, _, _ = exceeding(np.arange(10_000.0))
    assert len(amounts) <= MOST_STEPS + 1
    np.testing.assert_allclose(share[1:], 1 - (amounts[1:] + 1) / 10_000)


def test_a_week_at_the_deadline_is_marked():
    chart = FIGURES["latency"](study("Steady"), ENGLISH).charts[0]
    [line], [flagged] = layers(chart, Line), layers(chart, Flagged)
    assert np.array_equal(line.x[line.y == 10_000], flagged.x)
    assert len(flagged.x) > 10
    assert all(np.isfinite(band.high).all() for band in layers(chart, Band))
    assert f"is the deadline in {len(flagged.x)} weeks" in chart.words
    for lang, once in (("en", "in 1 week."), ("fr", "pendant 1 semaine.")):
        assert words_of(lang).counted("alt.saturated", 1).endswith(once)


def test_limits_and_budgets_are_drawn_with_their_names():
    results = study("Steady")
    limits = results.scenarios[0].resolved["thresholds"]["latency_p95_ms"]
    rules = layers(FIGURES["latency"](results, ENGLISH).charts[0], Rule)
    assert {rule.label: rule.value for rule in rules} == limits
    budgets = [layers(chart, Rule)[0] for chart in FIGURES["exceedance"](results, ENGLISH).charts]
    assert [rule.value for rule in budgets] == list(results.summary["scenarios"][0]["budget_eur"].values())
    assert all("over in" in rule.label for rule in budgets)


def test_the_lines_of_a_waterfall_add_up_to_what_is_paid():
    chart = FIGURES["waterfall"](study("Steady"), ENGLISH).charts[1]
    *lines, paid, still, increment, _ = layers(chart, Span)
    assert lines[0].low == 0
    assert [line.low for line in lines[1:]] == [line.high for line in lines[:-1]]
    assert (still.low, still.high) == (increment.high, paid.high)


def test_a_timeline_tells_due_from_done():
    results = study("Steady")
    chart = FIGURES["timeline"](results, ENGLISH).charts[0]
    rings = [mark for mark in layers(chart, Mark) if mark.sign == "ring"]
    discs = [mark for mark in layers(chart, Mark) if mark.sign == "disc"]
    assert len(rings) == len(results.scenarios[0].resolved["plan"]) == len(discs) + 1
    assert "never in place" in chart.words


def test_what_a_study_does_not_hold_is_not_drawn():
    plain = study("Steady")
    assert [name for name, figure in FIGURES.items() if figure(plain, ENGLISH) is None] == [
        "regret",
        "drivers",
        "sobol",
    ]


def test_regret_and_drivers_are_drawn_where_they_are_there():
    crossed = driven(crossed_study("A", "B"))
    [heat] = FIGURES["regret"](crossed, ENGLISH).charts
    assert {(cell.row, cell.column): cell.label for cell in layers(heat, Cell)}[1, 0] == "0.30"
    assert heat.title == "Mean regret in M€: plan, on demand path"
    assert max(cell.shade for cell in layers(heat, Cell)) == 1
    tornado = FIGURES["drivers"](crossed, ENGLISH).charts
    assert len(tornado) == 2
    assert tornado[0].y.ticks[0][1] == "other_elasticity"


def test_sobols_indices_stand_beside_the_tornado_where_they_were_asked_for():
    results = driven(study("A", "B"))
    first, second = FIGURES["sobol"](results, ENGLISH).charts
    assert (first.title, second.title) == ("A", "B")
    assert [(span.high, span.label) for span in layers(first, Span)] == [
        (0.81, "81 % ± 10"),
        (0.3, "30 % ± 10"),
    ]
    assert [mark.x for mark in layers(first, Mark)] == [0.62, -0.03]
    assert "hiring.applications_week: 30 % ± 10 in all, -3 % ± 20 alone." in first.words
    french = FIGURES["sobol"](results, words_of("fr")).charts[0]
    assert "bill.other_elasticity\u00a0: 81\u202f% ± 10 en tout, 62\u202f% ± 20 seule" in french.words
    page = html_report(results, ENGLISH)
    assert page.index('id="figure-drivers"') < page.index('id="figure-sobol"') < page.index('id="load"')


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_figure_stays_within_its_picture_and_says_itself_in_words(name, lang):
    figure = FIGURES[name](driven(crossed_study(*HOSTILE)), words_of(lang))
    for chart in figure.charts:
        svg = svg_of(chart)
        assert svg.get("role") == "img"
        assert svg.get("aria-label") == f"{chart.title}. {chart.words}"
        for element in svg.iter():
            for attribute in ("x", "x1", "x2", "cx"):
                assert 0 <= float(element.get(attribute, 0)) <= WIDTH
            assert not re.search("nan|inf", " ".join(element.attrib.values()).replace(chart.words, ""))


def test_a_figure_is_a_file_of_its_own():
    figure = FIGURES["users"](study(*HOSTILE), ENGLISH)
    text = standalone(figure)
    svg = ET.fromstring(text)
    assert "<script" not in text
    assert "var(--" not in text
    assert [child.tag.partition("}")[2] for child in svg][:2] == ["title", "desc"]
    assert text.count('class="chart"') == len(figure.charts)


@given(st.floats(0, 1e9), st.floats(1e-3, 1e9))
def test_ticks_are_few_and_within(low, wide):
    ticks = nice_ticks(low, low + wide)
    assert len(ticks) <= 6
    assert all(low - 1e-6 * wide <= tick <= low + 1.000001 * wide for tick in ticks[1:-1])


def test_a_logarithmic_axis_places_factors_evenly():
    axis = Axis(low=1, high=100, ticks=(), log=True)
    assert axis.at(np.array([0.0, 1.0, 10.0, 100.0])).tolist() == [0, 0, 0.5, 1]


def test_a_long_name_is_shortened_and_what_follows_it_is_not():
    long = "A name that goes on and on, longer than any picture is wide"
    chart = FIGURES["exceedance"](study(long), ENGLISH).charts[0]
    title = svg_of(chart).find("text[@class='title']").text
    assert title.endswith("… · Infrastructure")
    assert cut("short", 300) == "short"


def test_figures_do_not_depend_on_the_order_of_rows():
    results = study("Steady")
    shuffled = pl.DataFrame(results.frames["weeks"]).sample(fraction=1.0, shuffle=True, seed=1)
    other = type(results)(results.summary, results.manifest, results.frames | {"weeks": shuffled})
    assert standalone(FIGURES["users"](results, ENGLISH)) == standalone(FIGURES["users"](other, ENGLISH))
