"""The manifest tells everything that is needed to compute a result again, and hashes to compare with."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from simulator.draws.streams import Sampling
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.resolve import resolved, scenario_hash
from simulator.scenario.root import Scenario
from simulator.study.provenance import commit, cpu_features, versions

KIND, VERSION = "growthsim results", 2
"""Kind of the folder and version of its contents; version 2 has the ledger and all that is shown."""
FORMAT = f"{KIND} {VERSION}"


def manifest(  # noqa: PLR0913 a study is its inputs and how it is computed
    scenarios: Sequence[Scenario[Quantity]],
    *,
    command: str,
    runs: int,
    served: int,
    requests: int | None,
    seed: int,
    engine: str,
    frames: dict[str, pl.DataFrame | pl.LazyFrame],
    sampling: Sampling = "random",
) -> dict[str, Any]:
    """Describe a result: inputs, versions, processor features, and a hash of each frame's columns."""
    return {
        "format": FORMAT,
        "command": command,
        "seed": seed,
        "runs": runs,
        "served": served,
        "requests": requests,
        "engine": engine,
        "sampling": sampling,
        "versions": versions(),
        "cpu_features": cpu_features(),
        "commit": commit(),
        "column_sha256": {name: column_hash(frame) for name, frame in frames.items()},
        "scenarios": [
            {"name": s.scenario.name, "sha256": scenario_hash(s), "resolved": resolved(s)} for s in scenarios
        ],
    }


def version_of(described: Any) -> int | None:
    """The version of a results folder by its manifest as JSON holds it; None of what describes no results.

    >>> version_of({"format": "growthsim results 1"}), version_of({"format": "else 1"}), version_of([])
    (1, None, None)
    """
    written = described.get("format") if isinstance(described, dict) else None
    kind, _, version = written.rpartition(" ") if isinstance(written, str) else ("", "", "")
    return int(version) if kind == KIND and version.isdecimal() else None


def other_version(described: dict[str, Any]) -> str | None:
    """Warn of results in another version than this growthsim writes; None for those of its own."""
    version = version_of(described)
    if version == VERSION:
        return None
    again = f"; compute it again by\n  {described['command']}" if "command" in described else ""
    return f"must be a results folder of version {VERSION}, got one of version {version}{again}"


def column_hash(frame: pl.DataFrame | pl.LazyFrame) -> str:
    """SHA-256 of a frame's columns: names, types, row count, and values as little-endian bytes or JSON text.

    A lazy frame is read a column at a time.

    >>> frame = pl.DataFrame({"week": [0, 1], "users": [1.5, 2.0]})
    >>> column_hash(frame) == column_hash(frame.lazy()), column_hash(frame) == column_hash(frame[::-1])
    (True, False)
    """
    digest = hashlib.sha256()
    for name in frame.lazy().collect_schema().names():
        column = frame.lazy().select(name).collect()[name]
        digest.update(json.dumps([column.name, str(column.dtype), len(column), column.null_count()]).encode())
        if column.dtype.is_numeric() and not column.null_count():
            values = column.to_numpy()
            digest.update(np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<")).tobytes())
        else:
            digest.update(json.dumps(column.to_list(), ensure_ascii=False).encode())
    return digest.hexdigest()
