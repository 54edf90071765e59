"""Uncertain keys get one value for each run: the company does not know them about itself."""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast, get_args

import numpy as np
from scipy.special import betaincinv, ndtr, ndtri

from simulator.arrays import Floats
from simulator.draws.streams import Streams
from simulator.scenario.keys.correlation import correlated_keys, normal_factor
from simulator.scenario.keys.quantity import Z95, Lognormal, Part, Pert, Q, Quantity
from simulator.scenario.root import Scenario

MEASURED_ON = {
    "database.observed.hit_share": "cache.hit_share",
    "database.observed.write_share": "database.write_share",
    "response.observed_on.hit_share": "cache.hit_share",
    "response.observed_on.write_share": "database.write_share",
}
"""Keys that say what another was when work was measured: the luck of the one is that of the other."""


def draw_inputs(
    scenario: Scenario[Quantity], streams: Streams, units: Mapping[str, Floats] | None = None
) -> Scenario[Floats]:
    """Give every quantity of a scenario an array of one value a lane, shape (lanes,).

    An uncertain key is its own cause, named by its path, so that a key made uncertain leaves the
    draws of all others as they were.

    Args:
        scenario: as a file says it.
        streams: of the block.
        units: shares of each key's distribution to take in place of its draws, (lanes,) each.
    """
    unit = unit_draws(scenario, streams) if units is None else dict(units)
    return cast("Scenario[Floats]", _drawn(scenario, "", streams.lanes, unit))


def unit_draws(scenario: Scenario[Quantity], streams: Streams) -> dict[str, Floats]:
    """Uniform draws by uncertain key, (lanes,) each, those that ``[[correlation]]`` names correlated.

    They are correlated by a Gaussian copula, run by run: reordering a sample, as Iman and Conover (1982) do,
    would make run i depend on how many runs there are. The first key of a chain keeps its draws.
    """
    pairs = [(row.keys, row.coefficient) for row in scenario.correlation]
    keys = correlated_keys(pair for pair, _ in pairs)
    unit = {  # a company that plans nothing has lost keys that others are correlated with
        key: _once(streams, f"input:{MEASURED_ON.get(key, key)}")
        for key in dict.fromkeys((*uncertain_keys(scenario), *keys))
    }
    normal = [ndtri(unit[key]) for key in keys]
    for key, row in zip(keys[1:], normal_factor(pairs)[1:], strict=True) if keys else ():
        mixed = np.zeros(streams.lanes)
        for weight, of in zip(row, normal, strict=True):
            mixed = mixed + weight * of
        unit[key] = ndtr(mixed)
    return unit | {key: unit[today] for key, today in MEASURED_ON.items() if today in unit and key in unit}


def _once(streams: Streams, cause: str) -> Floats:
    return streams.draw_once({cause: 1}, "uniform")[cause][:, 0].copy()


def uncertain_keys(scenario: Scenario[Quantity]) -> tuple[str, ...]:
    """Paths of the keys that differ between runs."""
    return tuple(key for key, _ in _distributions(scenario, ""))


def uncertain_values(scenario: Scenario[Quantity], streams: Streams) -> dict[str, Floats]:
    """Tell what each uncertain key was in each run, by its path, (lanes,)."""
    unit, found = unit_draws(scenario, streams), {}
    for key, value in _distributions(scenario, ""):
        found[key] = quantile(value, unit[key])
    return found


def _distributions(value: Any, path: str) -> list[tuple[str, Lognormal | Pert]]:
    if isinstance(value, Lognormal | Pert):
        return [(path, value)]
    return [found for name, child in _children(value) for found in _distributions(child, _join(path, name))]


def _drawn(value: Any, path: str, lanes: int, unit: Mapping[str, Floats]) -> Any:
    if isinstance(value, Lognormal | Pert):
        return quantile(value, unit[path])
    if isinstance(value, Part):
        certain = _quantity_keys(type(value))
        drawn: dict[str, Any] = {
            name: np.full(lanes, float(child))
            if name in certain and isinstance(child, float | int)
            else _drawn(child, _join(path, name), lanes, unit)
            for name, child in _children(value)
        }
        return type(value).model_construct(**drawn)
    if isinstance(value, tuple):
        return tuple(_drawn(child, _join(path, name), lanes, unit) for name, child in _children(value))
    if isinstance(value, dict):
        return {name: _drawn(child, _join(path, name), lanes, unit) for name, child in value.items()}
    return value


def quantile(value: Lognormal | Pert, uniform: Floats) -> Floats:
    """Inverse distribution function of an uncertain value at ``uniform``, any shape."""
    if isinstance(value, Lognormal):
        middle = (np.log(value.p5) + np.log(value.p95)) / 2
        sigma = (np.log(value.p95) - np.log(value.p5)) / (2 * Z95)
        skewed: Floats = np.exp(middle + sigma * ndtri(uniform))
        return skewed
    width = value.high - value.low
    alpha = 1 + 4 * (value.mode - value.low) / width
    beta = 1 + 4 * (value.high - value.mode) / width
    scaled: Floats = value.low + width * betaincinv(alpha, beta, uniform)
    return scaled


def _children(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, Part):
        return [(name, getattr(value, name)) for name in type(value).model_fields]
    if isinstance(value, tuple):
        return [(f"[{index}]", child) for index, child in enumerate(value)]
    if isinstance(value, dict):
        return list(value.items())
    return []


def _join(path: str, name: str) -> str:
    return f"{path}{name}" if name.startswith("[") or not path else f"{path}.{name}"


@cache
def _quantity_keys(part: type[Part]) -> frozenset[str]:
    """Names of the fields that a file may write as uncertain."""
    generic = part.__pydantic_generic_metadata__["origin"] or part
    return frozenset(
        name for name, field in generic.model_fields.items() if _stands_for_a_number(field.annotation)
    )


def _stands_for_a_number(annotation: Any) -> bool:
    return annotation is Q or any(_stands_for_a_number(inner) for inner in get_args(annotation))
