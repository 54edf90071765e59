"""A resolved scenario is text with every default written out: the same bytes for the same meaning."""

import hashlib
import json
from typing import Any

from simulator.scenario.keys.quantity import Lognormal, Pert, Quantity, central
from simulator.scenario.reading.interrupts import interrupts_later
from simulator.scenario.root import Scenario


def resolved(scenario: Scenario[Quantity]) -> dict[str, Any]:
    """Give the scenario as plain tables, fit for JSON, with every default written out.

    ``Scenario[Quantity].model_validate`` reads it back to an equal scenario.
    """
    with interrupts_later():
        return scenario.model_dump(mode="json")


def canonical_json(scenario: Scenario[Quantity]) -> str:
    """Write the resolved scenario in one line of JSON with sorted keys and no optional space."""
    return json.dumps(
        resolved(scenario), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def scenario_hash(scenario: Scenario[Quantity]) -> str:
    """Give the SHA-256 of the canonical JSON in hexadecimal, equal for scenarios of the same meaning."""
    return hashlib.sha256(canonical_json(scenario).encode()).hexdigest()


def scenario_of(text: str) -> Scenario[Quantity]:
    """Read ``canonical_json`` back."""
    return Scenario[Quantity].model_validate(json.loads(text))


def at_central(scenario: Scenario[Quantity]) -> Scenario[Quantity]:
    """Put every uncertain value at its ``quantity.central``, for one run that stands for all."""
    certain = _certain(resolved(scenario))
    return Scenario[Quantity].model_validate(certain | {"correlation": []})  # nothing is left to go together


def _certain(value: Any) -> Any:
    if isinstance(value, dict):
        for form in (Lognormal, Pert):
            if value.keys() == form.model_fields.keys():
                return central(form(**value))
        return {key: _certain(inner) for key, inner in value.items()}
    return [_certain(inner) for inner in value] if isinstance(value, list) else value
