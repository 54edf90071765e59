"""Where a result comes from: everything that is needed to compute it again, and hashes to compare with."""

import hashlib
import json
import platform
import subprocess
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

import simulator
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.resolve import resolved, scenario_hash
from simulator.scenario.root import Scenario

KIND, VERSION = "growthsim results", 2
"""What a results folder is, and the version of what it holds; 2 has the ledger and all that is shown."""
FORMAT = f"{KIND} {VERSION}"
LIBRARIES = ("numpy", "polars", "pydantic", "SALib", "scipy", "simpy")


def manifest(
    scenarios: Sequence[Scenario[Quantity]],
    *,
    command: str,
    runs: int,
    served: int,
    requests: int | None,
    seed: int,
    engine: str,
    frames: dict[str, pl.DataFrame | pl.LazyFrame],
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
    """What to say of results in another version than this growthsim writes; None of those in its own."""
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


def versions() -> dict[str, str | None]:
    """Versions of Python and of what computes: bytes are the same where these are."""
    return {
        "growthsim": simulator.__version__,
        "python": platform.python_version(),
        **{library: _version(library) for library in LIBRARIES},
    }


def cpu_features() -> list[str]:
    """Processor features that numpy uses: log and exp may differ in the last bit between them."""
    simd = np.show_config(mode="dicts")["SIMD Extensions"]
    return [platform.machine(), *simd.get("baseline", []), *simd.get("found", [])]


def commit() -> str | None:
    """Commit of the simulator's sources, '+' after it if they differ; None outside of a repository."""
    package = Path(simulator.__file__).parent
    head = _git(package, "rev-parse", "HEAD") if _git(package, "ls-files", "__init__.py") else None
    if not head:
        return None
    return head + ("+" if _git(package, "status", "--porcelain", "--", ".") else "")


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments, no shell
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - whichever git the user has
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None
