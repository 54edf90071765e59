"""A file is read and checked: it becomes a scenario, or its faults are told."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from simulator.scenario.debt_file import is_debt_file
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.observed import measured_as_written, with_funnel_as_written
from simulator.scenario.reading.faults import Fault, ScenarioError
from simulator.scenario.reading.read import (
    Reading,
    is_topology,
    key_of,
    read_tables,
    with_files_read,
    with_mean_of_samples,
    with_overrides,
)
from simulator.scenario.reading.wording import faults_of
from simulator.scenario.root import Scenario

Kind = Literal["scenario", "company", "prices", "topology", "debts"]

_OTHERS = {
    "company": "a company for a scenario to build on",
    "prices": "a price book for a scenario to build on",
    "topology": "a topology, which `growthsim stress` loads",
    "debts": "a list of debts, which `growthsim debt` ranks",
}
_OF_A_SCENARIO = ("scenario", "demand", "budget", "hiring.headcount_added", "thresholds", "risk")
"""A company may leave these keys to the scenarios that extend it."""


def load_scenario(path: Path | str, overrides: Mapping[str, Any] | None = None) -> Scenario[Quantity]:
    """Load the scenario that a file describes, with its bases and prices read in and every rule checked.

    ``overrides`` replaces values at dotted keys, ``{"database.shards": 4}``, after everything is read.
    Measurements stay those of the company as the file builds it: more shards are not more work.

    Raises ScenarioError with all faults at once.
    """
    return load_scenarios(path, [overrides or {}])[0]


def load_scenarios(path: Path | str, overrides: Sequence[Mapping[str, Any]]) -> list[Scenario[Quantity]]:
    """Load the scenarios that a file describes, one for each of ``overrides``, as ``load_scenario`` has them.

    Raises ScenarioError with the faults of the file, or with those of all overrides, each told once.
    """
    reading = read_tables(path)
    written = checked_scenario(reading)
    reading = replace(reading, table=with_funnel_as_written(reading.table, written.hiring))
    scenarios, more = [], 0
    faults = dict[Fault, None]()
    for given in overrides:
        try:
            scenario = _overridden(reading, given) if given else written
        except ScenarioError as error:
            faults.update(dict.fromkeys(error.faults))
            more += error.more
        else:
            scenarios.append(measured_as_written(scenario, written))
    if faults:
        raise ScenarioError(reading.file, sorted(faults, key=lambda fault: fault.key), more=more)
    return scenarios


def _overridden(reading: Reading, overrides: Mapping[str, Any]) -> Scenario[Quantity]:
    table, nowhere = reading.table, list[Fault]()
    for dotted, value in overrides.items():
        try:
            table = with_files_read(with_overrides(table, {dotted: value}), reading.file)
        except ScenarioError as error:
            nowhere += error.faults
    given = {key_of(dotted): reading.file for dotted in overrides}
    try:
        scenario = checked_scenario(replace(reading, table=table, origins=reading.origins | given))
    except ScenarioError as error:
        raise ScenarioError(reading.file, [*nowhere, *error.faults]) from None
    if nowhere:
        raise ScenarioError(reading.file, nowhere)
    return scenario


def checked_scenario(reading: Reading) -> Scenario[Quantity]:
    """Check the scenario of a file that has been read.

    Raises ScenarioError for a file that is no scenario, or one with faults.
    """
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
    """Check a company, a price book or a topology as far as it goes, and a scenario whole; name the kind.

    Raises ScenarioError with all faults of the tables that are there.
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
    """Tell the kind of a file by the tables that it has."""
    if "scenario" in table:
        return "scenario"
    if is_topology(table):
        return "topology"
    if is_debt_file(table):
        return "debts"
    return "prices" if "currency" in table and "prices" not in table else "company"


def _left_open(fault: Fault, kind: Kind) -> bool:
    """Tell if a company or a price book may leave this to the scenario."""
    if kind == "prices":
        return not fault.key.startswith("prices.")
    is_missing = fault.got in ("nothing", "neither")
    return is_missing and ("." not in fault.key or fault.key in _OF_A_SCENARIO)


def placed(reading: Reading, faults: list[Fault]) -> list[Fault]:
    """Add to each fault the file that it was written in, where that is another one."""
    return [_placed(fault, reading.origin(key_of(fault.key))) for fault in faults]


def _placed(fault: Fault, origin: Path | None) -> Fault:
    """Place a fault in another file, whose texts are never quoted."""
    got = fault.got if origin is None else re.sub(r"\bthe text '.*'", "a text", fault.got)
    return replace(fault, file=origin, got=got)
