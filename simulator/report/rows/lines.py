"""The rows of the comparison as a reader is given them: labels and cells in the reader's language."""

from dataclasses import dataclass
from typing import Any, Literal

from simulator.report.rows.found import Found
from simulator.report.rows.row import Part, Row
from simulator.report.rows.table import ROWS
from simulator.report.words import Words

LONGEST = 40
"""Number of characters of a cell that stays on one line."""
Extent = Literal["answer", "short", "full"]
"""Extent of what is printed: the answer alone, the rows that one looks at first as well, or all rows."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A label, and a cell for each scenario; one ``under`` another says more of it."""

    name: str
    """Name of the row."""
    label: str
    cells: tuple[str, ...]
    under: bool
    parts: tuple[Part, ...]
    """The numbers that the cells write; none where they are words."""

    @property
    def wraps(self) -> bool:
        """Tell if a cell is too long for one line of a column."""
        return max(map(len, self.cells)) > LONGEST


@dataclass(frozen=True, kw_only=True)
class Group:
    """Lines that belong together."""

    title: str
    lines: tuple[Line, ...]


def found_in(summary: dict[str, Any]) -> list[Found]:
    """Give the scenarios of a summary."""
    return [Found(summary=one) for one in summary["scenarios"]]


def comparison(summary: dict[str, Any], words: Words, extent: Extent = "full") -> list[Group]:
    """Give the comparison in groups; a row that no scenario has a figure for is left out."""
    scenarios = found_in(summary)
    return [
        Group(title=words(f"page.{group}"), lines=_lines(scenarios, rows, words, extent))
        for group, rows in ROWS.items()
    ]


def _lines(scenarios: list[Found], rows: tuple[Row, ...], words: Words, extent: Extent) -> tuple[Line, ...]:
    lines = []
    for row in rows:
        if row.short or extent == "full":
            cells = tuple(row.cell(found, words) for found in scenarios)
            if row.is_shown(cells):
                lines.append(
                    Line(name=row.name, label=row.label(words), cells=cells, under=row.under, parts=row.parts)
                )
    return tuple(lines)
