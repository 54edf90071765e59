"""What the company does not know about itself: one value of every uncertain key for each run."""

from functools import cache
from typing import Any, cast, get_args

import numpy as np
from scipy.special import betaincinv, ndtri

from simulator.arrays import Floats
from simulator.draws.streams import Streams
from simulator.scenario.quantity import Lognormal, Part, Pert, Q, Quantity
from simulator.scenario.root import Scenario

MEASURED_ON = {
    "database.observed.hit_share": "cache.hit_share",
    "database.observed.write_share": "database.write_share",
}
"""Keys that say what another was when work was measured: the luck of the one is that of the other."""
Z95 = 1.6448536269514722
"""The standard normal's 95th percentile."""


def draw_inputs(scenario: Scenario[Quantity], streams: Streams) -> Scenario[Floats]:
    """Give every quantity of a scenario an array of one value a lane, shape (lanes,).

    An uncertain key is its own cause, named by its path, so that a key made uncertain leaves the
    draws of all others as they were.
    """
    return cast("Scenario[Floats]", _drawn(scenario, "", streams))


def uncertain_keys(scenario: Scenario[Quantity]) -> tuple[str, ...]:
    """Paths of the keys that differ between runs."""
    return tuple(_uncertain(scenario, ""))


def _uncertain(value: Any, path: str) -> list[str]:
    if isinstance(value, Lognormal | Pert):
        return [path]
    return [key for name, child in _children(value) for key in _uncertain(child, _join(path, name))]


def _drawn(value: Any, path: str, streams: Streams) -> Any:
    if isinstance(value, Lognormal | Pert):
        cause = f"input:{MEASURED_ON.get(path, path)}"
        return quantile(value, streams.draw(cause, "uniform", 1)[:, 0].copy())
    if isinstance(value, Part):
        certain = _quantity_keys(type(value))
        drawn: dict[str, Any] = {
            name: np.full(streams.lanes, float(child))
            if name in certain and isinstance(child, float | int)
            else _drawn(child, _join(path, name), streams)
            for name, child in _children(value)
        }
        return type(value).model_construct(**drawn)
    if isinstance(value, tuple):
        return tuple(_drawn(child, _join(path, name), streams) for name, child in _children(value))
    if isinstance(value, dict):
        return {name: _drawn(child, _join(path, name), streams) for name, child in value.items()}
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
