"""The companies that stand still beside the scenarios of a study, each simulated once for all that share it.

Scenarios of one company differ by their growth, plan and horizon; standing still they are the same, and the
weeks of a shorter horizon are the first of a longer one.
"""

import json
from collections.abc import Sequence

import numpy as np
import polars as pl

from simulator.arrays import Array
from simulator.company import standstill
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.resolve import resolved
from simulator.scenario.root import Scenario
from simulator.study.frames import StillPiece
from simulator.units import weeks_of

APART: dict[str, tuple[str, ...]] = {
    "scenario": ("name", "horizon_months"),
    "demand": ("observed_growth_share_month",),
    "hiring": ("months",),
    **dict.fromkeys(("budget", "stated_risk", "demand_weight", "risk", "windows"), ()),
}
"""Keys, or whole tables, that a company without growth, plan and requests does not depend on."""
Runs = dict[str, Array]
"""Columns of one company's runs, (weeks, runs) each."""


Known = dict[tuple[str, int], dict[int, Runs]]
"""Results that are known of each run, by company and number of weeks."""


class Standstills:
    """Every company that stands still is known as far as it has been simulated."""

    def __init__(self, scenarios: Sequence[Scenario[Quantity]], known: Known | None = None) -> None:
        """Find out which scenarios share a company; ``known`` is filled for studies that come after."""
        keys = [_company(scenario) for scenario in scenarios]
        companies = list(dict.fromkeys(keys))
        self.of = [companies.index(key) for key in keys]
        """Company of each scenario."""
        months = [scenario.scenario.horizon_months for scenario in scenarios]
        self.longest = [
            max((index for index, own in enumerate(self.of) if own == company), key=lambda at: months[at])
            for company in range(len(companies))
        ]
        """Scenario of each company that has the longest horizon."""
        known = {} if known is None else known
        weeks = [weeks_of(months[at]) for at in self.longest]
        self._found = [known.setdefault((key, of), {}) for key, of in zip(companies, weeks, strict=True)]

    def add(self, company: int, piece: StillPiece) -> None:
        """Keep runs of a company, each by itself."""
        for lane, run in enumerate(piece.runs):
            self._found[company][run] = {name: of[:, lane] for name, of in piece.columns.items()}

    def has(self, scenario: int, runs: range) -> bool:
        """Tell if all of these runs of a scenario's company are there."""
        found = self._found[self.of[scenario]]
        return all(run in found for run in runs)

    def lacks(self, company: int, runs: range) -> bool:
        """Tell if some of these runs of a company have to be simulated."""
        return any(run not in self._found[company] for run in runs)

    def beside(self, scenario: int, runs: range, weeks: pl.DataFrame) -> pl.DataFrame:
        """A scenario's weeks, a row a run and week in that order, with its company's beside them."""
        found = [self._found[self.of[scenario]][run] for run in runs]
        length = len(weeks) // len(runs)
        return weeks.with_columns(
            pl.Series(name, np.concatenate([of[name][:length] for of in found])) for name in found[0]
        )


def _company(scenario: Scenario[Quantity]) -> str:
    """Everything that the company depends on as it stands still."""
    still = resolved(standstill(scenario))
    for table, keys in APART.items():
        for key in keys or tuple(still[table] or ()):
            still[table].pop(key)
    return json.dumps(still, sort_keys=True)
