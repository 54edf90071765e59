"""The report asks a mechanism for its part of the summary, its rows, and its notes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.mechanisms.all import parts
from simulator.report.rows.row import Row
from simulator.risk.weekly import ScenarioWeeks
from simulator.scenario.root import Scenario

Scenarios = Sequence[dict[str, Any]]
"""The scenarios of a summary."""


def _no_figures(_rows: ScenarioWeeks, _scenario: Scenario[Any]) -> dict[str, Any]:
    return {}


def _no_notes(_scenarios: Scenarios) -> list[str]:
    return []


@dataclass(frozen=True, kw_only=True)
class Reported:
    """The parts of the report that a mechanism gives; all are left out where no scenario asks for it."""

    summary: Callable[[ScenarioWeeks, Scenario[Any]], dict[str, Any]] = _no_figures
    """Its part of a scenario's summary."""
    rows: tuple[Row, ...] = ()
    """Its rows of every table, below those of load."""
    weeks: Mapping[str, str] = field(default_factory=dict)
    """Columns of the weeks that a terminal shows, with their headings there."""
    heading: str = ""
    """Heading above its notes."""
    notes: Callable[[Scenarios], list[str]] = _no_notes
    """Function that gives its notes, in sentences."""


def reported() -> tuple[Reported, ...]:
    """Give each mechanism's parts of the report, in the order of their list."""
    return parts("report", Reported)


def figures(rows: ScenarioWeeks, scenario: Scenario[Any]) -> dict[str, Any]:
    """Give the parts of a scenario's summary that mechanisms add."""
    found: dict[str, Any] = {}
    for mechanism in reported():
        found |= mechanism.summary(rows, scenario)
    return found
