"""The rows of a table by their label."""

from typing import Any

from simulator.report.rows.lines import Extent, comparison
from simulator.report.words import words_of


def rows_of(summary: dict[str, Any], lang: str = "en", extent: Extent = "full") -> dict[str, tuple[str, ...]]:
    """The cells of each row; of rows with the same label, those of the first."""
    found: dict[str, tuple[str, ...]] = {}
    for group in comparison(summary, words_of(lang), extent):
        for line in group.lines:
            found.setdefault(line.label, line.cells)
    return found
