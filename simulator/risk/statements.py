"""Simulated figures may disagree with the statements of the plans' authors, in words that move no figure."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from simulator.arrays import Floats
from simulator.outlook import OBSERVED
from simulator.risk.rating import Rating
from simulator.risk.recommendation import STATUSES, Status
from simulator.scenario.root import Scenario

OBSERVED_WEIGHT = 0.25
"""Growth as it was observed lately has this weight unless it is given: an assumption."""


def demand_weights(scenarios: Sequence[Scenario[Any]]) -> Floats:
    """Give the weight of each scenario's demand path, and last that of the growth observed, (p,).

    Scenarios weigh the same unless ``[demand_weight]`` names them. Growth as it was observed has a quarter of
    the weight unless it is named too, and the scenarios share the rest.

    Raises:
        ValueError: where scenarios give different weights, or name some of the set and not others.
    """
    given = [s.demand_weight for s in scenarios if s.demand_weight]
    names = [s.scenario.name for s in scenarios]
    if any(weights != given[0] for weights in given):
        raise ValueError("demand_weight: must be the same in all scenarios compared, got different tables")
    named = {name: weight for name, weight in given[0].items() if name in names} if given else {}
    observed = given[0].get(OBSERVED) if given else None
    if not named:
        return _beside_observed(np.full(len(names), 1 / len(names)), observed)
    missing = [name for name in names if name not in named]
    if missing or sum(named.values()) == 0:
        raise ValueError(
            "demand_weight: must name every scenario compared or none, with weights not all 0, got "
            + (f"none for {', '.join(map(repr, missing))}" if missing else "zeros")
        )
    total = math.fsum(named.values())
    shares = np.array([named[name] / total for name in names])
    return _beside_observed(shares, None if observed is None else observed / total)


def _beside_observed(shares: Floats, observed: float | None) -> Floats:
    """Give weights that add up to 1 from those of the scenarios, which do, and one beside them if given."""
    own = OBSERVED_WEIGHT if observed is None else observed / (1.0 + observed)
    return np.append((1.0 - own) * shares, own)


def disagreements(scenarios: Sequence[Scenario[Any]], plans: Sequence[Status | None]) -> list[str]:
    """Tell where statuses differ from 'prepare the nearest horizon, monitor the next, contingency beyond'.

    That order is what plans with stated risks and different horizons usually mean. It is held against
    the statuses only where every scenario states its risk and no two horizons are the same.
    """
    horizons = [s.scenario.horizon_months for s in scenarios]
    if any(s.stated_risk is None for s in scenarios) or len(set(horizons)) < max(len(horizons), 2):
        return []
    nearest_first = sorted(range(len(scenarios)), key=lambda index: horizons[index])
    found = []
    for place, index in enumerate(nearest_first):
        usual, status = STATUSES[min(place, 2)], plans[index]
        if status is not None and status != usual:
            found.append(
                f"{scenarios[index].scenario.name}: {status}, where the order of horizons would say {usual}"
            )
    return found


def label_disagreements(scenario: Scenario[Any], ratings: dict[str, Rating]) -> list[str]:
    """Tell where a stated label lies outside what the runs leave open; ratings by domain."""
    stated = {} if scenario.stated_risk is None else scenario.stated_risk.model_dump()
    return [
        f"{scenario.scenario.name}: {domain} risk comes out {rating.rating}, stated {stated[domain]}"
        for domain, rating in ratings.items()
        if domain in stated and not _between(stated[domain], rating.range)
    ]


def _between(label: str, ends: tuple[str, str]) -> bool:
    order = ("low", "medium", "high", "very high")
    return order.index(ends[0]) <= order.index(label) <= order.index(ends[1])
