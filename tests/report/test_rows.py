"""One list of rows: every writer shows the same ones in the same order, and each has its words."""

import io
import re
from html.parser import HTMLParser

import openpyxl
import pytest

from simulator.quantities.catalogue import UndeclaredError
from simulator.quantities.quantity import Quantity, Shown, Summed
from simulator.report.rows.found import Found
from simulator.report.rows.lines import comparison
from simulator.report.rows.table import GROUPS, ROWS, with_summed
from simulator.report.words import LANGUAGES, words_of
from simulator.report.writers.comparison import print_comparison
from simulator.report.writers.html import html_report
from simulator.report.writers.readme import readme
from simulator.report.writers.terminal import console_for
from simulator.report.writers.texts import markdown
from simulator.report.writers.workbook import workbook
from tests.report.studies import study

WIDE = "400"
"""Columns of a terminal in which no label is broken."""


class Rows(HTMLParser):
    """The headings of the rows of the comparison."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = self.heading = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "table":
            self.inside = (given.get("class") or "").startswith("comparison")
        self.heading = self.inside and tag == "th" and given.get("scope") == "row"

    def handle_data(self, data):
        if self.heading:
            self.found.append(data)
            self.heading = False


def in_terminal(summary, monkeypatch):
    monkeypatch.setenv("COLUMNS", WIDE)
    monkeypatch.setattr("simulator.report.writers.comparison.LABEL_WIDTH", 60)
    stream = io.StringIO()
    print_comparison(console_for(stream), summary, "full")
    lines = stream.getvalue().split("\n\n")[0].splitlines()[2:]
    return [line[:60].strip() for line in lines if line[60:].strip()]


def in_markdown(summary):
    labels = [line.split(" | ")[0].removeprefix("| ") for line in markdown(summary).splitlines()[2:]]
    return [label.replace("&nbsp;", "") for label in labels if not label.startswith("**")]


def in_spreadsheet(results):
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(results, words_of("en"))))["Comparison"]
    return [row[0].strip() for row in sheet.iter_rows(min_row=2, values_only=True) if len(row) > 1]


def test_all_four_writers_show_the_same_rows_in_the_same_order(monkeypatch):
    results = study("A", "B")
    lines = [line for group in comparison(results.summary, words_of("en")) for line in group.lines]
    expected = [line.label for line in lines]
    assert len(expected) > 70
    assert in_terminal(results.summary, monkeypatch) == expected
    assert in_markdown(results.summary) == expected
    assert Rows(html_report(results, words_of("en"))).found == expected
    written = iter(in_spreadsheet(results))
    for line in lines:  # a row of several numbers is several rows of the spreadsheet
        begins = [part.said for part in line.parts if part.alone] or [line.label]
        begins = [words_of("en").messages.get(said, said) for said in begins]
        for begin in begins:
            assert any(label.startswith(begin) for label in written), line.label


def test_the_short_form_is_a_part_of_the_full_one_in_its_order():
    summary = study("A").summary
    full, short = (
        [
            (line.name, line.label, line.cells)
            for group in comparison(summary, words_of("en"), extent)
            for line in group.lines
        ]
        for extent in ("full", "short")
    )
    rest = iter(full)
    assert all(line in rest for line in short)
    assert 40 < len(short) < len(full)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_has_its_words_and_nothing_else_has(lang):
    words = words_of(lang)
    named = {f"row.{row.name}" for rows in ROWS.values() for row in rows if row.term is None}
    assert named == {key for key in words.messages if key.startswith("row.")}
    assert all(row.label(words) for rows in ROWS.values() for row in rows)


def test_a_column_that_is_summed_up_has_its_row_below_the_one_that_it_names():
    shown = Shown(group="load", below="latency", under=True)
    column = Quantity(
        name="backlog_s",
        kind="duration",
        unit="s",
        meaning="It waits.",
        summed=Summed(path="overload.backlog_s", over="highest", meaning="It waits.", row=shown),
    )
    names = [row.name for row in with_summed(GROUPS, [column])["load"]]
    at = names.index("latency")
    assert names[at : at + 4] == ["latency", "latency_runs", "backlog_s", "saturated"]
    lost = Quantity(
        name="backlog_s",
        kind="duration",
        unit="s",
        meaning="It waits.",
        summed=Summed(
            path="overload.backlog_s",
            over="highest",
            meaning="It waits.",
            row=Shown(group="load", below="latncy"),
        ),
    )
    with pytest.raises(ValueError, match="must be below a row of its group, got 'latncy'"):
        with_summed(GROUPS, [lost])


def test_a_mistyped_path_is_no_dash():
    found = Found(summary=study("A").summary["scenarios"][0])
    assert found.number("failover.failures.mean") is None
    assert found.text("binding.tier")
    for read in (found.number, found.estimate, found.numbers, found.text, found.flag, found.count):
        with pytest.raises(UndeclaredError, match=r"did you mean|there are"):
            read("binding.teir")


def test_no_number_of_a_cell_is_written_in_two_ways():
    """French cells are the English ones in other signs."""
    summary = study("A").summary
    english, french = (
        [cell for group in comparison(summary, words_of(lang)) for line in group.lines for cell in line.cells]
        for lang in ("en", "fr")
    )

    def digits(text):
        return re.sub(r"[^\d]", "", text)

    assert [digits(cell) for cell in english] == [digits(cell) for cell in french]


def test_the_readme_of_a_result_says_what_its_numbers_are():
    results = study("A")
    text = readme("growthsim run a.toml", results.summary, results.frames)
    for name in (
        "| `users` | users | higher | ",
        "| `total_eur` | € | lower | ",
        "| `hires.added` | people |",
    ):
        assert name in text
    assert "resharding_hours" not in text
    assert "`failover.failures`" not in text
