"""The growth of the users in a month, from either form in which a file gives it."""

from typing import Any

from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario


def growth_share_month(scenario: Scenario[Any]) -> float:
    """Give the growth of the users in a month: (1 + G)**(1 / H) - 1 where the file has G over H months."""
    demand = scenario.demand
    if demand.growth_share_month is not None:
        return float(demand.growth_share_month)
    return monthly_of_total(float(demand.users_growth_share or 0.0), scenario.scenario.horizon_months)


def monthly_of_total(growth_share: float, months: int) -> float:
    """Give the monthly growth that compounds to ``growth_share`` in ``months``.

    >>> round(monthly_of_total(1.0, 12), 4), round(monthly_of_total(10.0, 24), 4)
    (0.0595, 0.1051)
    """
    return float((1.0 + growth_share) ** (1.0 / months) - 1.0)


def over_horizon(scenario: Scenario[Quantity], months: int) -> Scenario[Quantity]:
    """Give the scenario another horizon: users go on at their monthly rate, the team grows as it did."""
    rate = growth_share_month(scenario)
    header = scenario.scenario.model_copy(update={"horizon_months": months})
    hiring = scenario.hiring.model_copy(
        update={"months": scenario.hiring.months or scenario.scenario.horizon_months}
    )
    demand = scenario.demand.model_copy(update={"users_growth_share": None, "growth_share_month": rate})
    return scenario.model_copy(update={"scenario": header, "demand": demand, "hiring": hiring})
