"""The README of a results folder: its command, its table and notes, and what its numbers are."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from simulator.quantities.catalogue import COLUMNS, RUN_COLUMNS, find
from simulator.quantities.dictionary import PARTS
from simulator.quantities.dictionary import markdown as as_table
from simulator.quantities.quantity import Quantity
from simulator.report.rows import budgets, signals
from simulator.report.rows.notes import notes
from simulator.report.words import Words, words_of
from simulator.report.words.calendar import dated
from simulator.report.writers.texts import figures_of, markdown, markdown_cell, markdown_line

FORMS = (
    "A figure is a number, or a table: `mean` or `estimate` with its standard error `se` and its interval "
    "from `low` to `high`, and quantiles over the runs as `p05`, `p50` and `p95`. A part in braces stands "
    "for any key.\n"
)


def readme(
    command: str,
    summary: dict[str, Any],
    frames: Mapping[str, pl.DataFrame | pl.LazyFrame] | None = None,
) -> str:
    """A results folder's README: the command, the table, the notes, and what its numbers are."""
    with dated(summary):
        return _readme(command, summary, frames or {})


def _readme(command: str, summary: dict[str, Any], frames: Mapping[str, pl.DataFrame | pl.LazyFrame]) -> str:
    parts = ["# Results\n", f"Made by\n\n```\n{command}\n```\n", markdown(summary)]
    for heading, lines in notes(summary):
        parts.append(f"## {heading}\n\n" + "".join(f"- {markdown_line(line)}\n" for line in lines))
    parts += _tables(summary)
    parts.append(
        "`report.html` shows it and `tables.xlsx` holds its tables, `summary.json` and `comparison.csv` "
        "every figure, `ledger.csv` the lines of every week as means over the runs, in FOCUS 1.0: a "
        "forecast, which nobody has billed, `manifest.json` what it was made from.\n"
    )
    parts += dictionary(summary, frames)
    return "\n".join(parts)


def _tables(summary: dict[str, Any]) -> list[str]:
    """Signals and budgets of each scenario as Markdown tables; none of results without them."""
    words = words_of("en")
    found = []
    for scenario in summary["scenarios"]:
        rows = [list(cells.values()) for cells in signals.signal_rows(scenario, words)]
        found += _table("signals", scenario["name"], signals.columns(words), rows, words)
        found += _table(
            "budgets", scenario["name"], budgets.columns(words), budgets.budget_rows(scenario, words), words
        )
    return found


def _table(section: str, name: str, titles: list[str], rows: list[list[str]], words: Words) -> list[str]:
    if not rows:
        return []
    lines = ["| " + " | ".join(map(markdown_cell, row)) + " |" for row in (titles, *rows)]
    lines.insert(1, "|---" * len(titles) + "|")
    heading = f"## {words(f'{section}.title')}: {markdown_line(name)}"
    return [f"{heading}\n\n" + "\n".join(lines) + f"\n\n{words(f'{section}.note')}\n"]


def dictionary(summary: dict[str, Any], frames: Mapping[str, pl.DataFrame | pl.LazyFrame]) -> list[str]:
    """Paragraphs of the tables of all columns and figures that a result has."""
    columns = {"weeks": COLUMNS, "runs": RUN_COLUMNS}
    paths = dict.fromkeys(path for one in summary["scenarios"] for path, _ in figures_of(one))
    declared = {part: _present(frames, part, known) for part, known in columns.items()}
    found = (find(path) for path in paths)
    declared["figures"] = list({one.name: one for one in found if one is not None}.values())
    tables = [
        f"## {heading}\n\n{as_table(declared[part])}"
        for part, (heading, _) in PARTS.items()
        if declared[part]
    ]
    return [*tables, FORMS]


def _present(
    frames: Mapping[str, pl.DataFrame | pl.LazyFrame], part: str, known: Mapping[str, Quantity]
) -> list[Quantity]:
    names = frames[part].lazy().collect_schema().names() if part in frames else []
    return [known[name] for name in names if name in known]
