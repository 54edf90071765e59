"""The comparison as a reader of the report is given it: rows in four groups, in the reader's language."""

from dataclasses import dataclass
from typing import Any

from simulator.report.reported import reported
from simulator.report.rows.load import LOAD
from simulator.report.rows.measured import Measured
from simulator.report.rows.money import MONEY
from simulator.report.rows.people import PEOPLE, RISK
from simulator.report.rows.row import Told
from simulator.report.words import Words, formats


@dataclass(frozen=True, kw_only=True)
class Row:
    """A label, and a cell for each scenario; one ``under`` another says more of it."""

    label: str
    cells: tuple[str, ...]
    under: bool
    measured: tuple[Measured, ...]
    """The numbers that the cells write; none where they are words."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Rows that belong together."""

    title: str
    rows: tuple[Row, ...]


def comparison(summary: dict[str, Any], words: Words) -> list[Group]:
    """The comparison in groups; a row that no scenario has a figure for is left out."""
    status = {plan["scenario"]: plan["status"] for plan in summary["recommendation"].get("plans", [])}
    advice: list[Told] = []
    if status:
        advice = [("status", False, lambda s, w: _status(status.get(s["name"]), w), ())]
    load = [*LOAD, *(row for mechanism in reported() for row in mechanism.rows_in_words)]
    groups = {"money": MONEY, "load": load, "people": PEOPLE, "plan": [*RISK, *advice]}
    return [
        Group(title=words(f"page.{name}"), rows=_rows(summary["scenarios"], rows, words))
        for name, rows in groups.items()
    ]


def _rows(scenarios: list[dict[str, Any]], rows: list[Told], words: Words) -> tuple[Row, ...]:
    found = [
        Row(
            label=words(f"row.{label}"),
            cells=tuple(cell(scenario, words) for scenario in scenarios),
            under=under,
            measured=measured,
        )
        for label, under, cell, measured in rows
    ]
    return tuple(row for row in found if any(cell != formats.NONE for cell in row.cells))


def _status(status: str | None, words: Words) -> str:
    return formats.NONE if status is None else words.term("status", status)
