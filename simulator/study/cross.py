"""Every plan on every demand path: the scenarios of a comparison taken apart and put together anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.company.setting import doing_nothing
from simulator.outlook import DO_NOTHING, OBSERVED
from simulator.scenario.keys.growth import over_horizon
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One plan on one demand path, as a scenario of its own."""

    plan: str
    """This scenario gives the plan, the team and all but the demand; or ``DO_NOTHING``."""
    demand: str
    """This scenario gives the demand; or ``OBSERVED``."""
    scenario: Scenario[Quantity]


def one_demand(scenarios: Sequence[Scenario[Quantity]]) -> bool:
    """True where all scenarios answer the same demand over the same horizon."""
    first = scenarios[0]
    return all(
        other.demand == first.demand and other.scenario.horizon_months == first.scenario.horizon_months
        for other in scenarios[1:]
    )


def named_nothing(scenario: Scenario[Quantity]) -> Scenario[Quantity]:
    """Give the company that does nothing about the same growth a name of its own."""
    named = scenario.scenario.model_copy(update={"name": DO_NOTHING})
    return doing_nothing(scenario).model_copy(update={"scenario": named})


def pairs(scenarios: Sequence[Scenario[Quantity]]) -> list[Pair]:
    """Give every pair over the longest horizon, plan by plan.

    A demand goes on at its monthly rate, a plan keeps its last topology and its team. Doing nothing is the
    first scenario's company without plan or new positions; the growth observed lately is a path as well.
    """
    longest = max(scenario.scenario.horizon_months for scenario in scenarios)
    all_over = [over_horizon(scenario, longest) for scenario in scenarios]
    observed = all_over[0].demand.model_copy(
        update={
            "growth_share_month": all_over[0].demand.observed_growth_share_month,
            "users_growth_share": None,
            "users_growth_months": None,
        }
    )
    plans = [(scenario.scenario.name, scenario) for scenario in all_over]
    plans.append((DO_NOTHING, doing_nothing(all_over[0])))
    demands = [(scenario.scenario.name, scenario.demand) for scenario in all_over]
    demands.append((OBSERVED, observed))
    return [
        Pair(
            plan=plan,
            demand=demand,
            scenario=scenario.model_copy(
                update={
                    "demand": path,
                    "scenario": scenario.scenario.model_copy(update={"name": f"plan {i} on path {j}"}),
                }
            ),
        )
        for i, (plan, scenario) in enumerate(plans)
        for j, (demand, path) in enumerate(demands)
    ]
