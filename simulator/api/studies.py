"""Scenarios simulated and compared for notebooks: ``load``, ``simulate``, ``compare``."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import plotly.graph_objects as go
import polars as pl

from simulator.api.choices import (
    check_sobol,
    cross_frame,
    evpi_frame,
    regret_frame,
    sobol_frame,
    with_sobol,
)
from simulator.arrays import Floats
from simulator.check.differences import comparable
from simulator.check.figures import column_of, figures_in
from simulator.draws.streams import Sampling
from simulator.report.summary.crossed import with_cross, with_one_demand
from simulator.report.summary.simulated import studied
from simulator.report.writers.heat import regret_figure
from simulator.report.writers.pairs import differences_figure
from simulator.risk.crossing import check_pairs, cross_totals, one_demand_totals
from simulator.risk.estimates import paired_difference
from simulator.risk.groups import intervals_of_summary
from simulator.risk.statements import demand_weights
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.discover import scenario_files
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario
from simulator.study import simulate_study
from simulator.study.cross import one_demand

Plan = Scenario[Quantity]
"""A scenario as its file describes it, with every rule checked."""
EXAMPLE = Path(str(files("simulator.scenario"))) / "starter" / "growth.toml"
"""The scenario that ``growthsim init`` writes."""
RUNS, SERVED = 1_000, 64
"""Runs of a study unless it says so, and those of them whose requests are simulated."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """The results of a study: its summary, its tables, and figures drawn from them."""

    plans: tuple[Plan, ...]
    summary: dict[str, Any]
    """The summary of the study, as ``growthsim compare --json`` prints it."""
    frames: dict[str, pl.DataFrame]
    """The tables of a results folder, by the names of their files."""

    @property
    def weeks(self) -> pl.DataFrame:
        """One row for each scenario, run and week."""
        return self.frames["weeks"]

    @property
    def runs(self) -> pl.DataFrame:
        """One row for each scenario and run: its totals over the horizon."""
        return self.frames["runs"]

    def figures(self) -> pl.DataFrame:
        """Every figure of the summary: scenario, figure, value, se, low, high.

        A value is infinite where a latency is that of a saturated week, or a first week never comes; ``se``
        is null where a figure has none.

        >>> result = simulate(EXAMPLE, runs=2, requests=64)
        >>> result.figures().filter(figure="headcount_end.mean").columns
        ['scenario', 'figure', 'value', 'se', 'low', 'high']
        """
        rows = [
            {"scenario": scenario["name"], "figure": path, **asdict(figure)}
            for scenario in self.summary["scenarios"]
            for path, figure in figures_in(scenario)
        ]
        schema = dict.fromkeys(("scenario", "figure"), pl.String) | dict.fromkeys(
            ("value", "se", "low", "high"), pl.Float64
        )
        return pl.DataFrame(rows, schema=schema)

    def differences(self, figure: str = "cost_total_eur") -> pl.DataFrame:
        """Second less first of each pair of scenarios, run by run under the same luck, with its interval.

        Runs with a saturated week have no latency, and are left out of its difference.

        Args:
            figure: one that every run has, as ``runs`` or the summary calls it.

        Raises:
            ValueError: where runs have no such figure.

        >>> more = load(EXAMPLE, {"scenario.name": "More people", "hiring.headcount_added": 8})
        >>> found = compare([EXAMPLE, more], runs=2, requests=64).differences("hires")
        >>> found.select("second", "first", "runs").rows()
        [('More people', 'Growth by a half', 2)]
        """
        column = column_of(self.runs, figure)
        if column is None:
            raise ValueError(f"figure must be one of {', '.join(self.runs.columns[2:])}, got {figure!r}")
        names = [plan.scenario.name for plan in self.plans]
        of = {name: self._values(name, column) for name in names}
        rows = []
        for first, second in combinations(names, 2):
            pair = comparable(of[first], of[second])
            with intervals_of_summary(self.summary["scenarios"][0]):
                found = paired_difference(*pair) if len(pair[0]) else None
            estimate = (found.estimate, found.se, found.low, found.high) if found else (math.nan,) * 4
            rows.append((first, second, figure, len(pair[0]), *estimate))
        schema = {
            **dict.fromkeys(("first", "second", "figure"), pl.String),
            "runs": pl.Int64,
            **dict.fromkeys(("difference", "se", "low", "high"), pl.Float64),
        }
        return pl.DataFrame(rows, schema=schema, orient="row").fill_nan(None)

    def differences_figure(self, figure: str = "cost_total_eur") -> go.Figure:
        """Draw ``differences`` with their intervals.

        >>> more = load(EXAMPLE, {"scenario.name": "More people", "hiring.headcount_added": 8})
        >>> picture = compare([EXAMPLE, more], runs=2, requests=64).differences_figure("hires")
        >>> picture.data[0].y
        ('More people less Growth by a half',)
        """
        return differences_figure(self.differences(figure))

    def cross(self) -> pl.DataFrame:
        """Every plan on every demand path: weight of the path, then means over the runs with standard errors.

        ``cost_eur`` is the increment over standing still, ``labour_eur`` the features that work on the plan
        gives up, ``loss_eur`` revenue that does not come in, ``total_eur`` cost and loss, ``regret_eur`` the
        excess over the best plan of that path and run.

        Raises:
            ValueError: where the study was made without ``cross``.

        >>> found = compare([EXAMPLE], runs=2, requests=64, cross=True).cross()
        >>> found.filter(demand="Growth by a half").select("plan", "weight").rows()
        [('Growth by a half', 0.75), ('do nothing', 0.75)]
        """
        return cross_frame(self.summary)

    def regret(self) -> pl.DataFrame:
        """Give the regret of each plan and ``p_best``, its probability of being the best, with its interval.

        The mean and p90 are over weighted paths and runs; ``worst_eur`` is the largest mean over the paths.

        Raises:
            ValueError: where the study was made without ``cross``.

        >>> found = compare([EXAMPLE], runs=2, requests=64, cross=True).regret()
        >>> found["p_best"].sum(), found["regret_eur"].min() >= 0
        (1.0, True)
        """
        return regret_frame(self.summary)

    def evpi(self) -> pl.DataFrame:
        """Give the value of perfect information: one row for the weights of the study, then those of a grid.

        Beside it the plan with the least expected cost at those weights, and in the first row what knowing
        the demand alone, as a forecast may, is worth.

        Raises:
            ValueError: where the study was made without ``cross``.

        >>> found = compare([EXAMPLE], runs=2, requests=64, cross=True).evpi()
        >>> found.columns
        ['weight.Growth by a half', 'best', 'evpi_eur', 'se', 'evpi_demand_eur']
        """
        return evpi_frame(self.summary)

    def regret_figure(self) -> go.Figure:
        """Draw the mean regret of each plan on each demand path.

        Raises:
            ValueError: where the study was made without ``cross``.

        >>> picture = compare([EXAMPLE], runs=2, requests=64, cross=True).regret_figure()
        >>> picture.data[0].x
        ('Growth by a half', 'growth observed')
        """
        return regret_figure(self.cross())

    def sobol(self) -> pl.DataFrame:
        """Sobol indices of the total cost: scenario, key, first and total index with half widths (95 %).

        Raises:
            ValueError: where the study was made without ``sobol``.

        >>> found = compare([EXAMPLE], runs=2, requests=64, sobol=2).sobol()
        >>> found.columns
        ['scenario', 'key', 'first', 'first_half_width', 'total', 'total_half_width']
        """
        return sobol_frame(self.summary)

    def _values(self, name: str, column: str) -> Floats:
        own = self.runs.filter(pl.col("scenario") == name).sort("run")
        return own[column].to_numpy().astype(np.float64)


def load(path: Path | str, overrides: Mapping[str, Any] | None = None) -> Plan:
    """Read and check a scenario file, with its bases and prices.

    Args:
        path: of the file.
        overrides: values at dotted keys, in place of what is written there.

    Raises:
        ScenarioError: with every fault at once.

    >>> load(EXAMPLE, {"hiring.headcount_added": 8}).hiring.headcount_added
    8
    """
    return load_scenario(path, overrides)


def simulate(
    plan: Plan | Path | str,
    *,
    runs: int = RUNS,
    served: int | None = SERVED,
    requests: int | None = None,
    seed: int = 1,
    engine: str = "lanes",
    sampling: Sampling = "random",
    workers: int = 1,
) -> Result:
    """Simulate one scenario; see ``compare``.

    >>> result = simulate(EXAMPLE, runs=2, requests=64)
    >>> result.weeks.select("scenario", "run", "week").tail(1).rows()
    [('Growth by a half', 1, 51)]
    """
    return compare(
        [plan],
        runs=runs,
        served=served,
        requests=requests,
        seed=seed,
        engine=engine,
        sampling=sampling,
        workers=workers,
    )


def compare(  # noqa: PLR0913 a study is its inputs and how it is computed
    plans: Sequence[Plan | Path | str],
    *,
    runs: int = RUNS,
    served: int | None = SERVED,
    requests: int | None = None,
    seed: int = 1,
    engine: str = "lanes",
    sampling: Sampling = "random",
    workers: int = 1,
    cross: bool = False,
    sobol: int | None = None,
) -> Result:
    """Simulate scenarios side by side, each run under the same luck in all of them.

    Args:
        plans: scenarios, their files, or folders of files.
        runs: independent runs of each.
        served: of these, how many have their requests simulated, which latency and measured utilisation rest
            on; None for all.
        requests: in each window; None takes what the scenario or the rule says.
        seed: of all randomness; the same seed gives the same result.
        sampling: how what a run has once is drawn, ``random`` or ``sobol``; see ``growthsim run --help``.
        engine: ``lanes``, or ``events`` for the SimPy reference.
        workers: processes; more than this one need a script that can be imported (``__name__`` guarded).
        cross: simulate every plan, and doing nothing, on every demand path too; see ``Result.cross``.
        sobol: blocks of points for Sobol indices of the cost, a power of 2 as 64; see ``Result.sobol``.

    Raises:
        ScenarioError: for a file that cannot be used.
        ValueError: for scenarios that cannot be compared, none or of the same name; with ``cross`` where a
            plan does not fit a demand, with ``sobol`` where inputs are correlated.
        ImportError: with ``sobol`` where SALib is not installed.

    >>> slower = load(EXAMPLE, {"scenario.name": "Slower", "demand.users_growth_share": 0.2})
    >>> result = compare([EXAMPLE, slower], runs=2, requests=64)
    >>> result.runs.select("scenario", "run").rows()
    [('Growth by a half', 0), ('Growth by a half', 1), ('Slower', 0), ('Slower', 1)]
    """
    found = [one for plan in plans for one in _plans(plan)]
    names = [plan.scenario.name for plan in found]
    if not found or len(set(names)) < len(names):
        raise ValueError(f"plans must be at least one, with different names, got {names}")
    demand_weights(found)
    if cross:
        check_pairs(found)
    if sobol is not None:
        check_sobol(found, sobol)
    result = simulate_study(
        found,
        runs=runs,
        served=served,
        requests=requests,
        seed=seed,
        sampling=sampling,
        engine=engine,
        workers=workers,
    )
    told = studied(found, result, seed=seed, sampling=sampling)
    summary = told.summary
    frames = {name: frame.lazy().collect() for name, frame in told.frames.items()}
    if cross:
        frames["cross"] = cross_totals(
            found, runs=runs, seed=seed, engine=engine, sampling=sampling, workers=workers
        )
        summary = with_cross(summary, found, frames["cross"])
    elif len(found) > 1 and one_demand(found):
        compared = one_demand_totals(
            found, frames["weeks"], runs=runs, seed=seed, sampling=sampling, engine=engine, workers=workers
        )
        summary = with_one_demand(summary, found, compared)
    if sobol is not None:
        summary = with_sobol(summary, found, base=sobol, seed=seed)
    return Result(plans=tuple(found), summary=summary, frames=frames)


def _plans(plan: Plan | Path | str) -> list[Plan]:
    if isinstance(plan, Scenario):
        return [plan]
    return [load_scenario(file) for file in scenario_files([plan])]
