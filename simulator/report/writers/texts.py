"""The comparison as files of text: a Markdown table, and every number as CSV."""

import csv
import io
import unicodedata
from typing import Any

import polars as pl

from simulator.report.rows.lines import Extent, comparison
from simulator.report.words import formats, words_of

SPREADSHEET_FORMULA = "=+-@−"
"""Characters that begin a formula in a spreadsheet."""
MOST_BLANKS = 1_000
"""Number of characters in which the beginning of a formula is looked for behind blanks."""


def markdown(summary: dict[str, Any], extent: Extent = "full") -> str:
    """Give the comparison as a Markdown table, in English as the notes are."""
    names = [markdown_cell(s["name"]) for s in summary["scenarios"]]
    lines = ["| " + " | ".join(["", *names]) + " |", "|---" * (len(names) + 1) + "|"]
    for group in comparison(summary, words_of("en"), extent):
        lines.append("| " + " | ".join([f"**{group.title}**", *("" for _ in names)]) + " |")
        for line in group.lines:
            label = f"&nbsp;&nbsp;{line.label}" if line.under else line.label
            lines.append("| " + " | ".join([label, *map(markdown_cell, line.cells)]) + " |")
    return "\n".join(lines) + "\n"


def markdown_cell(text: str) -> str:
    """Write a text so that Markdown shows it as it stands."""
    return _escaped(formats.printable(text), "\\`*_[]|").replace(">", "&gt;")


def markdown_line(text: str) -> str:
    """Give a line of words with nothing in it that Markdown would follow: no link, picture, code or tag."""
    return _escaped(formats.printable(text), "\\`*_[]")


def _escaped(text: str, marks: str) -> str:
    cleaned = text.replace("&", "&amp;").replace("<", "&lt;")
    for mark in marks:
        cleaned = cleaned.replace(mark, f"\\{mark}")
    return cleaned


def comparison_csv(summary: dict[str, Any]) -> str:
    """Give every number of the summary's scenarios as CSV: scenario, figure (its path in the JSON), value."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("scenario", "figure", "value"))
    for scenario in summary["scenarios"]:
        name = harmless(formats.printable(scenario["name"]))
        writer.writerows((name, figure, value) for figure, value in figures_of(scenario))
    return text.getvalue()


def figures_of(value: Any, path: str = "") -> list[tuple[str, Any]]:
    """Give every number of a part of the summary, or null, with its path in the JSON.

    >>> figures_of({"hires": {"mean": 2.0, "range": [1, None]}, "name": "A"})
    [('hires.mean', 2.0), ('hires.range.0', 1), ('hires.range.1', None)]
    """
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return [
            found
            for key, inner in items
            for found in figures_of(inner, f"{path}.{key}" if path else str(key))
        ]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return [(path, value)] if is_number or value is None else []


def harmless(text: str) -> str:
    """Quote a text that a spreadsheet would take for a formula: blanks before it and wide signs are no help.

    >>> harmless("=cmd()"), harmless(" ＝1+1"), harmless("Growth")
    ("'=cmd()", "' ＝1+1", 'Growth')
    """
    begins = unicodedata.normalize("NFKC", text[:MOST_BLANKS]).strip()[:1]
    return f"'{text}" if text[:1] in ("\t", "\r") or (begins and begins in SPREADSHEET_FORMULA) else text


def harmless_csv(frame: pl.DataFrame) -> str:
    """Give a table as CSV in which no text is a formula, whatever a scenario is called or calls its sizes."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    for name in texts:
        changed = {text: harmless(formats.printable(text)) for text in frame[name].drop_nulls().unique()}
        changed = {text: made for text, made in changed.items() if made != text}
        if changed:
            frame = frame.with_columns(pl.col(name).replace(changed))
    return frame.write_csv()
