"""Sobol indices of what a scenario costs."""

from typing import Any

from simulator.draws.inputs import uncertain_keys
from simulator.risk.sobol import sobol_indices
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.study.cost_model import cost_total_eur


def sobol_of(scenario: Scenario[Quantity], *, base: int, seed: int) -> dict[str, Any]:
    """Indices of the cost's increment over standing still, by uncertain key, as the summary holds them.

    Args:
        scenario: without correlated inputs, whose variance cannot be shared out.
        base: blocks of points, a power of 2.
        seed: of the points and of all other randomness.
    """
    keys = uncertain_keys(scenario)
    found = sobol_indices(
        lambda points: cost_total_eur(scenario, keys, points, seed=seed), keys, base=base, seed=seed
    )
    return {"figure": "cost_total_eur", "base": base, "indices": found}
