"""Runs of Sobol' points: the same run by either engine, in any block and in what is told of them later."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from simulator import api
from simulator.cli import main
from simulator.report.folder.manifest import column_hash
from simulator.report.ledger.focus import focus_ledger
from simulator.report.rows.notes import notes
from simulator.report.summary.simulated import studied
from simulator.risk.weekly import by_week, weeks_of_scenario
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario
from simulator.study import StudyResult, simulate_study
from tests.simulated import SCENARIOS

FILE = SCENARIOS / "conservative.toml"
RUNS, ENOUGH = 70, 450
"""Two groups and eight, the last of them not full."""


@pytest.fixture(scope="module")
def scenario() -> Scenario[Quantity]:
    """Two months of growth, whose bills are uncertain."""
    changed = {"scenario.horizon_months": 2, "demand.growth_share_month": 0.1, "plan": []}
    return load_scenario(FILE, changed | {"bill.other_eur_month": {"p5": 1_000, "p95": 5_000}})


def study(scenario: Scenario[Quantity], runs: int = RUNS, **how: Any) -> StudyResult:
    """In this process, without requests but those of two runs."""
    given = {"served": 2, "requests": 64, "workers": 1, "sampling": "sobol"} | how
    return simulate_study([scenario], runs=runs, seed=5, **given)


@pytest.fixture(scope="module")
def sobol(scenario: Scenario[Quantity]) -> StudyResult:
    return study(scenario)


def how_to_read(summary: dict[str, Any]) -> str:
    """As it stands under the tables."""
    return "\n".join(dict(notes(summary))["How to read this"])


def test_a_run_does_not_depend_on_blocks_or_on_how_many_there_are(scenario, sobol):
    few = study(scenario, 66, block=13)
    assert column_hash(few.weeks) == column_hash(sobol.weeks.filter(sobol.weeks["run"] < 66))


def test_both_engines_give_the_same_runs(scenario):
    lanes, events = (study(scenario, 2, engine=engine) for engine in ("lanes", "events"))
    assert column_hash(lanes.weeks) == column_hash(events.weeks)


def test_a_study_of_sobol_points_is_another_one(scenario, sobol):
    assert column_hash(study(scenario, sampling="random").weeks) != column_hash(sobol.weeks)


def test_the_ledger_is_of_the_runs_that_were_simulated(scenario, sobol):
    ledger = focus_ledger([scenario], seed=5, sampling="sobol", weeks=sobol.weeks, actions=sobol.actions)
    rows = weeks_of_scenario(sobol.weeks, scenario.scenario.name)
    paid = by_week(rows, "cost_infrastructure_eur") + by_week(rows, "cost_team_eur")
    assert ledger["BilledCost"].sum() == pytest.approx(paid.sum() / rows.runs)


def test_intervals_come_from_groups_where_there_are_enough(scenario, sobol):
    many = studied([scenario], study(scenario, ENOUGH), seed=5, sampling="sobol")
    (told,) = many.summary["scenarios"]
    assert (told["sampling"], told["interval_groups"]) == ("sobol", 8)
    costs = many.totals["cost_infrastructure_eur"].to_numpy()
    independent = costs.std(ddof=1) / np.sqrt(ENOUGH)
    assert told["cost_infrastructure_eur"]["se"] < independent / 2
    assert "8 independent groups of 64 runs" in how_to_read(many.summary)

    few = studied([scenario], sobol, seed=5, sampling="sobol")
    (told,) = few.summary["scenarios"]
    costs = few.totals["cost_infrastructure_eur"].to_numpy()
    assert told["interval_groups"] is None
    assert told["cost_infrastructure_eur"]["se"] == pytest.approx(costs.std(ddof=1) / np.sqrt(RUNS))
    assert "below 8 groups" in how_to_read(few.summary)


def test_commands_keep_how_runs_were_drawn(two_months: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    how = ["--runs", "3", "--served", "1", "--requests", "64", "--workers", "1"]

    def done(*words: str) -> str:
        return CliRunner().invoke(main, [*words], catch_exceptions=False).stdout

    done("run", str(two_months), *how, "--sampling", "sobol", "--out", str(out))
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["sampling"] == "sobol"
    assert "--sampling sobol" in manifest["command"]
    told = json.loads(done("check", str(two_months), "--against", str(out), "--json", "--workers", "1"))
    assert told["identical"]
    assert told["sampling"] == "sobol"
    found = api.simulate(two_months, runs=3, served=1, requests=64, sampling="sobol")
    assert column_hash(found.runs) == manifest["column_sha256"]["runs"]
    assert found.figures().filter(figure="interval_groups").is_empty()
