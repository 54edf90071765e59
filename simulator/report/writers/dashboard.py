"""A dashboard on a terminal, in Markdown and as a page of HTML."""

from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from rich.console import Console

from simulator.report.dashboard.page import SIGNS, Dashboard, Listed, Reading
from simulator.report.figures.style import page_style
from simulator.report.words import Words
from simulator.report.words.signs import NARROW
from simulator.report.writers.html import whole
from simulator.report.writers.terminal import bullets, print_table, without_blank_ends
from simulator.report.writers.texts import markdown_cell, markdown_line


def print_dashboard(console: Console, found: Dashboard, words: Words) -> None:
    """Print each part as a table, and the lists."""
    with without_blank_ends(console):
        console.print(_plain(found.title), style="bold", markup=False)
        console.print(_plain(found.lede), markup=False)
        for part in found.parts:
            console.print()
            state = words("dashboard.state")
            columns = ("", *found.columns, state, words("dashboard.chance"))
            rows = [_spaced(one, words) for one in part.readings]
            print_table(console, part.title, columns, rows, words=(state,))
        for listed in found.lists:
            console.print()
            console.print(_plain(listed.title), style="bold", markup=False)
            console.print(bullets([_plain(line) for line in listed.lines]))


def dashboard_markdown(found: Dashboard, words: Words) -> str:
    """Give the same in Markdown."""
    parts = [f"# {markdown_line(_plain(found.title))}\n", f"{markdown_line(_plain(found.lede))}\n"]
    head = ["", *found.columns, words("dashboard.state"), words("dashboard.chance")]
    for part in found.parts:
        rows = [_spaced(one, words) for one in part.readings]
        lines = ["| " + " | ".join(map(markdown_cell, row)) + " |" for row in (head, *rows)]
        lines.insert(1, "|---" * len(head) + "|")
        parts.append(f"## {part.title}\n\n" + "\n".join(lines) + "\n")
    return "\n".join([*parts, *(_markdown_list(listed) for listed in found.lists)])


def dashboard_html(found: Dashboard, words: Words) -> str:
    """Give the same as one page that needs no network."""
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        newline_sequence="\n",
    )
    environment.filters["whole"] = whole
    source = files(__package__).joinpath("dashboard.html").read_text(encoding="utf-8")
    style = Markup(page_style())  # noqa: S704 our own file, with no value of a study in it
    page = environment.from_string(source).render(found=found, words=words, signs=SIGNS, style=style)
    return page.rstrip() + "\n"


def _markdown_list(listed: Listed) -> str:
    lines = "".join(f"- {markdown_line(_plain(one))}\n" for one in listed.lines)
    return f"## {listed.title}\n\n{lines}"


def _spaced(one: Reading, words: Words) -> list[str]:
    return [_plain(cell) for cell in (one.label, *one.cells, _state(one, words), one.chance)]


def _plain(text: str) -> str:
    """Narrow no-break spaces, which not every terminal has, as plain ones."""
    return text.replace(NARROW, " ")


def _state(one: Reading, words: Words) -> str:
    return f"{SIGNS[one.level]} {words(f'level.{one.level}')}"
