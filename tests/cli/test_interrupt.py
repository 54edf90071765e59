"""Ctrl-C in the middle of a study: prompt, without a traceback, and nothing half-written."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCENARIOS = Path(__file__).parents[2] / "scenarios"
COMMAND = [sys.executable, "-m", "simulator", "compare", str(SCENARIOS), "--runs", "64", "--requests", "8192"]


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is a signal to the process group")
@pytest.mark.parametrize("begun", [False, True], ids=["while it loads", "while it computes"])
def test_an_interrupted_study_ends_promptly_and_leaves_nothing(tmp_path: Path, begun: bool) -> None:
    environment = {**os.environ, "PYTHONPATH": str(SCENARIOS.parent)}
    study = subprocess.Popen(
        COMMAND, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while begun and not list(tmp_path.rglob("*.unfinished")):
        assert study.poll() is None
        time.sleep(0.02)
    time.sleep(1.0)
    os.killpg(study.pid, signal.SIGINT)
    _, said = study.communicate(timeout=30)
    assert study.returncode in (130, -signal.SIGINT)
    assert "Traceback" not in said
    assert list(tmp_path.rglob("*.*")) == []
    assert gone(study.pid)


def gone(group: int, within_s: float = 5.0) -> bool:
    """Whether no process of a group is left, workers included."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False
