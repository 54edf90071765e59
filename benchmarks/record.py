"""What a measurement is kept with: its circumstances, as JSON for programs and as a table for people."""

import gc
import json
import os
import platform
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from simulator.report.folder.manifest import cpu_features, versions

RESULTS = Path(__file__).resolve().parents[1] / "results" / "benchmarks"
PEERS = ("ciw", "salabim")


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one call: on a machine that is shared, the clock would count others' work as well."""
    gc.collect()
    began = process_time()
    work()
    return process_time() - began


def best_seconds(work: Callable[[], object], repetitions: int) -> float:
    """Shortest of some calls: what others do on the machine can only add to it."""
    return min(seconds(work) for _ in range(repetitions))


def settle_memory() -> None:
    """Bring the allocator where it is in a study that has been running for a while.

    glibc keeps for itself what is freed up to twice the largest array below 32 MB that was ever freed.
    Until there has been one, it gets and gives back every larger array anew, page by page.
    """
    np.empty(30_000_000, dtype=np.int8)


def circumstances() -> dict[str, Any]:
    """Versions, processor and the features of it that numpy uses."""
    return {
        "versions": versions() | {peer: _version(peer) for peer in PEERS},
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "cpu_features": cpu_features(),
    }


def store(folder: Path, name: str, measured: dict[str, Any], text: str) -> None:
    """Write ``name``.json and ``name``.md, with the circumstances."""
    now = circumstances()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(measured | {"circumstances": now}, indent=2) + "\n")
    known = ", ".join(f"{package} {number}" for package, number in now["versions"].items() if number)
    machine = f"{now['processor']}, {now['cores']} cores, {now['system']}; {known}."
    (folder / f"{name}.md").write_text(f"{text.rstrip()}\n\n{machine}\n")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Lay out a Markdown table: the first column to the left, numbers to the right."""
    cells = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(_line(row, widths) for row in [cells[0], rule, *cells[1:]]) + "\n"


def digits(value: float) -> str:
    """Three digits of a number: more would not come out the same again.

    >>> digits(0.012345), digits(17.25), digits(48312.0)
    ('0.0123', '17.2', '48,300')
    """
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if rounded >= 100 else f"{rounded:g}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    numbers = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
    return "| " + " | ".join([row[0].ljust(widths[0]), *numbers]) + " |"


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
