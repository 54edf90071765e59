"""What every plan on every demand path came to is kept at once: a kill loses ten seconds, as of any study."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from simulator.cli import main
from simulator.risk import crossing
from simulator.study import FolderStore
from tests.simulated import SCENARIOS, company

PAIRS = 3 * 3
"""Of two plans and none, on two paths and the one observed."""


def files_of(folder: Path) -> list[str]:
    """Of two companies that differ in their growth, over a month."""
    for name, growth in (("Small", 0.02), ("Large", 0.1)):
        (folder / f"{name.lower()}.toml").write_text(
            f"extends = '{(SCENARIOS / 'base.toml').as_posix()}'\n"
            f"[scenario]\nname = '{name}'\nhorizon_months = 1\n[demand]\ngrowth_share_month = {growth}\n"
            "[budget]\ninfrastructure_eur = 1\nteam_eur = 1\n"
        )
    return [str(folder / "small.toml"), str(folder / "large.toml")]


def test_a_cross_that_is_killed_goes_on_with_the_next_pair(tmp_path: Path, monkeypatch: Any) -> None:
    how = [*files_of(tmp_path), "--runs", "70", "--requests", "64", "--workers", "1", "--cross", "--out"]
    command = [sys.executable, "-m", "simulator", "compare", *how, str(tmp_path / "killed")]
    killed = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    unfinished = tmp_path / "killed.unfinished"
    deadline = time.monotonic() + 120
    while len(list(unfinished.glob("*.totals.parquet"))) < 2 and killed.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    killed.kill()
    assert killed.wait() == -signal.SIGKILL
    kept = len(list(unfinished.glob("*.totals.parquet")))

    simulated, simulate = [0], crossing.simulate_study

    def counted(*scenarios: Any, **given: Any) -> Any:
        simulated[0] += 1
        return simulate(*scenarios, **given)

    monkeypatch.setattr(crossing, "simulate_study", counted)
    found = {}
    for out, options in (("killed", ["--resume"]), ("whole", [])):
        simulated[0] = 0
        done = CliRunner().invoke(main, ["compare", *how, str(tmp_path / out), *options])
        assert done.exit_code == 0, done.output
        found[out] = simulated[0]
    assert found["whole"] == PAIRS
    assert PAIRS - kept <= found["killed"] <= PAIRS - kept + 1  # the last of those kept may lack its seal
    assert not unfinished.exists()
    manifests = [(tmp_path / out / "manifest.json").read_text() for out in ("whole", "killed")]
    assert manifests[0].split('"column_sha256"')[1] == manifests[1].split('"column_sha256"')[1]


def test_a_pair_that_is_done_leaves_no_weeks_behind(tmp_path: Path) -> None:
    """As many pairs as there are plans times paths would fill a disk."""
    how: dict[str, Any] = {"runs": 2, "seed": 1, "engine": "lanes", "workers": 1}
    scenarios = [company({"scenario.horizon_months": 1})]
    store = FolderStore(tmp_path / "study", {}, resume=False)
    kept = crossing.cross_totals(scenarios, store=store, **how)
    assert kept.equals(crossing.cross_totals(scenarios, **how))
    tables = [file.name for file in (tmp_path / "study").glob("*.parquet")]
    assert len(tables) == 4
    assert all(name.endswith(".totals.parquet") for name in tables)
    assert crossing.cross_totals(scenarios, store=store, **how).equals(kept)
    (tmp_path / "study" / min(tables)).write_bytes(b"")  # is computed again
    assert crossing.cross_totals(scenarios, store=store, **how).equals(kept)
    store.remove()
    assert not (tmp_path / "study").exists()
