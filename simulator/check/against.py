"""An earlier result is compared with the present one, run by run under the same draws.

Run i of both has the same luck, so the differences of a figure over the runs say more than both means do
(common random numbers: Glasserman and Yao, 1992).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from simulator.check.grammar import CheckError
from simulator.report.folder.plain import plain
from simulator.report.folder.stored import MANIFEST, StoredError, frame_of, manifest_of
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.resolve import resolved
from simulator.scenario.root import Scenario
from simulator.study.provenance import cpu_features, versions

RUNS_TABLE = "runs"
RUNS = f"{RUNS_TABLE}.parquet"


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A results folder as it was written."""

    folder: Path
    manifest: dict[str, Any]
    totals: pl.DataFrame
    """One row for each scenario and run."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A key of a scenario that is not what it was; ``None`` where it was or is not there."""

    key: str
    earlier: Any
    now: Any


def load_earlier(place: Path) -> Earlier:
    """Read the results folder of a manifest, named itself or by its folder.

    Raises:
        CheckError: where it is none, or does not hold the runs that its manifest describes.
    """
    folder = place if place.is_dir() else place.parent
    file = folder / MANIFEST if place.is_dir() else place
    try:
        manifest = manifest_of(file)
        return Earlier(
            folder=folder, manifest=manifest, totals=frame_of(folder, manifest, RUNS_TABLE).collect()
        )
    except StoredError as error:
        raise CheckError(str(error)) from None


def paired(scenarios: Sequence[Scenario[Quantity]], earlier: Earlier) -> list[dict[str, Any]]:
    """Give the manifest's entry of each scenario, found by its name or as the only one.

    Raises:
        CheckError: where the earlier result has none for a scenario.
    """
    there = {entry["name"]: entry for entry in earlier.manifest["scenarios"]}
    if len(there) == len(scenarios) == 1:
        return list(there.values())
    for scenario in scenarios:
        if scenario.scenario.name not in there:
            names = ", ".join(map(repr, there))
            required = f"must be one of the scenarios of {earlier.folder}: {names}"
            raise CheckError(f"{scenario.scenario.name!r}: {required}")
    return [there[scenario.scenario.name] for scenario in scenarios]


def changes(scenario: Scenario[Quantity], entry: Mapping[str, Any]) -> list[Change]:
    """List the keys in which a scenario differs from what it was, in the digits that a manifest keeps."""
    before, now = dict(_leaves(entry["resolved"], "")), dict(_leaves(plain(resolved(scenario)), ""))
    return [
        Change(key=key, earlier=before.get(key), now=now.get(key))
        for key in dict.fromkeys([*before, *now])
        if key not in before or key not in now or before[key] != now[key]
    ]


def other_versions(earlier: Earlier) -> list[Change]:
    """List the versions that differ from those of the earlier result, which may change last bits."""
    before, here = earlier.manifest["versions"], versions()
    found = [
        Change(key=name, earlier=before.get(name), now=here.get(name))
        for name in dict.fromkeys([*before, *here])
        if before.get(name) != here.get(name)
    ]
    features = earlier.manifest.get("cpu_features")
    if features != cpu_features():
        found.append(Change(key="cpu_features", earlier=features, now=cpu_features()))
    return found


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and value:
        for index, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{index}]")
    else:
        yield path, value
