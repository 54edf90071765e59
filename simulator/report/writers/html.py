"""The report: one file of HTML without script, whose figures are drawn in it.

It needs no network and no program but one that shows HTML. Jinja escapes every value, the XML library every
text of a figure.
"""

import re
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree as ET

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from simulator.report.figures import FIGURES
from simulator.report.figures.chart import Figure
from simulator.report.figures.style import page_style
from simulator.report.figures.svg import svg_of
from simulator.report.folder.reading import Results
from simulator.report.rows import budgets, choice, signals
from simulator.report.rows.inputs import uncertain
from simulator.report.rows.lines import comparison
from simulator.report.rows.verdict import verdict
from simulator.report.summary.typed import crossed_of
from simulator.report.words import Words, formats
from simulator.report.words.calendar import dated

SECTIONS = {
    "money": ("exceedance", "waterfall", "drivers", "sobol"),
    "load": ("users", "latency", "utilisation"),
    "people": ("headcount", "funnel"),
    "plan": ("timeline",),
    "choice": ("regret",),
}
READING = ("increment", "intervals", "fan", "saturated", "weeks", "cvar", "rating")
MOST_ACTIONS = 8
NO_BREAK = "\u00a0"


def html_report(results: Results, words: Words) -> str:
    """Write the report of a study in one language."""
    with dated(results.summary):
        return _page(results, words)


def _page(results: Results, words: Words) -> str:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        newline_sequence="\n",
    )
    environment.filters["whole"] = whole
    template = environment.from_string(files(__package__).joinpath("report.html").read_text(encoding="utf-8"))
    scenarios = results.summary["scenarios"]
    names = [formats.printable(scenario["name"]) for scenario in scenarios]
    actions, crossed = advised(results.summary, words), crossed_of(results.summary)
    rated = choice.not_rated_names(scenarios, words)
    page = template.render(
        words=words,
        lede=words(
            "page.lede_one" if len(names) == 1 else "page.lede",
            scenarios=words.listed(names),
            runs=min(s["runs"] for s in scenarios),
        ),
        names=names,
        style=Markup(page_style()),  # noqa: S704 our own file, with no value of a study in it
        verdict=verdict(results.summary, words),
        groups=comparison(results.summary, words),
        signals=[
            (name, rows)
            for name, scenario in zip(names, scenarios, strict=True)
            if (rows := signals.signal_rows(scenario, words))
        ],
        signal_columns=signals.KEYS,
        budgets=[
            (name, periods)
            for name, scenario in zip(names, scenarios, strict=True)
            if (periods := budgets.budget_rows(scenario, words))
        ],
        budget_columns=budgets.columns(words),
        sections=_sections(results, words),
        choice=choice.sentences(crossed, words, rated),
        choice_rows=choice.rows(crossed, words, rated),
        choice_columns=choice.COLUMNS,
        actions=actions[:MOST_ACTIONS],
        more_actions=max(len(actions) - MOST_ACTIONS, 0),
        uncertain=uncertain(results, words),
        manifest=results.manifest,
        reading=[*_levels(results, words), *(words(f"reading.{key}") for key in READING)],
    )
    return page.rstrip() + "\n"


def _levels(results: Results, words: Words) -> list[str]:
    """Tell which runs figures are of, where some have no requests."""
    runs = results.summary["scenarios"][0]["runs"]
    served = results.summary["scenarios"][0].get("served_runs", runs)  # not in results of before
    return [] if served == runs else [words("reading.served", served=served, runs=runs)]


def whole(text: str) -> str:
    r"""Keep a number and its unit, and a sign and its number, on one line.

    >>> whole("67.3 K€ ± 3.2 K for 12 months")
    '67.3\xa0K€ ±\xa03.2\xa0K for 12 months'
    """
    return re.sub(r"(?<=\d) (?=[KMG%€]|ms\b)|(?<=[±≥]) ", NO_BREAK, text)


def advised(summary: dict[str, Any], words: Words) -> list[dict[str, str]]:
    """Actions with a limit to keep, most urgent first: what to begin at which sign, and how long it takes.

    What is the same in several scenarios is said once.
    """
    found = [one for one in summary["recommendation"].get("actions", []) if one["triggers"]]
    found.sort(key=lambda one: (not one["triggers"][0]["passed"], _left(one["triggers"][0])))
    scenarios: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for one in found:
        cells = _advised(one, one["triggers"][0], words)
        scenarios.setdefault(tuple(cells.items()), []).append(formats.printable(one["scenario"]))
    everywhere = len(summary["scenarios"])
    return [
        {"scenario": words("unit.all") if 1 < len(names) == everywhere else ", ".join(names), **dict(cells)}
        for cells, names in scenarios.items()
    ]


def _left(trigger: dict[str, Any]) -> float:
    return float(trigger["weeks_left"] or 0.0)


def _advised(action: dict[str, Any], trigger: dict[str, Any], words: Words) -> dict[str, str]:
    cells = {
        "action": words.term("action", action["action"]),
        "status": words.term("status", action["status"]),
        "breach": words.week(trigger["breach_week"]),
    }
    if action["lead_weeks"] is None:
        return cells | {"trigger": formats.NONE, "left": formats.NONE, "lead": words("advice.impossible")}
    users, share = words.number(trigger["users"]), words.share(trigger["utilization_share"])
    left = words.counted("unit.left", _left(trigger))
    return cells | {
        "trigger": words("advice.at", users=users, share=share, tier=words.term("the_tier", action["tier"])),
        "left": words("unit.passed") if trigger["passed"] else left,
        "lead": words.counted("unit.weeks", action["lead_weeks"]),
    }


def _sections(results: Results, words: Words) -> list[dict[str, Any]]:
    sections = []
    for section, names in SECTIONS.items():
        drawn = [figure for name in names if (figure := FIGURES[name](results, words)) is not None]
        figures = [
            {"figure": figure, "charts": _drawn(figure), "columns": columns(results, figure)}
            for figure in drawn
        ]
        if figures:
            sections.append({"name": section, "title": words(f"page.{section}"), "figures": figures})
    return sections


def columns(results: Results, figure: Figure) -> int:
    """Give the number of charts side by side: scenarios, or all that one scenario has; three at most."""
    scenarios = len(results.scenarios)
    return min(scenarios if scenarios > 1 else 3, len(figure.charts), 3)


def _drawn(figure: Figure) -> list[Markup]:
    return [Markup(ET.tostring(svg_of(chart), encoding="unicode")) for chart in figure.charts]  # noqa: S704
