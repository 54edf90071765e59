"""A week of a results folder, traced to quantities and prices."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from simulator.finance.line import INFRASTRUCTURE, TEAM
from simulator.report.books import MeanLine, books_of, mean_lines, of_run
from simulator.report.formats import printable
from simulator.report.manifest import other_version
from simulator.report.results import MANIFEST, is_results
from simulator.risk.weekly import weeks_of_scenario
from simulator.scenario.resolve import scenario_of


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
        """What lines of some categories add up to."""
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
        """For programs: amounts unrounded but for JSON's digits."""
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
    if not is_results(folder):
        raise ExplainError(f"{folder}: must be a results folder, got one without {MANIFEST} or nothing")
    origin = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if wrong := other_version(origin):
        raise ExplainError(f"{folder}: {wrong}")
    if "cells" in origin:
        raise ExplainError(f"{folder}: must hold the results of run or compare, got those of a sweep")
    resolved = {of["name"]: of["resolved"] for of in origin["scenarios"]}
    name = _one_of(resolved, name)
    tables = {table: folder / f"{table}.parquet" for table in ("weeks", "actions")}
    missing = [file.name for file in tables.values() if not file.exists()]
    if missing:
        raise ExplainError(f"{folder}: must hold {' and '.join(missing)}; make the result again")
    rows = weeks_of_scenario(pl.scan_parquet(tables["weeks"]), name)
    for option, given, count in (("--week", week, rows.weeks), ("--run", run or 0, rows.runs)):
        if given >= count:
            raise ExplainError(f"{option}: must be at most {count - 1}, got {given}")
    scenario = scenario_of(json.dumps(resolved[name]))
    books = list(
        books_of(scenario, seed=origin["seed"], rows=rows, actions=pl.read_parquet(tables["actions"]))
    )
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
