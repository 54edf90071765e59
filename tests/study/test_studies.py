"""A study gives the same bytes however it is computed: by whom, in what blocks, with what interruptions."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.engines.drive import BlockTask
from simulator.report.folder.manifest import column_hash
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario
from simulator.study import FolderStore, StoreError, StudyResult, WorkersError, simulate_study, study_key
from simulator.study.pace import Job, Pace

SCENARIOS = Path(__file__).parents[2] / "scenarios"
RUNS = 70
"""Two groups, the second not full."""


@pytest.fixture(scope="module")
def scenario() -> Scenario[Quantity]:
    """Two months of the conservative plan."""
    overrides = {"scenario.horizon_months": 2, "demand.growth_share_month": 0.1, "plan": []}
    return load_scenario(SCENARIOS / "conservative.toml", overrides)


def study(scenario: Scenario[Quantity], runs: int = RUNS, **how: Any) -> StudyResult:
    """Short windows: what is tested does not depend on their length."""
    return simulate_study([scenario], runs=runs, requests=64, seed=5, **how)


def hashes(result: StudyResult) -> tuple[str, ...]:
    """Of every table."""
    return tuple(
        column_hash(table) for table in (result.weeks, result.latencies, result.actions, result.shards)
    )


@pytest.fixture(scope="module")
def reference(scenario: Scenario[Quantity]) -> tuple[str, ...]:
    """One process, one block."""
    return hashes(study(scenario, workers=1, block=RUNS))


@pytest.mark.parametrize(
    "how",
    [{"workers": 1, "block": 3}, {"workers": 1, "block": 48}, {"workers": 2, "block": 33}],
    ids=["small blocks", "blocks across groups", "two workers"],
)
def test_same_bytes_whatever_the_blocks_and_workers(
    scenario: Scenario[Quantity], reference: tuple[str, ...], how: dict[str, int]
) -> None:
    assert hashes(study(scenario, **how)) == reference


def test_same_bytes_when_slow_blocks_are_cut(
    scenario: Scenario[Quantity], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the block, a kill loses ten seconds of work, or a group."""
    whole = hashes(study(scenario, runs=200, workers=1, block=200))
    monkeypatch.setattr("simulator.study.pace.REQUEST_S", 1.0)
    monkeypatch.setattr("simulator.study.pace.AT_MOST_S", 1e-6)
    seen: list[int] = []
    cut = study(scenario, runs=200, workers=1, block=200, progress=lambda done, _total: seen.append(done))
    assert hashes(cut) == whole
    assert seen == [0, 64, 128, 192, 200]
    assert hashes(study(scenario, runs=200, workers=2, block=100)) == whole


def test_the_pace_is_measured() -> None:
    task = BlockTask(resolved="", seed=1, runs=range(10, 400), requests=100, engine="lanes")
    job = Job(scenario=0, requests_run=1_000_000, task=task)
    pace = Pace()
    parts = [len(part.task.runs) if part else 0 for part in pace.cut(job)]
    assert parts == [54, 336]  # the guess: 0.15 s a run, so a group
    pace.measured(job, seconds=390 * 0.04)
    assert [part and part.task.runs for part in pace.cut(job)] == [range(10, 192), range(192, 400)]
    pace.measured(job, seconds=390 * 0.01)
    assert pace.cut(job) == (job, None)
    assert pace.parts([job, job]) == 2


def test_same_bytes_through_another_executor(
    scenario: Scenario[Quantity], reference: tuple[str, ...]
) -> None:
    result = study(scenario, block=20, make_executor=lambda: ThreadPoolExecutor(2))
    assert hashes(result) == reference


def test_same_bytes_by_the_event_engine(scenario: Scenario[Quantity]) -> None:
    lanes, events = (study(scenario, runs=3, engine=engine, workers=1) for engine in ("lanes", "events"))
    assert hashes(lanes) == hashes(events)


def test_a_run_is_the_same_in_a_short_and_in_a_long_study(scenario: Scenario[Quantity]) -> None:
    few, many = (study(scenario, runs=runs, workers=1).weeks.lazy().collect() for runs in (10, 100))
    assert few.equals(many.filter(pl.col("run") < 10))


