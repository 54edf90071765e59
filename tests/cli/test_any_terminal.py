"""Whatever the terminal and whatever the machine lacks: a message and an exit code, never a traceback."""

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.report.folder.plain import to_json

FEW = ["--runs", "2", "--requests", "64", "--workers", "1"]


def started(*words: str, **how: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "simulator", *words]
    return subprocess.run(command, capture_output=True, check=False, **how)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "utf-8"])
def test_tables_can_be_shown_in_any_encoding(two_months: Path, tmp_path: Path, encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = started("compare", str(two_months), *FEW, "--out", str(tmp_path / "out"), env=environment)
    assert done.returncode == 0, done.stderr
    assert "Two months" in done.stdout.decode(encoding)
    for command in (
        ["validate", str(two_months)],
        ["init", str(tmp_path / "init")],
        ["run", "no-such-file-é.toml"],
    ):
        done = started(*command, env=environment)
        assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="descriptors")
def test_a_closed_output_is_said(two_months: Path) -> None:
    command = f"{sys.executable} -m simulator validate {two_months} >&-"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False)
    assert done.returncode == 2
    assert b"the output must be a place that can be written to, got a closed one" in done.stderr
    silent = subprocess.run(["/bin/sh", "-c", command + " 2>&-"], capture_output=True, check=False)
    assert silent.returncode == 2


@pytest.mark.skipif(os.name != "posix", reason="limits")
@pytest.mark.parametrize("handles", [6, 8, 12])
def test_few_file_handles_are_said(two_months: Path, tmp_path: Path, handles: int) -> None:
    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (handles, handles))

    done = started("run", str(two_months), *FEW, "--out", str(tmp_path / "out"), preexec_fn=few)
    assert done.returncode in (0, 1, 2)  # so few that the interpreter itself may not start
    if b"growthsim" in done.stderr or done.returncode == 2:
        assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="a folder in use stays elsewhere")
def test_a_working_folder_that_is_gone_is_said(two_months: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f"rmdir {gone} && {sys.executable} -m simulator run {two_months} --runs 1 --requests 64"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=gone, capture_output=True, check=False, env=environment
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OverflowError("int too large"),
        ZeroDivisionError("division by zero"),
        OSError(24, "Too many open files"),
    ],
)
def test_what_cannot_be_done_is_said(
    error: Exception, two_months: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr("simulator.cli.validate.check_file", fail)
    monkeypatch.setattr("simulator.cli.ended.write_no_more", lambda: None)
    done = CliRunner().invoke(main, ["validate", str(two_months)])
    assert done.exit_code == 2
    assert "Error: " in done.stderr
    assert " must " in done.stderr


@pytest.mark.parametrize(
    "words", [["run", "a\x1b[31mb.toml"], ["validate", "\u202eb.toml"], ["run", "--\x9bno"], ["\x1b[2J"]]
)
def test_what_was_typed_is_shown_and_not_obeyed(words: list[str]) -> None:
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert not {"\x1b", "\x9b", "\u202e"} & set(done.output)


def test_json_escapes_what_a_terminal_obeys() -> None:
    assert to_json({"a": "\x9b\u202eé\u00a0"}) == '{\n  "a": "\\u009b\\u202eé\u00a0"\n}\n'
