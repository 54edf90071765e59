"""The first screen of a study on a terminal: the answer in at most 25 lines of 80 columns."""

from typing import Any

from rich.console import Console
from rich.text import Text

from simulator.report.rows.answer import COLUMNS, plans, steps
from simulator.report.rows.verdict import short_verdict
from simulator.report.words import Words
from simulator.report.writers.terminal import bullets, print_table, without_blank_ends


def print_answer(console: Console, summary: dict[str, Any], words: Words) -> None:
    """Print which plan to choose and why, the plans in a table, and what to begin first."""
    columns = [words(f"answer_column.{name}") for name in ("plan", *COLUMNS)]
    first, *others = short_verdict(summary, words)
    begin = steps(summary, words)
    with without_blank_ends(console):
        console.print(Text(first, style="bold"))
        for sentence in others:
            console.print(Text(sentence))
        console.print()
        print_table(console, words("answer.table"), columns, plans(summary, words))
        if begin:
            console.print(Text(words("answer.begin"), style="bold"))
            console.print(bullets(begin))
        console.print(Text(words("answer.next"), style="italic"))
