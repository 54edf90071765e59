"""A sweep as a table of text, a row a cell, for terminals and Markdown; made from its JSON summary alone."""

import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console

from simulator.report.summary.typed import Swept, SweptCell
from simulator.report.words import formats
from simulator.report.writers.terminal import bullets, print_table, without_blank_ends
from simulator.report.writers.texts import markdown_cell

MEMBER = "*"
LIMITS = (
    "Cells share their draws; Δ is the mean of the difference from cell {first}, run by run.",
    "Paid: infrastructure, in all. Increment and P(over budget): over standing still, as budgets are.",
    "What a cell has on its first day it has standing still, too: that is in what is paid alone.",
    "The SLO is missed in a week whose P95 or errors are past attention, or whose P95 is the deadline.",
    "Worst P95: of requests pooled over runs; in a saturated week the deadline, where callers have gone.",
    "Critical: the first week in which half of the runs are past a critical limit of the serving side.",
    "Hottest: measured on the hottest shard, mean over runs, in the week in which it is highest.",
    "The plan still runs in every cell: a number of shards it sets replaces that of the first day.",
    "± is one standard error; intervals are 95 % (Wilson for probabilities), those behind a rating 90 %.",
)


def sweep_table(summary: Swept) -> tuple[list[str], list[list[str]]]:
    """Column titles, and a row of cells for each cell of the grid; the first column marks the Pareto set."""
    keys = list(summary["over"])
    columns = ["cell", *_short(keys), "paid", "Δ paid", "SLO missed", "Δ missed"]
    columns += ["increment", "P(over)", "risk", "worst P95", "in", "critical", "saturated", "hottest"]
    return columns, [_row(cell, keys) for cell in summary["cells"]]


def sweep_notes(summary: Swept) -> list[tuple[str, list[str]]]:
    """Give the headings with their lines, to stand under the table."""
    cells = {cell["cell"]: cell for cell in summary["cells"]}
    objectives = "; ".join(objective["in_words"] for objective in summary["objectives"])
    best = [f"Kept low: {objectives}. By the estimates, no other cell is as low in all and lower in one."]
    best += [_in_words(cells[number]) for number in summary["pareto"]]
    reading = [line.format(first=summary["compared_with"]) for line in LIMITS]
    found = [(f"Pareto set ({MEMBER})", best), ("How to read this", reading)]
    return [(heading, [formats.printable(line) for line in lines]) for heading, lines in found]


def print_sweep(console: Console, summary: Swept) -> None:
    """Print the table in parts that fit, and the notes."""
    columns, rows = sweep_table(summary)
    with without_blank_ends(console):
        print_table(console, formats.printable(summary["scenario"]), columns, rows, words=("risk",))
        for heading, lines in sweep_notes(summary):
            console.print()
            console.print(heading, style="bold")
            console.print(bullets(lines))


def sweep_markdown(command: str, summary: Swept) -> str:
    """Give the README of a results folder: the command, the table, the notes."""
    columns, rows = sweep_table(summary)
    lines = ["| " + " | ".join(map(markdown_cell, row)) + " |" for row in (columns, *rows)]
    lines.insert(1, "|---" * len(columns) + "|")
    parts = ["# Results\n", f"Made by\n\n```\n{command}\n```\n", "\n".join(lines) + "\n"]
    for heading, said in sweep_notes(summary):
        parts.append(f"## {markdown_cell(heading)}\n\n" + "".join(f"- {markdown_cell(s)}\n" for s in said))
    parts.append("`summary.json`, `cells.csv` and `cells.parquet` hold every figure of a cell.\n")
    return "\n".join(parts)


def _short(keys: Sequence[str]) -> list[str]:
    """Give the last part of each key where that tells them apart.

    >>> _short(["database.shards", "plan[3].shards", "cache.nodes"])
    ['database.shards', 'plan[3].shards', 'nodes']
    """
    last = [key.rpartition(".")[2] for key in keys]
    return [key if last.count(short) > 1 else short for key, short in zip(keys, last, strict=True)]


def value_in_words(value: Any) -> str:
    """Give a value as a cell shows it.

    >>> value_in_words("db.m5.large"), value_in_words({"p5": 1.0, "p95": 2.5}), value_in_words([1, 2])
    ('db.m5.large', 'p5 1, p95 2.5', '[1, 2]')
    """
    if isinstance(value, dict):
        return ", ".join(f"{key} {value_in_words(inner)}" for key, inner in value.items())
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return f"{value:g}"
    return json.dumps(value, ensure_ascii=False, default=str)


def _row(cell: SweptCell, keys: Sequence[str]) -> list[str]:
    latency, paid = cell["latency_p95_ms"], cell["difference"]["total_infrastructure_eur"]
    hottest = cell["hottest_shard_utilization_share"]
    missed, moved = cell["slo_missed_share"], cell["difference"]["slo_missed_share"]
    risk = cell["risk"]["infrastructure"]
    return [
        f"{cell['cell']}{MEMBER if cell['pareto'] else ''}",
        *(formats.printable(value_in_words(cell["values"][key])) for key in keys),
        formats.mean_eur(cell["total_infrastructure_eur"]),
        formats.mean_eur({"mean": paid["estimate"], "se": paid["se"]}),
        formats.share_with_error(missed["estimate"], missed["se"]),
        formats.share_with_error(moved["estimate"], moved["se"]),
        formats.mean_eur(cell["cost_infrastructure_eur"]),
        formats.chance(cell["p_over_budget"]["infrastructure"]),
        formats.labels(risk["rating"], *risk["range"]),
        "saturated" if latency["worst_pooled"] is None else f"{latency['worst_pooled']:,.0f} ms",
        formats.week(latency["worst_week"]),
        formats.week(cell["first_critical"]["week"]),
        formats.share_with_error(cell["saturated_share"], cell["saturated_share_se"]),
        formats.share_with_error(hottest["estimate"], hottest["se"]),
    ]


def _in_words(cell: SweptCell) -> str:
    values = ", ".join(f"{key} = {value_in_words(value)}" for key, value in cell["values"].items())
    return f"Cell {cell['cell']}: {values}."
