"""Studies that are killed without warning, once or again and again, and resumed: the bytes are the same."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

RUNS = 128
COMMAND = ("--runs", str(RUNS), "--requests", "64", "--block", "64", "--workers", "2", "--yes")


def hashes(folder: Path) -> dict[str, Any]:
    """Of every table of a result."""
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text())["column_sha256"]
    return found


def started(scenario: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    """A study that is under way."""
    command = [sys.executable, "-m", "simulator", "run", str(scenario), *COMMAND, "--out", str(out), *more]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def killed_and_resumed(scenario: Path, out: Path, after_s: float) -> dict[str, Any]:
    """Kill a study after some time, be it before it has begun or after it is done, and resume it."""
    study = started(scenario, out)
    try:
        study.wait(after_s)
    except subprocess.TimeoutExpired:
        study.kill()
        study.wait()
        again = started(scenario, out, "--resume")
        assert again.wait(300) == 0
    return hashes(out)
