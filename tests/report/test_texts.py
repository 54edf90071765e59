"""Texts of an input in files that other programs open: shown as they stand, followed by none."""

import csv
import io

import polars as pl
import pytest

from simulator.report.writers.readme import readme
from simulator.report.writers.texts import harmless, harmless_csv, markdown_line
from tests.report.studies import study


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        " =1+1",
        "＝1+1",
        "  ＝1+1",
        "\t=1",
        "\u00a0=1",
        "\u3000@x",
        "＋1",
        "－1",
        "＠x",
        "−1",
        "\u2007=1",
        "+1",
        "-1",
    ],
)
def test_no_text_is_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"
    rows = list(csv.reader(io.StringIO(harmless_csv(pl.DataFrame({"name": [text, "A"], "n": [1, 2]})))))
    assert rows[1][0][0] in "'?"  # what is no sign that can be seen is shown as ?
    assert rows[2] == ["A", "2"]


@pytest.mark.parametrize("text", ["Growth", "a=1", "", " ", "1+1", "数=1"])
def test_other_texts_stay(text: str) -> None:
    assert harmless(text) == text


def test_a_name_is_no_link_in_the_notes_of_a_result() -> None:
    name = "[x](javascript:alert(1)) ![y](http://z) `c` <b> *d*"
    text = readme("growthsim run x", study(name, "B").summary)
    assert "[x](" not in text.replace("\\[", "").replace("x\\](", "")
    assert "\\[x\\](javascript" in text
    assert "<b>" not in text


def test_a_line_of_markdown_shows_what_it_holds() -> None:
    assert markdown_line("a_b & [c](d)") == "a\\_b &amp; \\[c\\](d)"
