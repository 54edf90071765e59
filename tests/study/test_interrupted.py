"""An unfinished study is kept in a folder of its own: locked, sealed, and resumed to the same bytes."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.study import FolderStore, StoreError, study_key
from tests.study.short import hashes, study


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
