"""The only way into a results folder: every file of it is held against what it must be before it is used.

A disk, a hand or another program may have changed any of them; a fault names the file and the key.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PanicException, PolarsError
from pydantic import ValidationError

from simulator.report.folder.manifest import column_hash, version_of
from simulator.report.folder.shape import misfits, summary_shape
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.faults import ScenarioError
from simulator.scenario.reading.files import text_of
from simulator.scenario.reading.read import deeper_than
from simulator.scenario.reading.wording import faults_of
from simulator.scenario.root import Scenario
from simulator.texts import printable
from simulator.units import weeks_of

MANIFEST, SUMMARY = "manifest.json", "summary.json"
LARGEST_JSON = 256 << 20
DEEPEST, MOST_TOLD = 32, 5
MOST_RUNS, MOST_LINES = 1_000_000, 1_000
"""Largest number of runs of a study, and of lines of the ledger in a week."""
_MANIFEST = {
    "command": "text",
    "seed": "number",
    "runs": "number",
    "requests": "number?",
    "engine": "text",
    "versions": {},
    "column_sha256": {},
    "scenarios": [{"name": "text", "sha256": "text", "resolved": {}}],
}


class StoredError(Exception):
    """A file of a results folder that is not what it must be; the text says which, what and where."""


def json_of(file: Path) -> dict[str, Any]:
    """Give a table of JSON with finite numbers.

    Raises:
        StoredError: where the file is none.
    """
    try:
        found = json.loads(
            text_of(file, required="must be JSON", most_bytes=LARGEST_JSON), parse_constant=_no
        )
    except ScenarioError as error:
        raise StoredError(str(error)) from None
    except (ValueError, RecursionError):
        raise StoredError(f"{file}: must be JSON, got another text") from None
    if not isinstance(found, dict) or deeper_than(DEEPEST, found):
        raise StoredError(f"{file}: must be a table of JSON, got something else")
    return found


def manifest_of(file: Path) -> dict[str, Any]:
    """Give the manifest of a results folder, of any version.

    Raises:
        StoredError: where it is none, or lacks what results are read by.
    """
    if not file.exists():
        raise StoredError(f"{file}: must be the manifest of a results folder, got nothing there")
    found = json_of(file)
    if version_of(found) is None:
        raise StoredError(f"{file}: must be the manifest of a results folder, got another JSON file")
    _fits(file, found, _MANIFEST)
    if not (isinstance(found["runs"], int) and 1 <= found["runs"] <= MOST_RUNS):
        raise StoredError(f"{file}: runs: must be from 1 to {MOST_RUNS:,}, got {found['runs']}")
    if not (isinstance(found["seed"], int) and 0 <= found["seed"] < 1 << 63):
        raise StoredError(f"{file}: seed: must be a whole number from 0, got {found['seed']}")
    return found


def summary_of(folder: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    """Give the summary of ``run`` or ``compare`` beside its manifest.

    Raises:
        StoredError: where it is none, or not the one that was written with the manifest.
    """
    file = folder / SUMMARY
    found = json_of(file)
    _fits(file, found, {"scenarios": [{}]})
    _fits(file, found, summary_shape(), may_be_null=True)
    names = [scenario["name"] for scenario in found["scenarios"]]
    if not names or names != [scenario["name"] for scenario in manifest["scenarios"]]:
        raise StoredError(f"{file}: scenarios: must be those of {MANIFEST}, got {len(names)} others")
    written = manifest.get("summary_sha256")
    if written is not None and written != file_hash(file.read_bytes()):
        raise StoredError(f"{file}: must be the summary that {MANIFEST} describes, got another")
    return found


def scenarios_in(file: Path, manifest: dict[str, Any]) -> list[Scenario[Quantity]]:
    """Give the scenarios that a manifest holds, every default written out.

    Raises:
        StoredError: where one is none.
    """
    found = []
    for index, entry in enumerate(manifest["scenarios"]):
        try:
            found.append(Scenario[Quantity].model_validate(entry["resolved"]))
        except ValidationError as error:
            fault = faults_of(error)[0]
            raise StoredError(f"{file}: scenarios[{index}].resolved.{fault}") from None
    return found


def frame_of(folder: Path, manifest: dict[str, Any], name: str) -> pl.LazyFrame:
    """Give a table of a results folder, the one that its manifest holds the hash of.

    How many rows it has is looked at first, as a small file may say that it has any number of them.

    Raises:
        StoredError: where it is missing, damaged or another one.
    """
    file = folder / f"{name}.parquet"
    if not file.is_file():
        again = f"make it again by `{manifest['command']}`"
        raise StoredError(f"{file}: must be kept beside {MANIFEST}, got none; {again}")
    most = _most_rows(manifest, name)
    try:
        frame = pl.scan_parquet(file)
        rows = frame.select(pl.len()).collect().item()
        if rows > most:
            raise StoredError(f"{file}: must have at most {most:,} rows, got {rows:,}")
        if column_hash(frame) == manifest["column_sha256"].get(name):
            return frame
    except (OSError, PolarsError, PanicException, ValueError) as error:
        why = printable(str(error).splitlines()[0]) if str(error) else "a damaged one"
        raise StoredError(f"{file}: must be a table, got {why}") from None
    raise StoredError(f"{file}: must be the table that {MANIFEST} describes, got another")


def file_hash(content: bytes) -> str:
    """Give the SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _most_rows(manifest: dict[str, Any], name: str) -> int:
    scenarios = manifest["scenarios"]
    cells = manifest.get("cells")
    several = len(cells) if isinstance(cells, list) else 1
    runs: int = manifest["runs"] * max(len(scenarios), 1) * max(several, 1)
    if name == "runs":
        return runs
    return runs * weeks_of(120) * (1 if name == "weeks" else MOST_LINES)


def _fits(file: Path, found: Any, shape: Any, *, may_be_null: bool = False) -> None:
    every = misfits(found, shape, may_be_null=may_be_null)
    wrong = [f"{path}: {required}, got {got}" for path, required, got in _first(every)]
    if wrong:
        raise StoredError(f"{file}: {'; '.join(wrong)}")


def _first(found: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return [one for one, _ in zip(found, range(MOST_TOLD), strict=False)]


def _no(constant: str) -> float:
    raise ValueError(constant)
