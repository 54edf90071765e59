"""The comparison as files of text: a Markdown table, and every number as CSV."""

import csv
import io
from typing import Any

from simulator.report import formats
from simulator.report.tables import comparison_rows

SPREADSHEET_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def markdown(summary: dict[str, Any]) -> str:
    """The comparison as a Markdown table."""
    names = [markdown_cell(s["name"]) for s in summary["scenarios"]]
    lines = ["| " + " | ".join(["", *names]) + " |", "|---" * (len(names) + 1) + "|"]
    for label, cells in comparison_rows(summary):
        text = label.replace("  ", "&nbsp;&nbsp;") if label.startswith(" ") else label
        lines.append("| " + " | ".join([text, *map(markdown_cell, cells)]) + " |")
    return "\n".join(lines) + "\n"


def markdown_cell(text: str) -> str:
    """Write a text so that Markdown shows it as it stands."""
    cleaned = formats.printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for char in "\\`*_[]|":
        cleaned = cleaned.replace(char, f"\\{char}")
    return cleaned


def comparison_csv(summary: dict[str, Any]) -> str:
    """Every number of the summary's scenarios as CSV: scenario, figure (its path in the JSON), value."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("scenario", "figure", "value"))
    for scenario in summary["scenarios"]:
        name = harmless(formats.printable(scenario["name"]))
        writer.writerows((name, figure, value) for figure, value in figures_of(scenario))
    return text.getvalue()


def figures_of(value: Any, path: str = "") -> list[tuple[str, Any]]:
    """Every number of a part of the summary, or null, with its path in the JSON.

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
    """Quote a text that a spreadsheet would take for a formula.

    >>> harmless("=cmd()"), harmless("Growth")
    ("'=cmd()", 'Growth')
    """
    return f"'{text}" if text.startswith(SPREADSHEET_FORMULA) else text
