"""These rules hold for uncertain values that go together."""

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.scenario.keys.correlation import MOST_PAIRS, normal_factor
from simulator.scenario.keys.quantity import Lognormal, Pert
from simulator.scenario.rules.broken import Broken, Key
from simulator.scenario.rules.written import at, is_list, number


def correlations(table: Mapping[str, Any]) -> Iterator[Broken]:
    """Pairs name uncertain values, each pair once, and can hold together."""
    rows = table.get("correlation", ())
    if is_list(rows) and len(rows) > MOST_PAIRS:
        return  # the schema says so, and a matrix of so many would take its time
    uncertain = set(_uncertain_keys(table, ""))
    pairs: list[tuple[tuple[str, str], float]] = []
    for index, row in enumerate(rows if is_list(rows) else ()):
        keys, coefficient = at(row, "keys"), number(at(row, "coefficient"))
        if not is_list(keys) or len(keys) != 2 or not all(isinstance(key, str) for key in keys):
            continue
        place: Key = ("correlation", index, "keys")
        for key in keys:
            of_no_plan = key.startswith("plan[") and not table.get("plan")  # a company that plans nothing
            if key not in uncertain and not of_no_plan:
                yield Broken(key=place, required="must name uncertain values of this scenario", got=repr(key))
        if keys[0] == keys[1] or {*keys} in [{*pair} for pair, _ in pairs]:
            required = "must be two different keys, each pair once"
            yield Broken(key=place, required=required, got=" and ".join(map(repr, keys)))
        elif coefficient is not None and -1 < coefficient < 1:
            pairs.append(((keys[0], keys[1]), coefficient))
    try:
        normal_factor(pairs)
    except ValueError:
        required = "must be coefficients that values can have together (a positive definite matrix)"
        yield Broken(key=("correlation",), required=required, got=", ".join(f"{of:g}" for _, of in pairs))


def _uncertain_keys(value: Any, path: str) -> Iterator[str]:
    """Give the paths of the uncertain values in a table, as a correlation names them."""
    if isinstance(value, Lognormal | Pert) or (
        isinstance(value, Mapping) and value.keys() in ({"p5", "p95"}, {"low", "mode", "high"})
    ):
        yield path
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _uncertain_keys(inner, f"{path}.{name}" if path else str(name))
    elif is_list(value):
        for index, inner in enumerate(value):
            yield from _uncertain_keys(inner, f"{path}[{index}]")
