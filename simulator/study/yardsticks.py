"""Companies that the scenarios of a study are held against, each simulated once for all that share it.

Scenarios of one company differ by their growth, plan and horizon. Standing still they are the same, doing
nothing where they grow alike; and the weeks of a shorter horizon are the first of a longer one.
"""

import json
from collections.abc import Sequence

import numpy as np
import polars as pl

from simulator.arrays import Array
from simulator.engines.drive import BECOMES, Yardstick
from simulator.scenario.keys.growth import growth_months
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.resolve import resolved
from simulator.scenario.root import Scenario
from simulator.study.frames import YardstickPiece
from simulator.units import weeks_of

APART: dict[str, tuple[str, ...]] = {
    "scenario": ("name", "horizon_months"),
    "demand": ("observed_growth_share_month",),
    "hiring": ("months",),
    **dict.fromkeys(("budget", "stated_risk", "demand_weight", "risk", "windows"), ()),
}
"""Keys, or whole tables, that a company without plan and requests does not depend on."""
Runs = dict[str, Array]
"""Columns of one company's runs, (weeks, runs) each."""


Known = dict[tuple[Yardstick, str, int], dict[int, Runs]]
"""Results that are known of each run, by company and number of weeks."""


class Yardsticks:
    """Every company that stands still, or does nothing, is known as far as it has been simulated."""

    def __init__(
        self, scenarios: Sequence[Scenario[Quantity]], yardstick: Yardstick, known: Known | None = None
    ) -> None:
        """Find out which scenarios share a company; ``known`` is filled for studies that come after."""
        self.yardstick = yardstick
        keys = [_company(scenario, yardstick) for scenario in scenarios]
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
        self._found = [
            known.setdefault((yardstick, key, of), {}) for key, of in zip(companies, weeks, strict=True)
        ]

    def add(self, company: int, piece: YardstickPiece) -> None:
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
        """Give a scenario's weeks, a row a run and week in that order, with its company's beside them."""
        found = [self._found[self.of[scenario]][run] for run in runs]
        length = len(weeks) // len(runs)
        return weeks.with_columns(
            pl.Series(name, np.concatenate([of[name][:length] for of in found])) for name in found[0]
        )


def _company(scenario: Scenario[Quantity], yardstick: Yardstick) -> str:
    """Everything that the company depends on as it stands still, or does nothing."""
    company = BECOMES[yardstick](scenario)
    of = resolved(company)
    if company.demand.users_growth_share is not None:
        of["demand"]["users_growth_months"] = growth_months(company)
    for table, keys in APART.items():
        for key in keys or tuple(of[table] or ()):
            of[table].pop(key)
    return json.dumps(of, sort_keys=True)
