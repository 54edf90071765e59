"""What the report asks of a mechanism: its part of the summary, its rows, and its notes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.mechanisms.all import parts
from simulator.report.rows.row import Told
from simulator.risk.weekly import ScenarioWeeks
from simulator.scenario.root import Scenario

Scenarios = Sequence[dict[str, Any]]
"""Of a summary."""


def _no_figures(_rows: ScenarioWeeks, _scenario: Scenario[Any]) -> dict[str, Any]:
    return {}


def _no_rows(_scenarios: Scenarios) -> list[tuple[str, list[str]]]:
    return []


def _no_notes(_scenarios: Scenarios) -> list[str]:
    return []


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What a mechanism tells in the report; all of it is left out where no scenario asks for it."""

    summary: Callable[[ScenarioWeeks, Scenario[Any]], dict[str, Any]] = _no_figures
    """Its part of a scenario's summary."""
    rows: Callable[[Scenarios], list[tuple[str, list[str]]]] = _no_rows
    """Its rows of the comparison in a terminal, one cell a scenario."""
    rows_in_words: tuple[Told, ...] = ()
    """Its rows of the comparison in the report and the spreadsheet, in the reader's language."""
    weeks: Mapping[str, str] = field(default_factory=dict)
    """Its columns of the weeks that a terminal shows, and what they are called there."""
    heading: str = ""
    """What stands above its notes."""
    notes: Callable[[Scenarios], list[str]] = _no_notes
    """What it says in sentences."""


def reported() -> tuple[Reported, ...]:
    """What each mechanism tells, in the order of their list."""
    return parts("report", Reported)


def figures(rows: ScenarioWeeks, scenario: Scenario[Any]) -> dict[str, Any]:
    """The parts of a scenario's summary that mechanisms tell."""
    found: dict[str, Any] = {}
    for mechanism in reported():
        found |= mechanism.summary(rows, scenario)
    return found
