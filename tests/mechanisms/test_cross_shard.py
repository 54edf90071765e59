"""Writes to several shards as they are measured: their laws, and how a study tells of them."""

import numpy as np
import pytest

from simulator.mechanisms.cross_shard.report import REPORT, cross_shard_notes
from simulator.report.rows.found import Found
from simulator.report.rows.notes import notes
from simulator.report.words import words_of
from simulator.serving.measured.cross_shard import cells_together, cross_shard_writes
from tests.report.rows import rows_of
from tests.sampling import assert_mean
from tests.simulated import company, summary_of
from tests.windows import FOUR_SHARDS, windows

WRITES = FOUR_SHARDS | {"database.write_share": 1.0}
TWO_PHASE = {"protocol": "two_phase_commit", "prepare_cost_ratio": 1.0, "commit_cost_ratio": 0.5}
SAGA = {"protocol": "saga", "step_failure_share": 0.2}


def found(protocol, *, share=1.0, shards=3, requests=2_000, runs=16, **given):
    crossing = {"database.cross_shard_writes": protocol | {"share": share, "shards": shards}}
    seen = windows(WRITES | crossing | given, rate_per_s=0.5, requests=requests, runs=runs)
    measured = cross_shard_writes(seen.work, seen.load, seen.served, 0)
    assert measured is not None
    return measured


def test_a_saga_is_undone_when_any_of_its_steps_fails():
    """1 - (1 - q)^m; m steps of one done, 2 j - 1 of one that fails at step j (Garcia-Molina, 1987)."""
    q, m = 0.2, 3
    saga = found(SAGA)
    assert_mean(saga.undone_share, 1 - (1 - q) ** m)
    steps = sum((1 - q) ** (j - 1) * q * (2 * j - 1) for j in range(1, m + 1)) + (1 - q) ** m * m
    assert_mean(saga.work_ratio, steps)


def test_a_commit_in_two_phases_is_never_undone_and_costs_both():
    """m (p + c) times a write to one shard (Gray, 1978)."""
    commit = found(TWO_PHASE)
    np.testing.assert_array_equal(commit.undone_share, 0)
    assert_mean(commit.work_ratio, 3 * 1.5)


@pytest.mark.parametrize(("protocol", "parts"), [(TWO_PHASE, 1.5), (SAGA | {"step_failure_share": 0.0}, 3)])
def test_it_takes_its_trips_one_after_the_other(protocol, parts):
    """Of equal services and with nobody in the way, a saga takes its steps, a commit two trips."""
    alone = found(protocol, requests=100, runs=2, **{"database.distribution": "deterministic"})
    np.testing.assert_allclose(alone.p95_ms, parts * 10)


def test_only_writes_to_several_shards_are_measured():
    few, all_of_them = found(SAGA, share=0.25), found(SAGA)
    assert_mean(few.undone_share, 1 - 0.8**3)
    assert (few.work_ratio > 1.5).all()
    assert few.p95_ms.mean() < 1.5 * all_of_them.p95_ms.mean()


def test_nobody_is_told_of_writes_that_cannot_be_made():
    seen = windows(WRITES, rate_per_s=0.5, requests=64, runs=2)
    assert cross_shard_writes(seen.work, seen.load, seen.served, 0) is None
    assert cells_together([]) is None
    summary = summary_of(company(), runs=2)
    assert "cross_shard_writes" not in summary["scenarios"][0]
    assert "Writes to several shards" not in dict(notes(summary))


def test_a_single_shard_has_none():
    one = found(SAGA, requests=64, runs=2, **{"database.shards": 1})
    for values in vars(one).values():
        np.testing.assert_array_equal(values, 0)


def test_a_study_tells_how_long_they_take_and_what_they_cost():
    crossing = {"database.cross_shard_writes": SAGA | {"share": 0.5, "shards": 2}, "database.shards": 4}
    summary = summary_of(company(crossing), runs=2)
    told = summary["scenarios"][0]["cross_shard_writes"]
    assert 0 < told["undone_share"]["mean"] < 1
    assert told["work_ratio"]["mean"] > 1
    assert told["p95_ms"]["mean"] > 0
    said = dict(notes(summary))["Writes to several shards"]
    assert said == cross_shard_notes(summary["scenarios"])
    assert "undone" in said[0]


def test_with_a_saturated_tier_they_take_until_the_deadline():
    """Nobody waits longer for them, whatever a tier that lets everybody wait still does."""
    crossing = {"database.cross_shard_writes": SAGA | {"share": 0.5, "shards": 2}, "database.shards": 4}
    saturated = company(crossing | {"demand.peak_factor": 9.0})
    summary = summary_of(saturated, runs=2)
    told = summary["scenarios"][0]["cross_shard_writes"]
    assert told["p95_ms"]["mean"] == saturated.response.deadline_ms == 10_000
    (said,) = cross_shard_notes(summary["scenarios"])
    assert "p95 10 K ± 0 ms from the first call to the last answer" in said


def test_the_tables_have_rows_of_them_in_every_language():
    crossing = {"database.cross_shard_writes": SAGA | {"share": 0.5, "shards": 2}, "database.shards": 4}
    summary = summary_of(company(crossing | {"scenario.name": "Crossing"}), company(), runs=2)
    rows = rows_of(summary)
    assert rows["Share of them undone"][0].endswith(" %")
    assert rows["Share of them undone"][1] == "-"
    for lang, label in (("en", "Share of them undone"), ("fr", "Part annulée")):
        shown = rows_of(summary, lang)
        assert shown[label][0] != "-"
        assert shown[label][1] == "-"


def test_their_duration_is_told_in_milliseconds():
    (row,) = (one for one in REPORT.rows if one.name == "crossing")
    found = {"cross_shard_writes": {"p95_ms": {"mean": 120.0, "se": 3.0, "low": 114.0, "high": 126.0}}}
    words = words_of("en")
    assert row.cell(Found(summary=found), words) == "120 ± 3 ms"
    assert row.cell(Found(summary={}), words) == "-"
