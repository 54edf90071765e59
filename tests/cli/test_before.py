"""What work takes is said before it begins: as JSON with --dry-run, and refused where it cannot be meant."""

import json
import time
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from simulator.cli import before, main
from simulator.cli.before import before_work, check_fits
from simulator.cli.options import WrongInput
from simulator.scenario.reading.load import load_scenario
from simulator.study import calibration as calibrating
from simulator.study.calibration import NOMINAL, Calibration, calibration
from simulator.study.estimate import Estimate, estimate

GIGABYTE = 1 << 30
HOURS = Estimate(
    requests=10**12, expected_s=1e5, low_s=5e4, high_s=2e5, memory_bytes=GIGABYTE, disk_bytes=GIGABYTE
)


def invoke(*words: Any) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.parametrize(
    "command",
    [
        ("run",),
        ("compare",),
        ("compare", "--cross"),
        ("sweep", "--over", "database.shards=1,2"),
        ("stress", "--rate", "10,20"),
        ("check", "--require", "hires.mean < 9"),
        ("run", "--until-se", "hires=0.5"),
    ],
    ids=" ".join,
)
def test_a_dry_run_says_what_it_would_take_and_does_nothing(
    command: tuple[str, ...], two_months: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = invoke(command[0], two_months, *command[1:], "--dry-run")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["requests"] > 0
    assert 0 < told["low_s"] < told["expected_s"] < told["high_s"]
    assert told["memory_bytes"] > 0
    assert told["at_most"]["requests"] >= told["requests"]
    assert list(tmp_path.iterdir()) == []


def test_the_larger_study_takes_more(two_months: Path) -> None:
    scenario = load_scenario(two_months)
    how: dict[str, Any] = {"engine": "lanes", "workers": 2, "block": None, "machine": NOMINAL}
    small = estimate([scenario], runs=64, requests=512, **how)
    for scenarios, runs, requests in (
        ([scenario] * 2, 64, 512),
        ([scenario], 128, 512),
        ([scenario], 64, 1024),
    ):
        large = estimate(scenarios, runs=runs, requests=requests, **how)
        assert large.requests == 2 * small.requests
        assert large.expected_s > small.expected_s
    assert estimate([scenario], runs=64, requests=512, **how | {"engine": "events"}).expected_s > 5


def test_what_takes_more_than_an_hour_is_asked_for(
    two_months: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(before, "estimate", lambda *_, **__: HOURS)
    words = (
        "run",
        two_months,
        "--runs",
        "1",
        "--requests",
        "64",
        "--workers",
        "1",
        "--out",
        tmp_path / "out",
    )
    done = invoke(*words)
    assert done.exit_code == 2
    assert "--yes: must be given for more than an hour, got 1 T" in done.stderr.replace("1000 G", "1 T")
    assert not (tmp_path / "out.unfinished").exists()
    assert invoke(*words, "--yes").exit_code == 0


def test_what_cannot_fit_is_refused_with_what_would(two_months: Path) -> None:
    for what, there in (("memory", (GIGABYTE // 4, 9 * GIGABYTE)), ("disk", (9 * GIGABYTE, GIGABYTE // 2))):
        with pytest.raises(WrongInput, match=f"{what}: must be at least 1.07 GB, got .* would fit"):
            check_fits(HOURS, memory_bytes=there[0], disk_bytes=there[1])
    many = ("--runs", "1000000", "--served", "1000000", "--requests", "1000000")
    done = invoke("run", two_months, *many)
    assert done.exit_code == 2
    assert "must be " in done.stderr


def test_it_goes_on_where_all_fits(tmp_path: Path) -> None:
    small = Estimate(requests=1, expected_s=1, low_s=1, high_s=1, memory_bytes=1, disk_bytes=1)
    before_work("run", small, dry_run=False, yes=False, place=tmp_path / "not" / "there")
    with pytest.raises(click.exceptions.Exit):
        before_work("run", small, dry_run=True, yes=False, place=tmp_path)


def test_a_machine_is_measured_once_and_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrating, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    begun = time.perf_counter()
    found = calibration()
    assert time.perf_counter() - begun < 5  # half a second where nothing else runs
    monkeypatch.setattr(calibrating, "_measured", lambda: pytest.fail("measured again"))
    assert calibration() == found


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", "[" * 900, '{"week_s": 1}', '{"week_s": 1e9, "lane_week_s": NaN, "request_s": 0}']
)
def test_what_was_kept_of_a_machine_is_held_against_reason(
    kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrating, "user_cache_path", lambda *_, **__: tmp_path)
    monkeypatch.setattr(calibrating, "_measured", lambda: NOMINAL)
    calibration()
    for file in tmp_path.iterdir():
        file.write_text(kept)
    assert calibration() == NOMINAL


def test_nobody_needs_a_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrating, "_measured", lambda: NOMINAL)

    def homeless(*_: Any, **__: Any) -> Path:
        raise RuntimeError("Could not determine home directory.")

    (tmp_path / "file").write_text("")
    for place in (homeless, lambda *_, **__: tmp_path / "file" / "cache"):
        monkeypatch.setattr(calibrating, "user_cache_path", place)
        assert isinstance(calibration(), Calibration)
