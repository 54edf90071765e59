"""A results folder that something has changed: the message names the file, and the key where there is one."""

import json
import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner, Result

from simulator.cli import main
from simulator.report.folder.manifest import column_hash
from simulator.report.folder.shape import met, misfits, shape_of, summary_shape

ROOT = Path(__file__).parents[2]
FRAMES = ("weeks", "runs", "actions", "ledger")


@pytest.fixture(scope="module")
def whole(two_months: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results as they were written."""
    folder = tmp_path_factory.mktemp("results") / "whole"
    done = CliRunner().invoke(
        main,
        ["run", str(two_months), "--runs", "3", "--requests", "64", "--workers", "1", "--out", str(folder)],
    )
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """The same, to be damaged."""
    shutil.copytree(whole, tmp_path / "damaged")
    return tmp_path / "damaged"


def asked(folder: Path) -> list[Result]:
    """What every command says that reads the folder."""
    commands = (
        ["report", str(folder)],
        ["report", str(folder), "--figure", "users"],
        ["explain", str(folder), "--scenario", "Two months", "--week", "1"],
        ["check", str(folder), "--require", "hires.mean < 1000"],
    )
    return [CliRunner().invoke(main, command) for command in commands]


def told(folder: Path) -> str:
    """All of their messages, after a look at how they ended."""
    results = asked(folder)
    for one in results:
        assert one.exit_code in (0, 2), one.output
        assert one.exception is None or isinstance(one.exception, SystemExit)
    assert any(one.exit_code == 2 for one in results)
    return "".join(one.stderr for one in results)


def test_what_is_whole_is_read(folder: Path) -> None:
    assert [one.exit_code for one in asked(folder)] == [0, 0, 0, 0]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("how", ["cut", "flipped", "empty", "swapped", "missing", "other rows", "zeroes"])
def test_a_damaged_table_is_named(folder: Path, frame: str, how: str) -> None:
    file = folder / f"{frame}.parquet"
    if (how, frame) == ("other rows", "actions"):
        pytest.skip("the plan has none, in any order")
    content = bytearray(file.read_bytes())
    if how == "cut":
        del content[-len(content) // 3 :]
    elif how == "flipped":
        third = len(content) // 3  # of the values, not of what is written about them alone
        content[third : third + 64] = bytes(byte ^ 255 for byte in content[third : third + 64])
    elif how == "empty":
        content.clear()
    elif how == "zeroes":
        content[4:64] = bytes(60)
    elif how == "swapped":
        content = bytearray((folder / "latencies.parquet").read_bytes())
    if how == "other rows":
        pl.read_parquet(file)[::-1].write_parquet(file)
    elif how == "missing":
        file.unlink()
    else:
        file.write_bytes(content)
    assert f"{frame}.parquet: must " in told(folder)


@pytest.mark.parametrize("name", ["manifest.json", "summary.json"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b"[]",
        b"null",
        b"{}",
        b"\xff\xfe",
        b'{"a": NaN}',
        b'{"a":' * 500 + b"1" + b"}" * 500,
    ],
)
def test_a_file_that_is_no_json_is_named(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    assert name in told(folder)


def every_key(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [
            found for key, inner in value.items() for found in [(*path, key), *every_key(inner, (*path, key))]
        ]
    if isinstance(value, list):
        return [found for index, inner in enumerate(value) for found in every_key(inner, (*path, index))]
    return []


@pytest.mark.parametrize("how", ["left out", "another type", "null"])
@pytest.mark.parametrize("name", ["manifest.json", "summary.json"])
def test_a_damaged_key_is_named(folder: Path, name: str, how: str) -> None:
    """Every 120th of all, each time another; the summary's hash, which would tell any change, is left out."""
    written = {of: json.loads((folder / of).read_text()) for of in ("manifest.json", "summary.json")}
    del written["manifest.json"]["summary_sha256"]
    (folder / "manifest.json").write_text(json.dumps(written["manifest.json"]))
    offset = ["left out", "another type", "null"].index(how)
    for path in every_key(written[name])[40 * offset :: 120]:
        damaged = json.loads(json.dumps(written[name]))
        *way, last = path
        place = damaged
        for step in way:
            place = place[step]
        place.pop(last) if how == "left out" else place.update({last: {"null": None}.get(how, {"x": "y"})})
        (folder / name).write_text(json.dumps(damaged))
        for one in asked(folder):
            assert one.exit_code in (0, 2), (path, one.output)
            assert one.exception is None or isinstance(one.exception, SystemExit), path
            assert one.exit_code == 0 or str(folder) in one.stderr or "must be" in one.stderr


def test_a_missing_key_is_named_with_its_path(folder: Path) -> None:
    summary = json.loads((folder / "summary.json").read_text())
    del summary["scenarios"][0]["cash"], summary["scenarios"][0]["hires"]["planned"]
    (folder / "summary.json").write_text(json.dumps(summary))
    said = told(folder)
    assert "summary.json: scenarios[0].cash: must be a table, got nothing" in said
    assert "scenarios[0].hires.planned: must be a number or null, got nothing" in said
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["scenarios"][0]["resolved"]["team"]["developers"] = 10**30
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert "manifest.json: scenarios[0].resolved.team.developers: must be at most 2000" in told(folder)


def test_any_other_digit_of_the_summary_is_seen(folder: Path) -> None:
    summary = json.loads((folder / "summary.json").read_text())
    summary["scenarios"][0]["hires"]["mean"] += 1
    (folder / "summary.json").write_text(json.dumps(summary))
    assert "summary.json: must be the summary that manifest.json describes, got another" in told(folder)


def test_a_small_file_of_many_rows_is_not_read(folder: Path) -> None:
    """It would take gigabytes; the manifest even has its hash."""
    bomb = pl.DataFrame({"run": [0]}).lazy().select(pl.col("run").repeat_by(3_000_000).explode()).collect()
    bomb.write_parquet(folder / "runs.parquet")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["column_sha256"]["runs"] = column_hash(bomb)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert "runs.parquet: must have at most 3 rows, got 3,000,000" in told(folder)


def test_the_shipped_summary_is_of_the_shape_and_the_shape_of_no_more_than_summaries(whole: Path) -> None:
    """After a change of what all summaries hold: ``met`` of the shapes of several of them."""
    summaries = [
        json.loads((place / "summary.json").read_text())
        for place in (ROOT / "results/three-scenarios", whole)
    ]
    for summary in summaries:
        assert list(misfits(summary, summary_shape(), may_be_null=True)) == []
    assert met([summary_shape(), *map(shape_of, summaries)]).keys() == summary_shape().keys()
