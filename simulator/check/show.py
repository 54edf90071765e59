"""Checks are shown as tables of text, as sentences for a build server, and as JSON."""

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.text import Text

from simulator.check.against import Change
from simulator.check.differences import Difference
from simulator.check.junit import Case
from simulator.check.verdict import Judged
from simulator.report.folder.plain import plain
from simulator.report.words.formats import NONE, number, printable
from simulator.report.writers.terminal import bullets, print_table, without_blank_ends

DIGITS, THOUSAND = 4, 1_000
STYLES = {"pass": "green", "fail": "bold red", "undecided": "bold yellow", "not judged": ""}
REQUIRED = ("figure", "result", "value", "limit", "margin", "± se", "interval")
DIFFERED = ("figure", "result", "earlier", "now", "difference", "margin", "± se", "interval")
CHANGES_SHOWN = 8
_Rows = list[list[str | Text]]


def print_judged(console: Console, found: Sequence[Judged], said: Sequence[str]) -> None:
    """Print a table a scenario, and how to read them."""
    tables: dict[str, _Rows] = {}
    for one in found:
        tables.setdefault(f"{printable(one.scenario)}, {_runs(one.runs)}", []).append(_required_row(one))
    with without_blank_ends(console):
        for title, rows in tables.items():
            print_table(console, title, REQUIRED, rows, words=("result",))
            console.print()
        _bullets(console, said)


def print_differences(
    console: Console, found: Sequence[Difference], changed: dict[str, list[str]], said: Sequence[str]
) -> None:
    """Print a table a scenario with what has ``changed`` in it below, and how to read them."""
    with without_blank_ends(console):
        for scenario, lines in changed.items():
            rows = [_difference_row(one) for one in found if one.scenario == scenario]
            print_table(console, printable(scenario), DIFFERED, rows, words=("result",))
            _bullets(console, lines)
            console.print()
        _bullets(console, said)


def in_words(changed: Sequence[Change]) -> list[str]:
    """Give the changes as sentences, the first few of many."""
    lines = [f"{one.key}: {_was(one.earlier)} -> {_was(one.now)}" for one in changed[:CHANGES_SHOWN]]
    more = len(changed) - CHANGES_SHOWN
    return lines + ([f"and {more} keys more"] if more > 0 else [])


def required_case(one: Judged) -> Case:
    """Give a requirement as a test case."""
    asked = one.requirement
    words = (
        f"{asked.path} is {_written(one.value)}, required {asked.operator} {asked.limit_text}; "
        f"margin {_written(one.margin)}, standard error {_written(one.se)}, "
        f"interval {_interval(one.low, one.high)}, {_runs(one.runs)}"
    )
    name = f"{asked.path} {asked.operator} {asked.limit_text}"
    return Case(scenario=one.scenario, name=name, verdict=one.verdict, in_words=_how(words, one.by_estimate))


def difference_case(one: Difference) -> Case:
    """Give a margin as a test case."""
    words = (
        f"{one.figure} was {_written(one.earlier)} and is {_written(one.now)}, allowed {_allowed(one)}; "
        f"difference {_written(one.difference)}, standard error {_written(one.se)}, "
        f"interval {_interval(one.low, one.high)}, {_runs(one.runs)}"
    )
    return Case(
        scenario=one.scenario,
        name=one.margin.text,
        verdict=one.verdict,
        in_words=_how(words, one.by_estimate),
    )


def judged_plain(one: Judged) -> dict[str, Any]:
    """Give a requirement as JSON; what is infinite or unknown is null."""
    asked = one.requirement
    figures = {key: value for key, value in asdict(one).items() if key not in ("scenario", "requirement")}
    about = {"figure": asked.path, "operator": asked.operator, "limit": asked.limit}
    found: dict[str, Any] = plain({"scenario": one.scenario, "requirement": asked.text} | about | figures)
    return found


def difference_plain(one: Difference) -> dict[str, Any]:
    """Give a difference as JSON; what is unknown is null."""
    found: dict[str, Any] = plain(asdict(one) | {"margin": one.margin.text, "side": one.margin.side})
    return found


def _bullets(console: Console, lines: Sequence[str]) -> None:
    console.print(bullets([printable(line) for line in lines]))


def _required_row(one: Judged) -> list[str | Text]:
    asked = one.requirement
    return [
        asked.path,
        _result(one.verdict, by_estimate=one.by_estimate),
        _written(one.value),
        f"{asked.operator} {asked.limit_text}",
        _written(one.margin),
        _written(one.se, 2),
        _interval(one.low, one.high),
    ]


def _difference_row(one: Difference) -> list[str | Text]:
    interval = "identical" if one.identical else _interval(one.low, one.high)
    numbers = [_written(value) for value in (one.earlier, one.now, one.difference)]
    return [
        one.figure,
        _result(one.verdict, by_estimate=one.by_estimate),
        *numbers,
        _allowed(one),
        _written(one.se, 2),
        interval,
    ]


def _result(verdict: str, *, by_estimate: bool) -> Text:
    return Text(verdict + (" (estimate)" if by_estimate else ""), style=STYLES[verdict])


def _interval(low: float, high: float) -> str:
    if math.isnan(low) or (math.isinf(low) and math.isinf(high) and low < high):
        return NONE
    return _written(low) if low == high else f"{_written(low)} to {_written(high)}"


def _allowed(one: Difference) -> str:
    sign = {"both": "±", "up": "+", "down": "-"}[one.margin.side]
    return f"{sign}{_written(one.allowed)}"


def _written(value: float | None, digits: int = DIGITS) -> str:
    if value is None or math.isnan(value):
        return NONE
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    if THOUSAND <= abs(value) < 100 * THOUSAND:
        return f"{value:,.0f}"
    return number(value + 0.0, digits)


def _was(value: Any) -> str:
    return "none" if value is None else str(value)


def _how(words: str, by_estimate: bool) -> str:
    return f"{words}; undecided, judged by the estimate" if by_estimate else words


def _runs(runs: int) -> str:
    return "1 run" if runs == 1 else f"{runs:,} runs"
