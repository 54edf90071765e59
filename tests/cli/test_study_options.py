"""Studies from the command line: until a figure is sure, resumed, and in places that will not do."""

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import main

Compare = Callable[..., Result]


@pytest.fixture
def compare(two_months: Path, tmp_path: Path) -> Compare:
    """The command, short, into ``out``."""
    how = ["compare", str(two_months), "--requests", "64", "--workers", "1", "--out", str(tmp_path / "out")]
    return lambda *options: CliRunner().invoke(main, [*how, *options])


def runs_of(out: Path) -> int:
    return json.loads((out / "manifest.json").read_text())["runs"]


def test_until_se_stops_at_64_times_a_power_of_two(compare: Compare, tmp_path: Path) -> None:
    done = compare("--until-se", "hires=0.1")
    assert done.exit_code == 0, done.stderr
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert runs_of(tmp_path / "out") == 128
    assert summary["scenarios"][0]["hires"]["se"] <= 0.1


def test_until_se_says_when_the_most_runs_were_not_enough(compare: Compare) -> None:
    done = compare("--until-se", "cost_total_eur=1e-9", "--runs", "2")
    assert done.exit_code == 0
    assert "still above 1e-09 after 2 runs" in done.stderr


@pytest.mark.parametrize("figure", ["bogus=1", "hires=-1", "hires"])
def test_until_se_refuses_what_it_cannot_watch(compare: Compare, tmp_path: Path, figure: str) -> None:
    done = compare("--until-se", figure)
    assert done.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_one_message(two_months: Path, tmp_path: Path) -> None:
    """A process of its own, whose files may not grow beyond a few blocks."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "simulator", "compare", str(two_months), "--out", str(tmp_path / "out")),
            *("--runs", "64", "--requests", "64", "--workers", "1"),
        ],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert done.returncode == 2, done.stderr
    assert "must be a place" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_with_other_things_is_never_taken_over(compare: Compare, tmp_path: Path) -> None:
    place = tmp_path / "out.unfinished"
    place.mkdir()
    (place / "thesis.txt").write_text("years of work")
    done = compare("--runs", "1")
    assert done.exit_code == 2
    assert "got 'thesis.txt' in it" in done.stderr
    assert (place / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize("resume", [(), ("--resume",)], ids=["anew", "resumed"])
def test_an_unfinished_study_without_any_group_is_no_obstacle(
    compare: Compare, tmp_path: Path, resume: tuple[str, ...]
) -> None:
    place = tmp_path / "out.unfinished"
    place.mkdir()
    (place / "study.json").write_text("{}")
    (place / "000-0000000-0000001.weeks.parquet.4569.partial").write_bytes(b"PAR1")  # killed as it wrote
    done = compare("--runs", "1", *resume)
    assert done.exit_code == 0, done.output
    assert not place.exists()


@pytest.mark.parametrize(
    "names",
    [
        ("000-0000000-0000001.weeks.parquet.4569.partial",),  # nothing says that it is of a study
        ("study.json", "download.partial"),
        ("study.json", "notes.txt"),
    ],
)
def test_what_is_not_of_a_study_is_an_obstacle_and_stays(
    compare: Compare, tmp_path: Path, names: tuple[str, ...]
) -> None:
    place = tmp_path / "out.unfinished"
    place.mkdir()
    for name in names:
        (place / name).write_text("mine")
    done = compare("--runs", "1")
    assert done.exit_code == 2
    assert f"got '{names[-1]}' in it" in done.output
    assert all((place / name).read_text() == "mine" for name in names)
