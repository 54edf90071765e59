"""Ranked debts on a terminal and in Markdown."""

from collections.abc import Sequence

from rich.console import Console

from simulator.diagnostics.debts import RankedDebt
from simulator.report.rows.debts import COLUMNS, WORDS, debt_notes, debt_rows
from simulator.report.writers.terminal import bullets, print_table, without_blank_ends
from simulator.report.writers.texts import markdown_cell, markdown_line
from simulator.scenario.debt_file import DebtTeam

TITLE = "Technical debt, ranked"


def print_debts(console: Console, ranked: Sequence[RankedDebt], team: DebtTeam) -> None:
    """Print the table in parts that fit, and the notes."""
    with without_blank_ends(console):
        print_table(console, TITLE, COLUMNS, debt_rows(ranked), words=WORDS)
        for heading, lines in debt_notes(ranked, team):
            console.print()
            console.print(heading, style="bold")
            console.print(bullets(lines))


def debts_markdown(ranked: Sequence[RankedDebt], team: DebtTeam) -> str:
    """Give the same in Markdown, with the descriptions of the debts."""
    rows = [[str(place), *cells] for place, cells in enumerate(debt_rows(ranked), start=1)]
    lines = ["| " + " | ".join(map(markdown_cell, row)) + " |" for row in (["", *COLUMNS], *rows)]
    lines.insert(1, "|---" * (len(COLUMNS) + 1) + "|")
    parts = [f"# {TITLE}\n", "\n".join(lines) + "\n"]
    for heading, said in debt_notes(ranked, team):
        parts.append(f"## {heading}\n\n" + "".join(f"- {markdown_line(line)}\n" for line in said))
    described = [(one.debt.name, " ".join(one.debt.description.split())) for one in ranked]
    told = "".join(f"- {markdown_line(name)}: {markdown_line(text)}\n" for name, text in described if text)
    return "\n".join([*parts, *([f"## Descriptions\n\n{told}"] if told else [])])
