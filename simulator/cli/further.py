"""``compare`` simulates more than the scenarios themselves with ``--cross`` and ``--sobol``."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl

from simulator.cli.computed import By
from simulator.cli.options import StudyOptions, WrongInput
from simulator.cli.progress import progress_bar
from simulator.report.folder.plain import plain
from simulator.risk.crossing import MisfitError, check_pairs, cross_totals, one_demand_totals
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.faults import Fault, ScenarioError
from simulator.scenario.root import Scenario
from simulator.study import FolderStore


@dataclass(frozen=True, kw_only=True)
class Further:
    """These studies are simulated beside the scenarios themselves."""

    cross: bool
    """Every plan on every demand path."""
    sobol: int
    """Blocks of points for Sobol indices; 0 for none."""

    def words(self) -> list[str]:
        """Write the options as on a command line."""
        return ["--cross"] * self.cross + (["--sobol", str(self.sobol)] if self.sobol else [])

    def check(self, files: Sequence[Path], scenarios: Sequence[Scenario[Quantity]]) -> None:
        """Refuse scenarios that it cannot be simulated for, before anything is."""
        if self.sobol:
            _check_salib()
            _check_independent(files, scenarios)
        if self.cross:
            _check_pairs(scenarios)


NOTHING_FURTHER = Further(cross=False, sobol=0)


def crossed_runs(
    scenarios: Sequence[Scenario[Quantity]], runs: int, options: StudyOptions, by: By, store: FolderStore
) -> pl.DataFrame:
    """Simulate every plan on every demand path, with a progress bar; ``store`` keeps what is done."""
    with progress_bar("cross") as advance:
        return cross_totals(
            scenarios,
            runs=runs,
            seed=options.seed,
            sampling=options.sampling,
            engine=options.engine,
            block=options.block,
            store=store,
            progress=advance,
            **by,
        )


def idle_beside(
    scenarios: Sequence[Scenario[Quantity]],
    weeks: pl.DataFrame | pl.LazyFrame,
    runs: int,
    options: StudyOptions,
    by: By,
) -> pl.DataFrame:
    """Simulate doing nothing beside scenarios that answer one demand, so that they can be ranked."""
    return one_demand_totals(
        scenarios,
        weeks,
        runs=runs,
        seed=options.seed,
        sampling=options.sampling,
        engine=options.engine,
        block=options.block,
        **by,
    )


def add_sobol(summary: dict[str, Any], scenarios: Sequence[Scenario[Quantity]], base: int, seed: int) -> None:
    """Put each scenario's Sobol indices into its part of the summary."""
    from simulator.risk.sensitivity import sobol_of  # needs SALib, which may not be there

    for found, scenario in zip(summary["scenarios"], scenarios, strict=True):
        with progress_bar(f"sobol {scenario.scenario.name}") as advance:
            advance(0, 1)
            found["sobol"] = plain(sobol_of(scenario, base=base, seed=seed))
            advance(1, 1)


def _check_pairs(scenarios: Sequence[Scenario[Quantity]]) -> None:
    try:
        check_pairs(scenarios)
    except MisfitError as error:
        raise WrongInput(f"--cross: {error}") from None


def _check_salib() -> None:
    """An extra, for --sobol alone: it brings pandas and matplotlib."""
    if find_spec("SALib") is None:
        raise WrongInput("--sobol: must find SALib (pip install 'growthsim[sobol]'), got none")


def _check_independent(files: Sequence[Path], scenarios: Sequence[Scenario[Quantity]]) -> None:
    """Sobol indices share out variance among inputs that are independent."""
    for file, scenario in zip(files, scenarios, strict=True):
        if scenario.correlation:
            required = "must be empty for --sobol, which takes inputs to be independent"
            got = f"{len(scenario.correlation)} correlated pairs"
            raise ScenarioError(file, [Fault(key="correlation", required=required, got=got)])
