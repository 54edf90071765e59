"""The tables on a terminal; plain text of 80 columns and no control codes when piped."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from simulator.report.rows import budgets, signals, timeline
from simulator.report.rows.notes import notes
from simulator.report.rows.overload import COLUMNS as OVERLOAD_COLUMNS
from simulator.report.rows.overload import overloaded_weeks
from simulator.report.words import formats, words_of
from simulator.report.words.calendar import with_date
from simulator.risk.weekly import ScenarioWeeks
from simulator.texts import printable_lines


class PlainConsole(Console):
    """Shows what a terminal would obey as ``?``, in whatever is printed; its own styles stay."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Render as ``Console`` does, with control characters in the texts shown as ``?``."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=printable_lines(segment.text))


def console_for(stream: TextIO) -> Console:
    """Return a console as wide as its terminal or as COLUMNS says, 80 columns where neither is there."""
    knows_width = stream.isatty() or "COLUMNS" in os.environ
    return PlainConsole(file=stream, highlight=False, width=None if knows_width else 80)


def print_timeline(console: Console, rows: ScenarioWeeks) -> None:
    """Print one scenario's weeks: load and people."""
    tables: list[tuple[str, Sequence[str], list[list[str]]]] = [
        ("Load in the peak hour, median over runs", timeline.LOAD_COLUMNS, timeline.load_rows(rows)),
        ("People and cost, median over runs", timeline.PEOPLE_COLUMNS, timeline.people_rows(rows)),
    ]
    overloaded = overloaded_weeks(rows)
    if overloaded:
        tables.insert(1, ("Weeks with an overloaded hour, median over runs", OVERLOAD_COLUMNS, overloaded))
    columns, cells = timeline.resource_table(rows)
    if len(columns) > 1:
        tables.insert(1, ("Memory, bandwidth, storage and zones in the peak hour", columns, cells))
    with without_blank_ends(console):
        for title, names, rows_of_text in tables:
            print_table(console, title, names, rows_of_text)
            console.print()


def print_constraints(console: Console, constraints: Sequence[dict[str, Any]]) -> None:
    """Print everything that can run out, by the week in which it does."""
    columns = ("constraint", "binds", "shard", "margin", "relieved by", "begin by week")
    rows = [
        [
            found["tier"].replace("_", " "),
            formats.week(found["week"]),
            formats.NONE if found["shard"] is None else str(found["shard"]),
            formats.share(found["margin_share"], 1),
            found["relieved_by"] or formats.NONE,
            with_date(formats.number(found["latest_start_week"]), found["latest_start_week"]),
        ]
        for found in constraints
    ]
    with without_blank_ends(console):
        print_table(
            console, "What can run out: margin to the critical limit", columns, rows, words=columns[4:5]
        )
        console.print()


def print_table(
    console: Console,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str | Text]],
    *,
    words: Sequence[str] = (),
) -> None:
    """Print a table in parts below each other where the console is narrow.

    The first column and those of ``words`` stand to the left, the others, of numbers, to the right.
    """
    console.print(Text(title, style="italic"))
    for part in parts_that_fit(columns, rows, console.width):
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=0, show_edge=False)
        for place in part:
            to_the_left = place == 0 or columns[place] in words
            table.add_column(columns[place], justify="left" if to_the_left else "right")
        for row in rows:
            cells = (row[place] for place in part)
            table.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in cells))
        console.print(table)


def parts_that_fit(
    columns: Sequence[str], rows: Sequence[Sequence[str | Text]], width: int
) -> list[list[int]]:
    """Split a table into parts no wider than ``width`` where they can be, the first column in each.

    A cell may be broken after a comma and a space.

    >>> parts_that_fit(("week", "users", "people"), [("12", "1.02 M", "35")], width=12)
    [[0, 1], [0, 2]]
    """

    def needed(place: int) -> int:
        pieces = (piece for row in (columns, *rows) for piece in str(row[place]).split(", "))
        return 1 + max(len(piece) for piece in pieces)

    parts = [[0]]
    for place in range(1, len(columns)):
        taken = sum(needed(earlier) for earlier in parts[-1])
        if taken + needed(place) > width and len(parts[-1]) > 1:
            parts.append([0])
        parts[-1].append(place)
    return parts


def print_signals(console: Console, scenario: dict[str, Any]) -> None:
    """Print the signals that are raised in some run: level, first week, how surely, and what they ask for."""
    words = words_of("en")
    titles = signals.columns(words)
    found = scenario.get("signals", ())
    shown = [_is_raised(one) for one in found]
    cells = signals.signal_rows(scenario, words)
    rows = [list(row.values()) for row, here in zip(cells, shown, strict=True) if here]
    to_the_left = [words(f"signals.{key}") for key in signals.WORDS]
    with without_blank_ends(console):
        print_table(console, words("signals.title"), titles, rows, words=to_the_left)
        console.print(Text(words("signals.others", count=len(rows), all=len(found))))
        console.print(Text(words("signals.note")))
        console.print()


def print_budgets(console: Console, scenario: dict[str, Any]) -> None:
    """Print the budgets by quarter and fiscal year: planned, expected, p80 and variance."""
    words = words_of("en")
    with without_blank_ends(console):
        rows = budgets.budget_rows(scenario, words)
        print_table(
            console, words("budgets.title"), budgets.columns(words), rows, words=(words("budgets.domain"),)
        )
        console.print(Text(words("budgets.note")))
        console.print()


def _is_raised(signal: dict[str, Any]) -> bool:
    """Tell if a signal is raised, or is in some run; the report has all of them."""
    chance = signal["p_attention"]
    return signal["first_week"] is not None or (chance is not None and chance["estimate"] > 0)


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
