"""Sobol indices of what a scenario costs, for ``compare --sobol``."""

from typing import Any

from simulator.cli.progress import progress_bar
from simulator.draws.inputs import uncertain_keys
from simulator.risk.sobol import sobol_indices
from simulator.scenario.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.study.cost_model import cost_total_eur


def sobol_of(scenario: Scenario[Quantity], *, base: int, seed: int) -> dict[str, Any]:
    """Indices of the cost's increment over standing still, by uncertain key."""
    keys = uncertain_keys(scenario)
    with progress_bar(f"sobol {scenario.scenario.name}") as advance:
        advance(0, 1)
        found = sobol_indices(
            lambda points: cost_total_eur(scenario, keys, points, seed=seed), keys, base=base, seed=seed
        )
        advance(1, 1)
    return {"figure": "cost_total_eur", "base": base, "indices": found}
