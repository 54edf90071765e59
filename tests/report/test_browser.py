"""The report in a real browser: opened from the disk with no network, on a phone and on a desk.

Needs Chromium on the path; with ``REQUIRE_BROWSER`` set a machine without it fails instead of skipping.
"""

import os
import shutil

import pytest

from simulator.report.figures import FIGURES
from simulator.report.rows.verdict import verdict
from simulator.report.words import words_of
from simulator.report.writers.html import html_report
from tests.report.studies import HOSTILE, crossed_study, driven, study

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
DRAWN = """
() => [...document.querySelectorAll("svg.chart")].filter(svg => {
    const box = svg.getBoundingClientRect();
    return box.width > 200 && box.height > 50 && svg.querySelectorAll("path, rect, polygon, circle").length;
}).length
"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
LONG = "W" * 120
"""As long as a scenario's name may be, and as wide."""

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("REQUIRE_BROWSER"), reason="no Chromium on the path"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    sync_api = pytest.importorskip("playwright.sync_api")
    assert CHROMIUM, "REQUIRE_BROWSER is set and there is no Chromium on the path"
    profile = tmp_path_factory.mktemp("profile")
    with sync_api.sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, headless=True, args=QUIET, offline=True
        )
        yield context
        context.close()


@pytest.fixture
def page(browser):
    """A page, which at its end must have said nothing and asked nobody."""
    heard = []
    opened = browser.new_page()
    opened.on("console", lambda message: heard.append(message.text))
    opened.on("pageerror", lambda error: heard.append(str(error)))
    opened.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    opened.on(
        "request", lambda request: request.url.startswith(("file:", "data:")) or heard.append(request.url)
    )
    yield opened
    opened.close()
    assert heard == []


def written(tmp_path, results, lang):
    file = tmp_path / "report.html"
    file.write_text(html_report(results, words_of(lang)), encoding="utf-8")
    return file.as_uri()


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("names", [("Steady", "Fast"), HOSTILE, (LONG,), ("A", "B", "C", "D", "E", LONG)])
def test_it_opens_with_all_figures_and_nothing_wider_than_the_screen(page, tmp_path, names, lang):
    results, words = driven(crossed_study(*names)), words_of(lang)
    file = written(tmp_path, results, lang)
    charts = [chart for make in FIGURES.values() for chart in getattr(make(results, words), "charts", ())]
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(file)
        assert page.evaluate(DRAWN) == len(charts), width
        assert page.evaluate(OVERFLOW) <= 0, width
        assert page.title().startswith(words("page.title"))
        said = page.locator("ol.verdict li").all_inner_texts()
        assert len(said) == len(verdict(results.summary, words))
        assert said[0].startswith(words("answer.choose", plan="", cost="", over="", chance="")[:6])


def test_a_name_runs_nothing_and_is_read_as_it_is_written(page, tmp_path):
    page.goto(written(tmp_path, study(*HOSTILE), "en"))
    assert page.locator("thead th").all_inner_texts()[:2] == list(HOSTILE)
    assert page.locator("script").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_follows_the_readers_colours(page, tmp_path, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(written(tmp_path, study(), "en"))
    paper = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 28)"}[scheme]


def test_it_prints(page, tmp_path):
    """On dark screens too, paper is white, and what can only be opened on a screen is left out."""
    page.emulate_media(color_scheme="dark", media="print")
    page.goto(written(tmp_path, study(), "fr"))
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator("details").first.is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
