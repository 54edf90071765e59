"""The comparison on a terminal: as many scenarios side by side as fit, and the notes."""

from collections.abc import Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from simulator.report.rows.lines import Extent, Group, Line, comparison
from simulator.report.rows.people import RATED
from simulator.report.words import formats, words_of
from simulator.report.writers.terminal import print_notes, without_blank_ends

LABEL_WIDTH = 23
"""Least width of the labels; they take the space that the cells leave."""
CELL_WIDTH = 17
INDENT = 2
RATING_STYLES = {"low": "green", "medium": "yellow", "high": "red", "very high": "bold red"}


def print_comparison(console: Console, summary: dict[str, Any], extent: Extent = "short") -> None:
    """Print the comparison, as many scenarios side by side as fit, and the notes."""
    names = [formats.printable(scenario["name"]) for scenario in summary["scenarios"]]
    groups = comparison(summary, words_of("en"), extent)
    fit = max((console.width - LABEL_WIDTH) // (CELL_WIDTH + 2), 1)
    longest = max(INDENT * line.under + len(line.label) for group in groups for line in group.lines)
    beside = console.width - min(fit, len(names)) * (CELL_WIDTH + 2)
    label_width = max(LABEL_WIDTH, min(longest, beside))
    with without_blank_ends(console):
        for first in range(0, len(names), fit):
            places = range(first, min(first + fit, len(names)))
            console.print(_comparison(names, groups, places, label_width))
        print_notes(console, summary)


def _comparison(names: Sequence[str], groups: Sequence[Group], places: range, label_width: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("", width=label_width, overflow="fold")
    for place in places:
        table.add_column(Text(names[place]), overflow="fold")
    for group in groups:
        table.add_row(Text(group.title.upper(), style="bold"))
        for line in group.lines:
            table.add_row(_label(line), *(_styled(line, line.cells[place]) for place in places))
    return table


def _label(line: Line) -> Padding:
    """Give a label, under another one indented with all its lines."""
    return Padding(Text(line.label, style="" if line.under else "bold"), (0, 0, 0, INDENT * line.under))


def _styled(line: Line, cell: str) -> Text:
    style = RATING_STYLES.get(cell.partition(" (")[0], "") if line.name in RATED else ""
    return Text(formats.printable(_compact(cell)), style=style)


def _compact(cell: str) -> str:
    """Give a cell without the blanks around a slash, as a column is narrow.

    >>> _compact("1 / 2 / 3 K")
    '1/2/3 K'
    """
    return cell.replace(" / ", "/")
