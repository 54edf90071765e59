"""The company of the shipped base file, simulated for real: what the tests of the model run."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from simulator.company import Setting
from simulator.draws.streams import Streams
from simulator.engines.calendar import Block, simulate
from simulator.engines.drive import ENGINES
from simulator.report.folder.plain import plain
from simulator.report.summary.study import summarise
from simulator.risk.loss import run_totals
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.read import read_tables, with_overrides
from simulator.scenario.resolve import canonical_json, scenario_of
from simulator.scenario.root import Scenario
from simulator.study import StudyResult, simulate_study

SCENARIOS = Path(__file__).parents[1] / "scenarios"
STANDING_STILL: dict[str, Any] = {
    "scenario.name": "Standing still",
    "scenario.horizon_months": 3,
    "demand.growth_share_month": 0.0,
    "demand.growth_share_month_sd_run": 0.0,
    "budget.infrastructure_eur": 0.0,
    "budget.team_eur": 0.0,
}
"""What the base file leaves to a scenario."""

Columns = dict[str, np.ndarray]
"""The columns of the weeks, (w, l) each."""


def company(overrides: dict[str, Any] | None = None) -> Scenario[Quantity]:
    """The base company as a scenario that grows and plans nothing, with values replaced at dotted keys."""
    return Scenario[Quantity].model_validate(with_overrides(_base(), STANDING_STILL | (overrides or {})))


@cache
def _base() -> dict[str, Any]:
    return read_tables(SCENARIOS / "base.toml").table


def weeks_of(
    scenario: Scenario[Quantity], *, runs: int, requests: int | None = None, seed: int = 1
) -> Columns:
    """Simulate runs 0, 1, … in lanes; without ``requests`` nothing is served."""
    return _weeks_of(canonical_json(scenario), runs, requests, seed)


def block_of(
    scenario: Scenario[Quantity],
    runs: range,
    *,
    requests: int | None = None,
    seed: int = 1,
    engine: str = "lanes",
) -> Block:
    """Simulate a block of runs; the reference engine takes one run at a time."""
    setting = Setting.of(scenario, Streams(seed, runs))
    return simulate(setting, ENGINES[engine](setting), requests=requests)


@cache
def _weeks_of(resolved: str, runs: int, requests: int | None, seed: int) -> Columns:
    return block_of(scenario_of(resolved), range(runs), requests=requests, seed=seed).columns


def study_of(
    *scenarios: Scenario[Quantity],
    runs: int,
    requests: int | None = 64,
    seed: int = 1,
    engine: str = "lanes",
) -> StudyResult:
    """Study scenarios as ``compare`` does, in this process; the same study is done once."""
    return _study_of(tuple(map(canonical_json, scenarios)), runs, requests, seed, engine)


@cache
def _study_of(
    resolved: tuple[str, ...], runs: int, requests: int | None, seed: int, engine: str
) -> StudyResult:
    scenarios = [scenario_of(one) for one in resolved]
    return simulate_study(scenarios, runs=runs, requests=requests, seed=seed, engine=engine, workers=1)


def summary_of(*scenarios: Scenario[Quantity], **study: Any) -> dict[str, Any]:
    """What ``compare --json`` prints of a study of scenarios."""
    result = study_of(*scenarios, **study)
    return plain(
        summarise(
            scenarios,
            weeks=result.weeks,
            latencies=result.latencies,
            actions=result.actions,
            shards=result.shards,
            totals=run_totals(result.weeks, scenarios),
            outlook=result.recommendation_input,
        )
    )
