"""A file may hold values that hardly anybody means: percent where a share belongs, or the other way."""

from collections.abc import Iterator
from typing import Any

from simulator.diagnostics.finding import Finding
from simulator.scenario.keys.growth import growth_share_month
from simulator.scenario.keys.quantity import central, mean_of
from simulator.scenario.root import Scenario
from simulator.units import MONTHS_PER_YEAR

MONTH_SD = 0.3
"""Platforms that grow 20 to 1,000 % a year stray by some 5 points a month."""
YEAR_FACTOR = 10.0
"""Growth by more than this factor a year is probably a percentage that was meant as a share."""


def implausible_values(scenario: Scenario[Any]) -> tuple[Finding, ...]:
    """Find each value that is likely to be a slip, and tell its meaning."""
    return tuple(_found(scenario))


def _found(scenario: Scenario[Any]) -> Iterator[Finding]:
    demand, month = scenario.demand, growth_share_month(scenario)
    strays, peak = central(demand.growth_share_month_sd), central(demand.peak_factor)
    months = scenario.scenario.horizon_months
    year, whole = (1.0 + month) ** MONTHS_PER_YEAR, (1.0 + month) ** months
    if strays > MONTH_SD:
        said = f"one month's growth strays from the mean by {strays:.0%}; 3 points are 0.03"
        yield _finding("demand.growth_share_month_sd", strays, said)
    if peak < 1.0:
        said = "the peak hour is quieter than the mean hour; it is 2 to 4 times as busy where it was counted"
        yield _finding("demand.peak_factor", peak, said)
    if max(year, whole / YEAR_FACTOR) > YEAR_FACTOR:
        key = "growth_share_month" if demand.users_growth_share is None else "users_growth_share"
        said = f"users grow to {whole:,.3g} times as many in {months} months; +50 % is 0.5"
        yield _finding(f"demand.{key}", mean_of(getattr(demand, key)), said)


def _finding(key: str, value: float, said: str) -> Finding:
    return Finding(
        name=f"{key} as it stands",
        stated={key: value},
        follows={},
        agrees=False,
        sentence=f"{key} = {value:g}: {said.replace('%', ' %').replace('  %', ' %')}.",
    )
