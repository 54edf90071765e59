"""Studies from the command line: until a figure is sure, resumed, and in places that will not do."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

SCENARIO = Path(__file__).parents[2] / "scenarios" / "conservative.toml"


def compare(out: Path, *options: str, small_files: bool = False) -> subprocess.CompletedProcess[str]:
    """The command, short; ``small_files`` stands for a disk that fills up."""
    command = [sys.executable, "-m", "simulator", "compare", str(SCENARIO), "--requests", "64"]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    return subprocess.run(
        [*command, "--out", str(out), *options],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit if small_files else None,
    )


def runs_of(out: Path) -> int:
    return json.loads((out / "manifest.json").read_text())["runs"]


def test_until_se_stops_at_64_times_a_power_of_two(tmp_path: Path) -> None:
    done = compare(tmp_path / "out", "--until-se", "hires=0.3")
    assert done.returncode == 0, done.stderr
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert runs_of(tmp_path / "out") == 128
    assert summary["scenarios"][0]["hires"]["se"] <= 0.3


def test_until_se_says_when_the_most_runs_were_not_enough(tmp_path: Path) -> None:
    done = compare(tmp_path / "out", "--until-se", "hires=1e-9", "--runs", "2")
    assert done.returncode == 0
    assert "still above 1e-09 after 2 runs" in done.stderr


@pytest.mark.parametrize("figure", ["bogus=1", "hires=-1", "hires"])
def test_until_se_refuses_what_it_cannot_watch(tmp_path: Path, figure: str) -> None:
    done = compare(tmp_path / "out", "--until-se", figure)
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_one_message(tmp_path: Path) -> None:
    done = compare(tmp_path / "out", "--runs", "16", small_files=True)
    assert done.returncode == 2, done.stderr
    assert "must be a place" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_with_other_things_is_never_taken_over(tmp_path: Path) -> None:
    place = tmp_path / "out.unfinished"
    place.mkdir()
    (place / "thesis.txt").write_text("years of work")
    done = compare(tmp_path / "out", "--runs", "1")
    assert done.returncode == 2
    assert "got 'thesis.txt' in it" in done.stderr
    assert (place / "thesis.txt").read_text() == "years of work"


def test_an_unfinished_study_without_any_group_is_no_obstacle(tmp_path: Path) -> None:
    place = tmp_path / "out.unfinished"
    place.mkdir()
    (place / "study.json").write_text("{}")
    assert compare(tmp_path / "out", "--runs", "1").returncode == 0
    assert not place.exists()
