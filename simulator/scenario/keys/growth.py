"""The growth of the users in a month, from either form in which a file gives it."""

from typing import Any

import numpy as np

from simulator.arrays import Floats
from simulator.scenario.keys.quantity import Quantity, mean_of
from simulator.scenario.root import Scenario


def growth_share_month(scenario: Scenario[Any]) -> float:
    """Give the mean growth of a month: (1 + G)**(1 / M) - 1 where the file has G over M months."""
    demand = scenario.demand
    if demand.growth_share_month is not None:
        return mean_of(demand.growth_share_month)
    return monthly_of_total(mean_of(demand.users_growth_share or 0.0), growth_months(scenario))


def growth_in_runs(scenario: Scenario[Quantity], inputs: Scenario[Floats]) -> Floats:
    """Give the growth of a month in each run, (lanes,), from a scenario and what was drawn for it."""
    monthly, total = inputs.demand.growth_share_month, inputs.demand.users_growth_share
    if monthly is not None:
        return monthly
    if total is None or isinstance(scenario.demand.users_growth_share, float | int):
        return np.full(len(inputs.demand.users), growth_share_month(scenario))  # as it is without runs
    compounded: Floats = np.power(1.0 + total, 1.0 / growth_months(scenario))
    return compounded - 1.0


def growth_months(scenario: Scenario[Any]) -> int:
    """Months that the growth of ``users_growth_share`` takes."""
    months: int = scenario.demand.users_growth_months or scenario.scenario.horizon_months
    return months


def monthly_of_total(growth_share: float, months: int) -> float:
    """Give the monthly growth that compounds to ``growth_share`` in ``months``.

    >>> round(monthly_of_total(1.0, 12), 4), round(monthly_of_total(10.0, 24), 4)
    (0.0595, 0.1051)
    """
    return float((1.0 + growth_share) ** (1.0 / months) - 1.0)


def over_horizon(scenario: Scenario[Quantity], months: int) -> Scenario[Quantity]:
    """Give the scenario another horizon: users go on at their monthly rate, the team grows as it did."""
    header = scenario.scenario.model_copy(update={"horizon_months": months})
    hiring = scenario.hiring.model_copy(
        update={"months": scenario.hiring.months or scenario.scenario.horizon_months}
    )
    demand = scenario.demand
    if demand.users_growth_share is not None:
        demand = demand.model_copy(update={"users_growth_months": growth_months(scenario)})
    return scenario.model_copy(update={"scenario": header, "demand": demand, "hiring": hiring})