class _Dying(Executor):
    """Breaks over its first block."""

    def submit(self, _fn: Callable[..., Any], /, *_args: Any, **_kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(BrokenExecutor("killed"))
        return future


def test_a_block_whose_worker_died_is_done_again(
    scenario: Scenario[Quantity], reference: tuple[str, ...]
) -> None:
    executors = iter([_Dying(), ThreadPoolExecutor(1)])
    assert hashes(study(scenario, block=20, make_executor=lambda: next(executors))) == reference


def test_a_real_worker_that_is_killed_is_replaced(
    scenario: Scenario[Quantity], reference: tuple[str, ...]
) -> None:
    killed = []

    def kill_one(done: int, _total: int) -> None:
        if done and not killed:
            victim = active_children()[0]
            os.kill(victim.pid or 0, signal.SIGKILL)
            killed.append(victim)

    assert hashes(study(scenario, workers=2, block=8, progress=kill_one)) == reference
    assert killed


def test_workers_that_die_again_and_again_end_the_study(scenario: Scenario[Quantity]) -> None:
    with pytest.raises(WorkersError, match="died 3 times in a row over runs 0 to 19"):
        study(scenario, block=20, make_executor=_Dying)


def _store(folder: Path, scenario: Scenario[Quantity], *, resume: bool, seed: int = 5) -> FolderStore:
    return FolderStore(folder, study_key([scenario], requests=64, seed=seed, engine="lanes"), resume=resume)


def test_an_interrupted_study_is_resumed_from_its_groups(
    scenario: Scenario[Quantity], reference: tuple[str, ...], tmp_path: Path
) -> None:
    def interrupt(done: int, _total: int) -> None:
        if done >= 64:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        study(
            scenario,
            workers=1,
            block=16,
            store=_store(tmp_path, scenario, resume=False),
            progress=interrupt,
        )
    assert len(list(tmp_path.glob("*.weeks.parquet"))) == 1
    seen: list[int] = []
    result = study(
        scenario,
        workers=1,
        store=_store(tmp_path, scenario, resume=True),
        progress=lambda done, _total: seen.append(done),
    )
    assert seen[0] == 64
    assert hashes(result) == reference


def test_a_store_is_not_taken_over_by_accident(scenario: Scenario[Quantity], tmp_path: Path) -> None:
    study(scenario, runs=2, workers=1, store=_store(tmp_path, scenario, resume=False))
    with pytest.raises(StoreError, match="--resume"):
        _store(tmp_path, scenario, resume=False)
    with pytest.raises(StoreError, match="got another one"):
        _store(tmp_path, scenario, resume=True, seed=6)


def test_a_damaged_group_is_computed_again(
    scenario: Scenario[Quantity], reference: tuple[str, ...], tmp_path: Path
) -> None:
    study(scenario, workers=1, store=_store(tmp_path, scenario, resume=False))
    next(tmp_path.glob("*.weeks.parquet")).write_bytes(b"")
    assert hashes(study(scenario, workers=1, store=_store(tmp_path, scenario, resume=True))) == reference


@pytest.mark.parametrize("how", ["a bit flipped", "zeroes", "shortened", "swapped", "of another seed"])
def test_what_is_not_as_it_was_written_is_computed_again(
    scenario: Scenario[Quantity], reference: tuple[str, ...], tmp_path: Path, how: str
) -> None:
    study(scenario, workers=1, store=_store(tmp_path / "own", scenario, resume=False))
    first, second = sorted((tmp_path / "own").glob("*.weeks.parquet"))
    content = bytearray(first.read_bytes())
    if how == "a bit flipped":
        content[len(content) // 2] ^= 1
    elif how == "zeroes":
        content[8:200] = bytes(192)
    elif how == "shortened":
        del content[-100:]
    elif how == "swapped":
        content = bytearray(second.read_bytes())
    else:
        study(scenario, runs=64, workers=1, store=_store(tmp_path / "other", scenario, resume=False, seed=6))
        for file in (tmp_path / "other").glob("*.parquet"):
            mine = first.name.partition("-")[0]
            shutil.copy(file, tmp_path / "own" / f"{mine}-{file.name.partition('-')[2]}")
        content = bytearray(first.read_bytes())
    first.write_bytes(content)
    result = study(scenario, workers=1, store=_store(tmp_path / "own", scenario, resume=True))
    assert hashes(result) == reference


def test_a_folder_is_of_one_study_at_a_time(scenario: Scenario[Quantity], tmp_path: Path) -> None:
    first = _store(tmp_path, scenario, resume=False)
    for seed, resume in ((5, True), (5, False), (6, True), (6, False)):
        with pytest.raises(StoreError, match="one study at a time"):
            _store(tmp_path, scenario, resume=resume, seed=seed)
    first.close()
    assert study(scenario, runs=1, workers=1, store=_store(tmp_path, scenario, resume=False, seed=6))


def test_the_names_of_all_files_tell_the_study(scenario: Scenario[Quantity], tmp_path: Path) -> None:
    names = []
    for seed in (5, 6):
        study(
            scenario, runs=1, workers=1, store=_store(tmp_path / str(seed), scenario, resume=False, seed=seed)
        )
        names.append({file.name for file in (tmp_path / str(seed)).iterdir()})
    assert names[0] & names[1] == {"study.json", "lock"}


def test_of_two_commands_for_one_folder_the_second_is_told(two_months: Path, tmp_path: Path) -> None:
    """Started together: what is written is of the one that says so."""
    how = [sys.executable, "-m", "simulator", "run", str(two_months), "--out", str(tmp_path / "out")]
    how += ["--runs", "64", "--requests", "256", "--workers", "1", "--json", "--seed"]
    began = [
        subprocess.Popen([*how, seed], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for seed in ("1", "2")
    ]
    said = [process.communicate() for process in began]
    codes = [process.returncode for process in began]
    assert sorted(codes) == [0, 2], said
    assert "one study at a time" in said[codes.index(2)][1]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["seed"] == codes.index(0) + 1
    assert not (tmp_path / "out.unfinished").exists()


def test_a_lock_does_not_outlive_its_process(scenario: Scenario[Quantity], tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from simulator.study import FolderStore\n"
        "store = FolderStore(Path(sys.argv[1]), {'of': 'another'}, resume=False); print('held', flush=True)\n"
        "sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(StoreError, match="one study at a time"):
        _store(tmp_path, scenario, resume=False)
    holder.kill()
    holder.communicate()
    _store(tmp_path, scenario, resume=False).close()


def test_same_bytes_when_a_block_is_served_a_few_lanes_at_a_time(
    scenario: Scenario[Quantity], reference: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.engines.drive.REQUESTS_AT_ONCE", 64 * 7)
    assert hashes(study(scenario, workers=1, block=50)) == reference


def test_a_place_that_cannot_be_written_is_said_in_one_message(
    scenario: Scenario[Quantity], tmp_path: Path
) -> None:
    place = tmp_path / "file"
    place.write_text("")
    with pytest.raises(StoreError, match="must be a place that can be written to"):
        _store(place / "study", scenario, resume=False)


def test_a_study_killed_at_any_moment_ends_in_the_same_bytes(two_months: Path, tmp_path: Path) -> None:
    """The whole command: killed without warning, resumed, compared with one that was not."""
    how = ["compare", str(two_months), "--runs", "70", "--requests", "64", "--block", "10", "--out"]
    killed = subprocess.Popen(
        [sys.executable, "-m", "simulator", *how, str(tmp_path / "killed"), "--workers", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    unfinished = tmp_path / "killed.unfinished"
    deadline = time.monotonic() + 60
    while not list(unfinished.glob("*.weeks.parquet")) and killed.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    killed.kill()
    assert killed.wait() == -signal.SIGKILL
    for out, options in (("whole", ()), ("killed", ("--resume",))):
        done = CliRunner().invoke(main, [*how, str(tmp_path / out), "--workers", "1", *options])
        assert done.exit_code == 0, done.output
    assert not unfinished.exists()
    manifests = [(tmp_path / out / "manifest.json").read_text() for out in ("whole", "killed")]
    assert manifests[0].split('"column_sha256"')[1] == manifests[1].split('"column_sha256"')[1]
