"""A short study and the hashes of what it finds."""

from typing import Any

from simulator.report.folder.manifest import column_hash
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.study import StudyResult, simulate_study

RUNS = 70
"""Two groups, the second not full."""


def study(scenario: Scenario[Quantity], runs: int = RUNS, **how: Any) -> StudyResult:
    """Short windows: what is tested does not depend on their length."""
    return simulate_study([scenario], runs=runs, requests=64, seed=5, **how)


def hashes(result: StudyResult) -> tuple[str, ...]:
    """Of every table."""
    return tuple(
        column_hash(table) for table in (result.weeks, result.latencies, result.actions, result.shards)
    )
