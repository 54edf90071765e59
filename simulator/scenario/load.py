"""From a file to a checked scenario."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from simulator.scenario.faults import Fault, ScenarioError
from simulator.scenario.quantity import Quantity
from simulator.scenario.read import (
    Reading,
    is_topology,
    key_of,
    read_tables,
    with_mean_of_samples,
    with_overrides,
)
from simulator.scenario.root import Scenario
from simulator.scenario.wording import faults_of

Kind = Literal["scenario", "company", "prices", "topology"]

_OTHERS = {
    "company": "a company for a scenario to build on",
    "prices": "a price book for a scenario to build on",
    "topology": "a topology, which `growthsim stress` loads",
}
_OF_A_SCENARIO = ("scenario", "demand", "budget", "hiring.headcount_added", "thresholds", "risk")
"""What a company may leave to the scenarios that extend it."""


def load_scenario(path: Path | str, overrides: Mapping[str, Any] | None = None) -> Scenario[Quantity]:
    """The scenario that a file describes, with its bases and prices read in and every rule checked.

    ``overrides`` replaces values at dotted keys, ``{"database.shards": 4}``, after everything is read.

    Raises ScenarioError with all faults at once.
    """
    reading = read_tables(path)
    if overrides:
        given = {key_of(dotted): reading.file for dotted in overrides}
        table = with_overrides(reading.table, overrides)
        reading = replace(reading, table=table, origins=reading.origins | given)
    return checked_scenario(reading)


def checked_scenario(reading: Reading) -> Scenario[Quantity]:
    """The scenario of a file that has been read, as ``load_scenario`` gives it."""
    kind = kind_of(reading.table)
    if kind != "scenario":
        fault = Fault(
            key="scenario",
            required="must be a table with a name and horizon_months",
            got=f"none: this is {_OTHERS[kind]}",
        )
        raise ScenarioError(reading.file, [fault])
    try:
        return Scenario[Quantity].model_validate(with_mean_of_samples(reading.table))
    except ValidationError as error:
        raise ScenarioError(reading.file, placed(reading, faults_of(error))) from None


def check_part(path: Path | str) -> Kind:
    """Check a company, a price book or a topology as far as it goes, and a scenario whole; say which it was.

    Raises ScenarioError with all faults of what is there.
    """
    reading = read_tables(path)
    kind = kind_of(reading.table)
    if kind == "scenario":
        load_scenario(path)
        return kind
    table = {"prices": reading.table} if kind == "prices" else reading.table
    try:
        Scenario[Quantity].model_validate(table)
    except ValidationError as error:
        faults = [fault for fault in faults_of(error) if not _left_open(fault, kind)]
        if kind == "prices":
            faults = [replace(fault, key=fault.key.removeprefix("prices.")) for fault in faults]
        if faults:
            raise ScenarioError(reading.file, placed(reading, faults)) from None
    return kind


def kind_of(table: Mapping[str, Any]) -> Kind:
    """What a file is by the tables that it has."""
    if "scenario" in table:
        return "scenario"
    if is_topology(table):
        return "topology"
    return "prices" if "currency" in table and "prices" not in table else "company"


def _left_open(fault: Fault, kind: Kind) -> bool:
    """Whether a company or price book may leave this to the scenario."""
    if kind == "prices":
        return not fault.key.startswith("prices.")
    is_missing = fault.got in ("nothing", "neither")
    return is_missing and ("." not in fault.key or fault.key in _OF_A_SCENARIO)


def placed(reading: Reading, faults: list[Fault]) -> list[Fault]:
    """The faults with the file that each was written in, where it is another one."""
    return [replace(fault, file=reading.origin(key_of(fault.key))) for fault in faults]
