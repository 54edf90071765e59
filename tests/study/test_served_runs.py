"""Money needs no requests: the first runs have theirs simulated, the others have every other figure."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner
from polars.testing import assert_frame_equal

from simulator.check.figures import figure_at
from simulator.cli import main
from simulator.engines.calendar import GROUP
from simulator.report.folder.manifest import column_hash
from simulator.report.summary.simulated import studied
from simulator.risk.weekly import by_week, having, weeks_of_scenario
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario
from simulator.study import FolderStore, StudyResult, simulate_study

FILE = Path(__file__).parents[2] / "scenarios" / "conservative.toml"
RUNS, SERVED = GROUP + 6, 5


@pytest.fixture(scope="module")
def scenario() -> Scenario[Quantity]:
    """Two months of growth."""
    return load_scenario(FILE, {"scenario.horizon_months": 2, "demand.growth_share_month": 0.1, "plan": []})


def study(scenario: Scenario[Quantity], runs: int = RUNS, **how: Any) -> StudyResult:
    """In this process."""
    return simulate_study([scenario], runs=runs, requests=64, seed=5, workers=1, **how)


@pytest.fixture(scope="module")
def part(scenario: Scenario[Quantity]) -> StudyResult:
    """The first five of seventy runs have requests."""
    return study(scenario, served=SERVED)


@pytest.fixture(scope="module")
def every(scenario: Scenario[Quantity]) -> StudyResult:
    """All of them have."""
    return study(scenario)


def measured(weeks: pl.DataFrame) -> list[str]:
    """The columns that only runs with requests have."""
    return [name for name in weeks.columns if weeks[name].null_count()]


def test_what_needs_no_requests_is_the_same_in_every_run(part: StudyResult, every: StudyResult) -> None:
    only = measured(part.weeks)
    assert {"latency_p95_ms", "cpu_utilization_share", "window_short"} <= set(only)
    assert not {"users", "error_share_week", "incidents", "cost_total_eur"} & set(only)
    assert_frame_equal(part.weeks.drop(only), every.weeks.drop(only), check_exact=True)
    assert_frame_equal(part.actions, every.actions)
    assert_frame_equal(part.shards, every.shards)


def test_the_first_runs_have_all_that_they_have_alone(
    scenario: Scenario[Quantity], part: StudyResult
) -> None:
    alone = study(scenario, runs=SERVED)
    assert_frame_equal(part.weeks.filter(pl.col("run") < SERVED), alone.weeks, check_exact=True)
    assert_frame_equal(part.latencies, alone.latencies)


@pytest.mark.parametrize("block", [3, 48])
def test_blocks_change_nothing(
    scenario: Scenario[Quantity], part: StudyResult, tmp_path: Path, block: int
) -> None:
    store = FolderStore(tmp_path / "study", {"block": block}, resume=False)
    found = study(scenario, served=SERVED, block=block, store=store)
    assert column_hash(found.weeks) == column_hash(part.weeks)
    assert column_hash(found.latencies) == column_hash(part.latencies)
    store.remove()


def test_latencies_are_summed_up_over_the_runs_that_have_them(
    scenario: Scenario[Quantity], part: StudyResult
) -> None:
    of_part, alone = (
        studied([scenario], result, seed=5).summary["scenarios"][0]
        for result in (part, study(scenario, runs=SERVED))
    )
    assert (of_part["runs"], of_part["served_runs"]) == (RUNS, SERVED)
    for summary in (of_part, alone):
        del summary["latency_p95_ms"]["worst_failed_share"]  # of the hours of every run
    for figure in ("latency_p95_ms", "slo_missed_months_share", "window_short_share"):
        assert of_part[figure] == alone[figure]
    assert of_part["users_end"] != alone["users_end"]
    assert figure_at(of_part, "latency_p95_ms") == figure_at(alone, "latency_p95_ms")


def test_a_measured_column_is_asked_of_the_runs_that_have_it(
    scenario: Scenario[Quantity], part: StudyResult
) -> None:
    rows = weeks_of_scenario(part.weeks, scenario.scenario.name)
    assert having(rows, "users") is rows
    assert by_week(having(rows, "latency_p95_ms"), "latency_p95_ms").shape == (rows.weeks, SERVED)
    with pytest.raises(ValueError, match="latency_p95_ms must be there in every run"):
        by_week(rows, "latency_p95_ms")


def test_the_command_says_which_runs_a_figure_is_of(tmp_path: Path) -> None:
    given = ["run", str(FILE), "--runs", "6", "--served", "2", "--requests", "64", "--out", str(tmp_path)]
    done = CliRunner().invoke(main, [*given, "--rows", "short"])
    assert done.exit_code == 0, done.output
    told = " ".join(done.output.split())
    assert "are of the 2 runs whose requests were simulated (--served), every other figure of all 6." in told
