"""The tables on a terminal; plain text of 80 columns and no control codes when piped."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from simulator.report import formats, timeline
from simulator.report.notes import notes
from simulator.report.tables import comparison_rows
from simulator.risk.weekly import ScenarioWeeks

LABEL_WIDTH = 21
CELL_WIDTH = 17
RATING_STYLES = {"low": "green", "medium": "yellow", "high": "red", "very high": "bold red"}


def console_for(stream: TextIO) -> Console:
    """Return a console as wide as its terminal or as COLUMNS says, 80 columns where neither is there."""
    knows_width = stream.isatty() or "COLUMNS" in os.environ
    return Console(file=stream, highlight=False, width=None if knows_width else 80)


def print_comparison(console: Console, summary: dict[str, Any]) -> None:
    """Print the comparison, as many scenarios side by side as fit, and the notes."""
    scenarios = summary["scenarios"]
    rows = comparison_rows(summary)
    fit = max((console.width - LABEL_WIDTH) // (CELL_WIDTH + 2), 1)
    with without_blank_ends(console):
        for first in range(0, len(scenarios), fit):
            chosen = scenarios[first : first + fit]
            console.print(_comparison(chosen, [(label, cells[first : first + fit]) for label, cells in rows]))
        print_notes(console, summary)


def print_timeline(console: Console, rows: ScenarioWeeks) -> None:
    """Print one scenario's weeks, load and people, and when each signal is first raised."""
    tables = (
        ("Load in the peak hour, median over runs", timeline.LOAD_COLUMNS, timeline.load_rows(rows)),
        ("People and cost, median over runs", timeline.PEOPLE_COLUMNS, timeline.people_rows(rows)),
        ("Signals", ("signal", "attention from", "critical from"), timeline.signal_rows(rows)),
    )
    with without_blank_ends(console):
        for table in tables:
            console.print(_plain_table(*table), "")


def print_notes(console: Console, summary: dict[str, Any]) -> None:
    """Print what stands under every table."""
    for heading, lines in notes(summary):
        console.print()
        console.print(Text(heading, style="bold"))
        console.print(bullets(lines))


def bullets(lines: Sequence[str]) -> Table:
    """Lines with a dash before the first of their words, wrapped beside it."""
    hanging = Table.grid(padding=(0, 1, 0, 0))
    for line in lines:
        hanging.add_row("-", Text(line))
    return hanging


@contextmanager
def without_blank_ends(console: Console) -> Iterator[None]:
    """Let what is printed end where its text ends, not where its table does."""
    with console.capture() as captured:
        yield
    console.file.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _comparison(scenarios: Sequence[dict[str, Any]], rows: Sequence[tuple[str, list[str]]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("", width=LABEL_WIDTH, overflow="fold")
    for scenario in scenarios:
        table.add_column(Text(formats.printable(scenario["name"])), overflow="fold")
    for label, cells in rows:
        heading = not label.startswith(" ")
        table.add_row(Text(label, style="bold" if heading else ""), *(_styled(label, cell) for cell in cells))
    return table


def _styled(label: str, cell: str) -> Text:
    word = cell.partition(" (")[0]
    style = RATING_STYLES.get(word, "") if label.endswith("risk") else ""
    return Text(formats.printable(cell), style=style)


def _plain_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=0,
        show_edge=False,
    )
    for place, column in enumerate(columns):
        table.add_column(column, justify="left" if place == 0 else "right")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table
