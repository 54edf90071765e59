"""Infracost's JSON: what a plan of infrastructure will cost a month, component by component."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from simulator.scenario.reading.faults import Fault, ScenarioError
from simulator.scenario.reading.files import LARGEST_VALUES, text_of

_DEEPEST = 16


@dataclass(frozen=True, kw_only=True)
class Component:
    """A price times a quantity of a resource."""

    resource: str
    """The type, as aws_db_instance."""
    name: str
    unit: str
    price: float
    eur_month: float | None
    """The cost in the currency of the file; None where Infracost was not told the usage."""
    by_usage: bool
    """True means that the cost follows the usage, and so grows with it."""


@dataclass(frozen=True, kw_only=True)
class Estimated:
    """The components of all projects of a file."""

    currency: str
    made: str
    """The day on which the file was made."""
    components: tuple[Component, ...]


def estimated_in(file: Path) -> Estimated:
    """Read ``infracost breakdown --format json``; raises ScenarioError for what is none, with the place."""
    text = text_of(file, required="must be Infracost's JSON", most_bytes=LARGEST_VALUES)
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        _wrong(file, "", "must be JSON", str(error)[:80])
    if not isinstance(whole, dict) or not isinstance(whole.get("projects"), list):
        _wrong(file, "projects", "must be a list, as Infracost writes it", type(whole).__name__)
    found = list[Component]()
    for at, project in enumerate(whole["projects"]):
        breakdown = project.get("breakdown") if isinstance(project, dict) else None
        if not isinstance(breakdown, dict):
            _wrong(file, f"projects[{at}].breakdown", "must be a table", "none")
        found += _components(file, breakdown.get("resources"), f"projects[{at}].breakdown.resources", None, 0)
    if not found:
        _wrong(file, "projects", "must have cost components", "none")
    currency = whole.get("currency", "USD")
    made = whole.get("timeGenerated", "")
    if not isinstance(currency, str) or not isinstance(made, str):
        _wrong(file, "currency", "must be a text", str(currency)[:40])
    return Estimated(currency=currency, made=made[:10] or "no date", components=tuple(found))


def _components(file: Path, resources: Any, where: str, above: str | None, depth: int) -> Iterator[Component]:
    if not isinstance(resources, list) or depth > _DEEPEST:
        _wrong(file, where, "must be a list, as Infracost writes it", type(resources).__name__)
    for at, resource in enumerate(resources):
        place = f"{where}[{at}]"
        if not isinstance(resource, dict):
            _wrong(file, place, "must be a table", type(resource).__name__)
        kind = above or str(resource.get("resourceType") or resource.get("name", "")).rpartition("/")[2]
        for which, one in enumerate(resource.get("costComponents") or ()):
            yield _component(file, one, kind.partition(".")[0], f"{place}.costComponents[{which}]")
        yield from _components(
            file, resource.get("subresources") or [], f"{place}.subresources", kind, depth + 1
        )


def _component(file: Path, one: Any, kind: str, place: str) -> Component:
    if not isinstance(one, dict):
        _wrong(file, place, "must be a table", type(one).__name__)
    month = one.get("monthlyCost")
    return Component(
        resource=kind,
        name=str(one.get("name", "")),
        unit=str(one.get("unit", "")),
        price=_number(file, one.get("price"), f"{place}.price"),
        eur_month=None if month is None else _number(file, month, f"{place}.monthlyCost"),
        by_usage=bool(one.get("usageBased", False)) or month is None,
    )


def _number(file: Path, value: Any, place: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if isinstance(value, bool) or not 0 <= number < 1e15:
        _wrong(file, place, "must be a number of 0 or more, as Infracost writes it", repr(value)[:40])
    return number


def _wrong(file: Path, key: str, required: str, got: str) -> NoReturn:
    raise ScenarioError(file, [Fault(key=key, required=required, got=got)])
