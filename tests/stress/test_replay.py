"""Counts replayed: every run sees its own part of the period, or the whole of it."""

import heapq
import math

import numpy as np
import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.engines.windows import SERVE_WINDOWS
from simulator.serving.window.work import work_of
from simulator.stress.at_rate import AtRate
from simulator.stress.bench import Bench
from simulator.stress.knee import Knee, knee_of
from simulator.stress.window_size import window_sizes
from tests.stress.bench import loaded, topology

WAVE = [100 + 60 * math.sin(2 * math.pi * place / 24) for place in range(24)]
PERIOD_S = 24 * 60


def of_wave(further: str = "", *, interval_s: float = 60) -> str:
    process = f'{{ shape = "counts", values = {WAVE}, interval_s = {interval_s} }}'
    return f"[service]\nworkers = 8\ndemand_ms = 100.0\n[arrivals]\nprocess = {process}\n{further}"


LIMITED = of_wave("[windows]\nrequests_limit = 32_768\n")
"""Less than the 64,800 requests of a period at 45 a second."""


def mean_latency_ms(rate: float, *, periods: int, seed: int) -> float:
    """Every request of whole periods through eight servers, after one that is let by; nothing is shared."""
    generator = np.random.Generator(np.random.PCG64(seed))
    most, mean = max(WAVE), sum(WAVE) / len(WAVE)
    thick = rate * most / mean * (periods + 1) * PERIOD_S
    arrive = np.sort(generator.uniform(0, (periods + 1) * PERIOD_S, generator.poisson(thick)))
    kept = generator.random(len(arrive)) * most < np.array(WAVE)[(arrive // 60).astype(int) % 24]
    free, spent = [0.0] * 8, []
    work = generator.exponential(0.1, np.count_nonzero(kept)).tolist()
    for came, service in zip(arrive[kept].tolist(), work, strict=True):
        done = max(free[0], came) + service
        heapq.heapreplace(free, done)
        if came > PERIOD_S:
            spent.append(done - came)
    return 1000 * sum(spent) / len(spent)


def near(at: AtRate, law: float) -> bool:
    """Twice the half of an interval of 95 %."""
    return abs(at.latency_ms.mean - law) <= 2 * at.latency_ms.mean_half


def test_a_part_of_a_period_is_another_one_in_every_run(tmp_path):
    """The same part in all of them had 107 ms and 52 answers a second, where the period has 128 and 45."""
    (at,) = loaded(topology(tmp_path, LIMITED), [45.0])
    assert at.size.measured < 45 * PERIOD_S
    assert at.at_least is None
    assert near(at, mean_latency_ms(45.0, periods=12, seed=1))
    assert at.throughput_per_s == pytest.approx(45, rel=0.03)
    assert at.warning is None


def test_runs_begin_anywhere_in_the_period_alike(tmp_path):
    bench = Bench.of(topology(tmp_path, LIMITED), seed=1, runs=range(400))
    begin = np.sort(bench.replay_begin / bench.replay.period_ticks)
    assert np.abs(begin - np.linspace(0, 1, 400)).max() < 1.63 / math.sqrt(400)  # Kolmogorov's 1 %
    again = Bench.of(topology(tmp_path, LIMITED), seed=1, runs=range(7, 9))
    assert (again.replay_begin == bench.replay_begin[7:9]).all()


def test_both_engines_begin_where_a_run_does(tmp_path):
    bench = Bench.of(topology(tmp_path, LIMITED), seed=1, runs=range(3))
    rates = np.array([45.0, 60.0])
    load = bench.load(rates)
    assert load.of(slice(2, 4)).replay_begin.tolist() == [bench.replay_begin[1]] * 2
    work = work_of(bench.draws(slice(0, 3), 300, 2), load)
    lanes, events = (SERVE_WINDOWS[engine](work, load) for engine in ("lanes", "events"))
    np.testing.assert_array_equal(lanes.service_start, events.service_start)
    np.testing.assert_array_equal(lanes.service_end, events.service_end)


def test_peaks_past_the_capacity_ask_for_whole_periods(tmp_path):
    """At 60 a second the busiest minute has 96, of 80: what waits then is there for minutes."""
    bench = Bench.of(topology(tmp_path, LIMITED), seed=1, runs=range(2))
    (size,) = window_sizes(bench, np.array([60.0]), None)
    assert "whole periods of the counts are" in size.shortfall
    assert "86,400 measured, and windows.requests_limit is 32,768" in size.shortfall
    bench = Bench.of(topology(tmp_path, of_wave()), seed=1, runs=range(2))
    (size,) = window_sizes(bench, np.array([60.0]), None)
    assert size.shortfall is None
    assert size.measured == 60 * PERIOD_S
    assert size.warmup > size.measured


def test_whole_periods_have_the_queue_of_the_peaks(tmp_path):
    """Periods of 48 seconds are few requests; what waits in each of them is more than half a second."""
    test = topology(tmp_path, of_wave(interval_s=2))
    (at,) = loaded(test, [60.0], runs=16)
    assert at.at_least is None
    assert at.size.measured % (60 * 48) == 0
    (many,) = loaded(test, [60.0], runs=16, seed=2, requests=16 * 60 * 48)
    assert at.latency_ms.mean > 500
    combined = math.hypot(at.latency_ms.mean_half, many.latency_ms.mean_half)
    assert at.latency_ms.mean == pytest.approx(many.latency_ms.mean, abs=1.5 * combined)


@pytest.mark.slow
@pytest.mark.parametrize("rate", [45.0, 60.0])
def test_whole_periods_are_as_every_request_of_many(tmp_path, rate):
    """128 ms and 45 a second; some 21 seconds at 60, where 147 ms were told."""
    (at,) = loaded(topology(tmp_path, of_wave()), [rate])
    assert near(at, np.mean([mean_latency_ms(rate, periods=24, seed=seed) for seed in range(3)]))
    assert at.throughput_per_s == pytest.approx(rate, rel=0.02)


@pytest.mark.slow
def test_the_knee_of_a_replay_keeps_the_limit_over_the_period(tmp_path):
    """Two times sixty periods, every request of them, have a P95 of 352.9 and 354.8 ms at 44.3 a second."""
    test = topology(tmp_path, of_wave("[slo]\nlatency_p95_ms = 353.8\n[windows]\nrequests_limit = 32_768\n"))
    bench = Bench.of(test, seed=1, runs=range(16))
    found = knee_of(bench, SERVE_WINDOWS["lanes"], loaded(test, [40.0, 50.0], runs=16), requests=None)
    assert isinstance(found, Knee)
    assert found.low <= 44.3 <= found.high


def test_another_rate_than_asked_is_said(tmp_path):
    """A run of a single fragment cannot be as the period is."""
    file = tmp_path / "topology.toml"
    topology(tmp_path, of_wave())
    words = ("stress", str(file), "--rate", "45", "--requests", "4096", "--runs", "1", "--seed", "2")
    printed = " ".join(CliRunner().invoke(main, words).output.split())
    assert "a second were answered where 45 were to be" in printed
