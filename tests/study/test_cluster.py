"""Workers of a scheduler, two processes on the loopback: the same bytes, whatever becomes of them."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from distributed import Client, LocalCluster

from simulator.cli import main
from simulator.report.folder.manifest import column_hash
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario
from simulator.study import cluster, simulate_study
from simulator.study.cluster import ClusterError, cluster_at

FILE = Path(__file__).parents[2] / "scenarios" / "conservative.toml"
RUNS = 24


@pytest.fixture(scope="module")
def scenario() -> Scenario[Quantity]:
    """Two months of growth."""
    return load_scenario(FILE, {"scenario.horizon_months": 2, "demand.growth_share_month": 0.1, "plan": []})


@pytest.fixture(scope="module")
def local() -> Iterator[LocalCluster]:
    """A scheduler and two workers of one thread, each a process."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as found:
        yield found


def hashes(scenario: Scenario[Quantity], **how: object) -> tuple[str, str]:
    """Of what a study in small blocks comes to."""
    found = simulate_study([scenario], runs=RUNS, requests=64, seed=3, block=4, served=8, **how)
    return column_hash(found.weeks), column_hash(found.latencies)


def test_the_same_bytes_as_on_one_machine(scenario: Scenario[Quantity], local: LocalCluster) -> None:
    seen: list[int] = []
    with cluster_at(local.scheduler_address) as workers:
        assert (workers.workers, workers.like_here) == (2, True)
        found = hashes(
            scenario,
            workers=workers.workers,
            make_executor=workers.make_executor,
            progress=lambda done, _every: seen.append(done),
        )
    assert found == hashes(scenario, workers=1)
    assert seen == sorted(seen)
    assert seen[-1] == RUNS


def test_a_worker_that_is_killed_is_survived(scenario: Scenario[Quantity], local: LocalCluster) -> None:
    killed: list[int] = []

    def kill_one(done: int, _every: int) -> None:
        if done and not killed:
            with Client(local.scheduler_address, set_as_default=False) as client:
                killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    with cluster_at(local.scheduler_address) as workers:
        found = hashes(scenario, workers=2, make_executor=workers.make_executor, progress=kill_one)
    assert killed
    assert found == hashes(scenario, workers=1)


def test_ctrl_c_leaves_nothing_under_way(scenario: Scenario[Quantity], local: LocalCluster) -> None:
    def stop(done: int, _every: int) -> None:
        if done:
            raise KeyboardInterrupt

    with cluster_at(local.scheduler_address) as workers:
        with pytest.raises(KeyboardInterrupt):
            hashes(scenario, workers=2, make_executor=workers.make_executor, progress=stop)
        with Client(local.scheduler_address, set_as_default=False) as client:
            until = time.monotonic() + 30
            while any(client.processing().values()) and time.monotonic() < until:
                threading.Event().wait(0.1)
            assert not any(client.processing().values())


def test_other_versions_are_refused(local: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    of_here = cluster.versions()
    monkeypatch.setattr(cluster, "versions", lambda: of_here | {"numpy": "1.0"})
    wrong = pytest.raises(ClusterError, match="must have the versions of this machine, got numpy")
    with wrong, cluster_at(local.scheduler_address):
        pass


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("--executor", "dask"), "--scheduler: must be given with --executor dask"),
        (("--scheduler", "tcp://127.0.0.1:1"), "only there, got it with --executor local"),
        (
            ("--executor", "dask", "--scheduler", "tcp://127.0.0.1:1", "--workers", "2"),
            "--workers: must not be given with --scheduler",
        ),
        (("--executor", "dask", "--scheduler", "nowhere"), "--scheduler: must be the address of a scheduler"),
    ],
)
def test_what_does_not_go_together_is_refused(given: tuple[str, ...], message: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["run", str(FILE), "--runs", "1", "--out", str(tmp_path / "o"), *given])
    assert done.exit_code == 2
    assert message in done.stderr


def test_the_command_computes_there(local: LocalCluster, tmp_path: Path) -> None:
    given = ["--executor", "dask", "--scheduler", local.scheduler_address]
    how = ["run", str(FILE), "--runs", "2", "--requests", "64"]
    for out, more in (("there", given), ("here", ["--workers", "1"])):
        done = CliRunner().invoke(main, [*how, "--out", str(tmp_path / out), *more])
        assert done.exit_code == 0, done.output
    for file in ("weeks.parquet", "runs.parquet", "summary.json"):
        assert (tmp_path / "there" / file).read_bytes() == (tmp_path / "here" / file).read_bytes()
