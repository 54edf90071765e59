"""The results folder: whole or not at all, the same bytes, and harmless names."""

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest

from simulator.report.folder import results
from simulator.report.folder.manifest import VERSION, column_hash, manifest, version_of
from simulator.report.folder.plain import plain
from simulator.report.folder.results import ResultsError, _sink, check_place, is_results, write_results
from simulator.report.summary.study import summarise
from simulator.report.writers.texts import comparison_csv, markdown
from simulator.risk.loss import run_totals
from tests.synthetic import grown, latencies, ledger, loads, placed, scenario

EVIL = "=cmd() <script>|`*_"
FILES = {
    *("README.md", "actions.parquet", "comparison.csv", "latencies.parquet", "manifest.json"),
    *("ledger.csv", "ledger.parquet", "report.html", "runs.parquet", "summary.json", "tables.xlsx"),
}


def made(name=EVIL):
    known = scenario(scenario__name=name)
    weeks, pooled = grown(name, 0), latencies(name, 52)
    totals = run_totals(weeks, [known])
    done = placed(known, 8)
    frames = {"weeks": weeks, "runs": totals, "latencies": pooled, "actions": done, "ledger": ledger(name)}
    summary = summarise(
        [known],
        weeks=weeks,
        latencies=pooled,
        actions=done,
        shards=loads(name),
        totals=totals,
    )
    origin = manifest(
        [known],
        command="growthsim run x.toml",
        runs=8,
        served=8,
        requests=None,
        seed=1,
        engine="events",
        frames=frames,
    )
    return {"manifest": origin, "summary": plain(summary), "frames": frames}


def bytes_of(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_the_same_study_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write_results(tmp_path / name, **made())
    one, two = bytes_of(tmp_path / "one"), bytes_of(tmp_path / "two")
    assert one == two
    assert one.keys() == FILES | {"weeks.parquet"}
    assert not any(str(tmp_path).encode() in content for content in one.values())


def test_the_manifest_says_where_the_result_is_from(tmp_path):
    write_results(tmp_path / "out", **made())
    found = json.loads((tmp_path / "out" / "manifest.json").read_text())
    weeks = pl.read_parquet(tmp_path / "out" / "weeks.parquet")
    assert found["column_sha256"]["weeks"] == column_hash(weeks)
    assert found["scenarios"][0]["resolved"]["scenario"]["name"] == EVIL
    assert found["versions"].keys() >= {"growthsim", "python", "numpy", "polars", "simpy"}
    assert found["cpu_features"]


def test_an_exception_in_the_middle_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "readme", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_results(tmp_path / "out", **made())
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_leaves_the_older_result_as_it_was(tmp_path, monkeypatch):
    write_results(tmp_path / "out", **made())
    before = bytes_of(tmp_path / "out")

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(results, "readme", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_results(tmp_path / "out", **made("Other"))
    assert bytes_of(tmp_path / "out") == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_an_older_result_is_replaced_whole(tmp_path):
    write_results(tmp_path / "out", **made())
    (tmp_path / "out" / "left_over.txt").write_text("from before")
    write_results(tmp_path / "out", **made("Other"))
    assert bytes_of(tmp_path / "out").keys() == FILES | {"weeks.parquet"}
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_a_result_of_an_earlier_version_is_replaced_too(tmp_path):
    write_results(tmp_path / "out", **made())
    file = tmp_path / "out" / "manifest.json"
    assert version_of(json.loads(file.read_text())) == VERSION
    file.write_text('{"format": "growthsim results 1"}')
    write_results(tmp_path / "out", **made("Other"))
    assert version_of(json.loads(file.read_text())) == VERSION


def test_what_is_no_results_folder_is_not_replaced(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "manifest.json").write_text('{"format": "something else"}')
    (tmp_path / "file").write_text("x")
    for name in ("mine", "file"):
        with pytest.raises(ResultsError, match="must be a results folder, an empty one or none"):
            write_results(tmp_path / name, **made())
    assert not is_results(tmp_path / "mine")
    assert all(version_of({"format": text}) is None for text in ("growthsim results", "growthsim results x"))
    (tmp_path / "empty").mkdir()
    check_place(tmp_path / "empty")
    write_results(tmp_path / "empty", **made())
    assert is_results(tmp_path / "empty")


def test_a_place_that_cannot_be_written_is_one_message(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ResultsError, match="must be a place that can be written to"):
        write_results(tmp_path / "file" / "out", **made())


def test_names_are_harmless_in_csv_and_markdown():
    summary = made()["summary"]
    rows = list(csv.reader(io.StringIO(comparison_csv(summary))))
    assert {row[0] for row in rows[1:]} == {f"'{EVIL}"}
    assert len(rows) > 100
    table = markdown(summary)
    assert "<script>" not in table
    assert {line.replace("\\|", "").count("|") for line in table.splitlines()} == {3}


def test_the_hash_is_of_names_types_and_values():
    frame = pl.DataFrame({"run": [1, 2], "name": ["a", None], "past": [True, False]})
    hashes = {
        column_hash(other)
        for other in (
            frame,
            frame.rename({"run": "week"}),
            frame.cast({"run": pl.Int32}),
            frame.with_columns(pl.col("run") + 1),
            frame.with_columns(pl.lit("a").alias("name")),
        )
    }
    assert len(hashes) == 5
    assert column_hash(pl.concat([frame[:1], frame[1:]])) == column_hash(frame)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is full is wanted")
def test_a_full_disk_is_called_one() -> None:
    with pytest.raises(OSError, match="No space left on device"):
        _sink(pl.DataFrame({"week": range(100_000)}), Path("/dev/full"))
