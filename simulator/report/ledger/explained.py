"""A week of a results folder, traced to quantities and prices."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.finance.line import INFRASTRUCTURE, TEAM
from simulator.report.folder.manifest import other_version
from simulator.report.folder.stored import MANIFEST, StoredError, frame_of, manifest_of, scenarios_in
from simulator.report.ledger.books import MeanLine, books_of, mean_lines, of_run
from simulator.report.words.formats import printable
from simulator.risk.weekly import weeks_of_scenario


class ExplainError(Exception):
    """A week that cannot be explained; the text says why."""


@dataclass(frozen=True, kw_only=True)
class Explained:
    """The lines of a week, those that are not nothing."""

    name: str
    week: int
    run: int | None
    """None for the mean over the runs."""
    lines: tuple[MeanLine, ...]

    def total_eur(self, categories: Sequence[str]) -> float:
        """Add up the lines of some categories."""
        return math.fsum(line.eur for line in self.lines if line.category in categories)

    def rows(self) -> list[list[str]]:
        """The table: lines, a sum for each category with several, and the totals."""
        found: list[list[str]] = []
        for category in dict.fromkeys(line.category for line in self.lines):
            own = [line for line in self.lines if line.category == category]
            found += [_row(line) for line in own]
            if len(own) > 1:
                found.append([f"{category} in all", "", "", "", _eur(self.total_eur([category]))])
        for name, categories in (("infrastructure", INFRASTRUCTURE), ("team", TEAM)):
            found.append([f"{name} in all", "", "", "", _eur(self.total_eur(categories))])
        return [[printable(cell) for cell in row] for row in found]

    def as_json(self) -> dict[str, Any]:
        """Give the amounts for programs, unrounded but for JSON's digits."""
        return {
            "scenario": self.name,
            "week": self.week,
            "run": self.run,
            "infrastructure_eur": self.total_eur(INFRASTRUCTURE),
            "team_eur": self.total_eur(TEAM),
            "lines": [
                {
                    "category": line.category,
                    "service": line.service,
                    "quantity": line.quantity,
                    "unit": line.unit,
                    "price_eur": line.price_eur,
                    "eur": line.eur,
                }
                for line in self.lines
            ],
        }


def explained(folder: Path, name: str | None, week: int, run: int | None) -> Explained:
    """Work out the lines of a week from what a results folder holds; without a name, of its only scenario.

    Raises:
        ExplainError: where the folder is no result, or has no such scenario, week or run.
    """
    file = folder / MANIFEST
    if not file.exists():
        raise ExplainError(f"{folder}: must be a results folder, got one without {MANIFEST} or nothing")
    try:
        origin = manifest_of(file)
        if wrong := other_version(origin):
            raise ExplainError(f"{folder}: {wrong}")
        if "cells" in origin:
            raise ExplainError(f"{folder}: must hold the results of run or compare, got those of a sweep")
        known = {scenario.scenario.name: scenario for scenario in scenarios_in(file, origin)}
        name = _one_of(known, name)
        weeks, actions = (frame_of(folder, origin, table) for table in ("weeks", "actions"))
    except StoredError as error:
        raise ExplainError(str(error)) from None
    rows = weeks_of_scenario(weeks, name)
    for option, given, count in (("--week", week, rows.weeks), ("--run", run or 0, rows.runs)):
        if given >= count:
            raise ExplainError(f"{option}: must be at most {count - 1}, got {given}")
    drawn = {"seed": origin["seed"], "sampling": origin.get("sampling", "random")}
    books = list(books_of(known[name], rows=rows, actions=actions.collect(), **drawn))
    parts = [[*part.lines(week), *part.income(week)] for part in books]
    if run is None:
        lines = mean_lines(parts)
    else:
        part, lane = divmod(run, len(parts[0][0].price_eur))
        lines = of_run(parts[part], lane)
    return Explained(name=name, week=week, run=run, lines=tuple(line for line in lines if line.eur))


def _one_of(resolved: Mapping[str, Any], name: str | None) -> str:
    """The scenario of that name, or the only one there is."""
    if name is None and len(resolved) == 1:
        return next(iter(resolved))
    if name is None or name not in resolved:
        got = "none" if name is None else repr(name)
        raise ExplainError(f"--scenario: must be one of {', '.join(map(repr, resolved))}, got {got}")
    return name


def _row(line: MeanLine) -> list[str]:
    quantity = f"{line.quantity:,.4g}" if abs(line.quantity) < 10 else f"{line.quantity:,.2f}"
    return [f"{line.category}, {line.service}", quantity, line.unit, f"{line.price_eur:,.6g}", _eur(line.eur)]


def _eur(amount: float) -> str:
    return f"{amount:,.2f}"
