"""Work of a few microseconds, and replicas of many workers."""

import json
import math

import numpy as np
import pytest
from click.testing import CliRunner

from simulator.api.loads import stress
from simulator.cli import main
from simulator.engines.lanes import kernels
from simulator.queueing.laws import mmc
from simulator.scenario.reading.faults import ScenarioError
from simulator.stress.agree import compare_windows
from simulator.stress.bench import Bench
from simulator.stress.rounding import added_share, rounding_notes
from tests.stress.bench import loaded, topology


def bench_of(tmp_path, text: str, runs: int = 1) -> Bench:
    return Bench.of(topology(tmp_path, text), seed=1, runs=range(runs))


@pytest.mark.parametrize("ticks", [1.0, 5.0, 20.0])
def test_rounding_adds_what_the_geometric_series_says(tmp_path, ticks):
    """Of exponentials: 1 up to half a tick, and from there on e^(-x/2) / (1 - e^-x), x = 1/mean."""
    bench = bench_of(tmp_path, "[service]\ndemand_ms = 1.0\n")
    x = 1 / ticks
    law = 1 - math.exp(-x / 2) + math.exp(-x / 2) / (1 - math.exp(-x))
    assert added_share(bench, ticks, "exponential") == pytest.approx(law / ticks - 1, abs=0.02 / ticks)


@pytest.mark.parametrize(
    ("service", "change"),
    [
        ("demand_ms = 0.005", "more"),
        ('demand_ms = 0.0024\ndistribution = "deterministic"', "16.7 % less"),
        ('demand_ms = 0.005\ndistribution = "deterministic"', None),
        ("demand_ms = 0.1", None),
    ],
)
def test_work_that_rounding_changes_is_said(tmp_path, service, change):
    notes = rounding_notes(bench_of(tmp_path, f"[service]\n{service}\n"))
    assert len(notes) == (change is not None)
    assert all(change in note and "whole microseconds" in note for note in notes)


def test_reads_writes_and_their_copies_are_told_apart(tmp_path):
    text = (
        "[service]\ndemand_ms = 10\n[database]\nread_ms = 10\nwrite_share = 0.1\nread_replicas = 1\n"
        "apply_cost_ratio = 0.0003\n"
    )
    (note,) = rounding_notes(bench_of(tmp_path, text))
    assert note.startswith("Work of applying a write, 0.003 ms, is")


def test_terminal_json_and_api_say_it(tmp_path):
    file = tmp_path / "topology.toml"
    topology(tmp_path, "[service]\ndemand_ms = 0.005\n")
    words = ("stress", str(file), "--rate", "1000", "--requests", "64", "--runs", "2")
    printed = " ".join(CliRunner().invoke(main, words).output.split())
    (note,) = json.loads(CliRunner().invoke(main, [*words, "--json"]).stdout)["notes"]
    assert f"{note}." in printed
    assert stress(file, [1000.0], runs=2, requests=64).notes == (note,)


def test_five_hundred_workers_wait_as_erlang_says(tmp_path):
    (at,) = loaded(topology(tmp_path, "[service]\nworkers = 512\ndemand_ms = 100\n"), [4_864.0], runs=8)
    figures = {"arrival_rate": 4_864.0, "service_mean": 0.1, "n_servers": 512}
    wait = at.tiers["service"].wait_ms
    assert at.at_least is None
    assert wait.mean == pytest.approx(1000 * mmc.wait_mean(**figures), abs=4 * at.latency_ms.se_mean)
    assert wait.above["0"] == pytest.approx(mmc.wait_share(**figures), abs=0.06)


def test_both_engines_agree_on_a_thousand_workers(tmp_path):
    bench = bench_of(tmp_path, "[service]\nworkers = 1_024\ndemand_ms = 1000\nqueue_room = 5\n", runs=2)
    agreement = compare_windows(bench, requests=1_500)
    assert agreement.difference is None


def test_columns_at_once_change_nothing(monkeypatch):
    generator = np.random.Generator(np.random.PCG64(1))
    arrive = np.sort(generator.integers(0, 1_000, (400, 40)), axis=0)
    service = generator.integers(1, 1_000, (400, 40))
    whole = kernels.starts(arrive, service, 130)
    monkeypatch.setattr(kernels, "LANES_AT_ONCE", 14)
    np.testing.assert_array_equal(kernels.starts(arrive, service, 130), whole)


def test_more_workers_than_the_engines_carry_are_refused(tmp_path):
    with pytest.raises(ScenarioError, match=r"workers: must be at most 1,?024, got 1,?025"):
        topology(tmp_path, "[service]\nworkers = 1_025\ndemand_ms = 1\n")
