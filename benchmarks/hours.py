"""What the arithmetic of the hours takes, over the rest of a block of runs that serves no requests.

Processor time of both in the same block: of the shipped scenarios, and of a company without a plan that
every week overloads from its first hour to its last. A block of fewer runs has a higher ratio, as a call of a
function counts the more the less it computes.
"""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any
from unittest.mock import patch

from record import digits, seconds, settle_memory, table

from simulator.company import Setting, closing, service
from simulator.draws.streams import Streams
from simulator.engines.calendar import simulate
from simulator.engines.drive import ENGINES
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.discover import scenario_files
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario
from simulator.study.jobs import LANES_PER_BLOCK

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
SEED = 1
REPETITIONS = 3
OVERLOADED: dict[str, Any] = {"plan": [], "demand.users": 3_000_000, "scenario.horizon_months": 6}
"""Laid over a shipped scenario: four times the users that it serves."""


@contextmanager
def timed_hours(spent: list[float]) -> Iterator[None]:
    """Add the processor time of every week's hours to a list."""
    told = closing.service_of_week

    def telling(*given: Any, **named: Any) -> Any:
        began = process_time()
        week = told(*given, **named)
        spent.append(process_time() - began)
        return week

    with ExitStack() as patched:
        for module in (closing, service):
            patched.enter_context(patch.object(module, "service_of_week", telling))
        yield


def hours_over_rest(scenario: Scenario[Quantity], runs: int) -> float:
    """Processor time of the hours over that of everything else in a block without requests."""
    spent: list[float] = []

    def block() -> None:
        setting = Setting.of(scenario, Streams(SEED, range(runs)))
        simulate(setting, ENGINES["lanes"](setting), requests=None)

    with timed_hours(spent):
        whole = seconds(block)
    return sum(spent) / (whole - sum(spent))


def main() -> None:
    """Print the ratio of each scenario: median, least and most of some repetitions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--runs", type=int, default=LANES_PER_BLOCK, help="of the block (default: %(default)s)"
    )
    runs = parser.parse_args().runs
    shipped = {path.stem: load_scenario(path) for path in scenario_files([SCENARIOS])}
    overloaded = load_scenario(SCENARIOS / "hypergrowth.toml", OVERLOADED)
    rows = []
    settle_memory()
    for name, scenario in (shipped | {"overloaded every week": overloaded}).items():
        ratios = [hours_over_rest(scenario, runs) for _ in range(REPETITIONS)]
        rows.append([name, *map(digits, (median(ratios), min(ratios), max(ratios)))])
    print(table(["hours over the rest", "median", "least", "most"], rows), end="")


if __name__ == "__main__":
    main()
