"""Commands that simulate go this way, from checked scenarios to a summary and a results folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from simulator.cli.computed import By, computed_by
from simulator.cli.former import tell_former_keys
from simulator.cli.further import NOTHING_FURTHER, Further, add_sobol, crossed_runs, idle_beside
from simulator.cli.kept import Made, Simulated, in_results_folder
from simulator.cli.named import command_line, default_name
from simulator.cli.options import StudyOptions
from simulator.cli.printer import say
from simulator.engines.calendar import GROUP
from simulator.report.folder.manifest import manifest
from simulator.report.ledger.focus import focus_ledger
from simulator.report.summary.crossed import with_cross, with_one_demand
from simulator.report.summary.simulated import studied
from simulator.risk.statements import demand_weights
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.faults import Fault, ScenarioError
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario
from simulator.study import FolderStore, simulate_study
from simulator.study.cross import one_demand, pairs
from simulator.study.looks import looks
from simulator.study.simulate import Progress


def simulated(
    verb: str,
    paths: Sequence[Path],
    files: Sequence[Path],
    options: StudyOptions,
    further: Further = NOTHING_FURTHER,
) -> Simulated:
    """Simulate the scenarios of ``files`` and write their results folder.

    What has been computed is kept beside that folder until the study is finished. ``further`` is simulated
    when it is.

    Raises:
        ScenarioError: for an input that cannot be used, before anything is simulated.
        WrongInput: for a place that cannot hold results.
    """
    overrides = {} if options.requests is None else {"windows.requests": options.requests}
    scenarios = [load_scenario(file, overrides) for file in files]
    tell_former_keys(files)
    check_weights(files[0], scenarios)
    further.check(files, scenarios)

    def make(store: FolderStore, advance: Progress) -> Made:
        with computed_by(options) as by:
            runs, frames, summary = _until_sure(scenarios, options, by, store, advance)
            if further.cross:
                frames["cross"] = totals = crossed_runs(scenarios, runs, options, by, store)
                summary = with_cross(summary, scenarios, totals)
            elif len(scenarios) > 1 and one_demand(scenarios):
                compared = idle_beside(scenarios, frames["weeks"], runs, options, by)
                summary = with_one_demand(summary, scenarios, compared)
        if further.sobol:
            add_sobol(summary, scenarios, further.sobol, options.seed)
        frames["ledger"] = focus_ledger(
            scenarios,
            seed=options.seed,
            sampling=options.sampling,
            weeks=frames["weeks"],
            actions=frames["actions"].lazy().collect(),
        )
        origin = manifest(
            scenarios,
            command=command_line(verb, paths, options, also=further.words()),
            runs=runs,
            served=options.served,
            requests=options.requests,
            seed=options.seed,
            sampling=options.sampling,
            engine=options.engine,
            frames=frames,
        )
        return Made(manifest=origin, summary=summary, frames=frames)

    also = [pair.scenario for pair in pairs(scenarios)] if further.cross else []
    return in_results_folder(
        verb, scenarios, options, name=default_name(paths, scenarios), make=make, also=also
    )


def _until_sure(
    scenarios: Sequence[Scenario[Quantity]],
    options: StudyOptions,
    by: By,
    store: FolderStore,
    progress: Progress,
) -> tuple[int, dict[str, pl.DataFrame | pl.LazyFrame], dict[str, Any]]:
    """Simulate, with --until-se at 64, 128, 256, ... runs; those numbers do not depend on the workers."""
    most = options.runs
    for runs in looks(most if options.until_se is None else GROUP, most):
        result = simulate_study(
            scenarios,
            runs=runs,
            requests=options.requests,
            seed=options.seed,
            sampling=options.sampling,
            engine=options.engine,
            store=store,
            progress=progress,
            block=options.block,
            served=options.served,
            **by,
        )
        found = studied(scenarios, result, seed=options.seed, sampling=options.sampling)
        if options.until_se is not None and _sure(found.summary, *options.until_se):
            break
    else:
        if options.until_se is not None:
            figure, wanted = options.until_se
            say(f"{figure}: its standard error is still above {wanted:g} after {most} runs.", err=True)
    return runs, found.frames, found.summary


def _sure(summary: dict[str, Any], figure: str, wanted: float) -> bool:
    """Tell if a figure's standard error is small enough in every scenario."""
    for scenario in summary["scenarios"]:
        found: Any = scenario
        for part in figure.split("."):
            found = found[part]
        if found["se"] is None or found["se"] > wanted:
            return False
    return True


def check_weights(file: Path, scenarios: Sequence[Scenario[Quantity]]) -> None:
    """Refuse scenarios that give their demand paths different weights."""
    try:
        demand_weights(scenarios)
    except ValueError as error:
        required, _, got = str(error).removeprefix("demand_weight: ").partition(", got ")
        raise ScenarioError(file, [Fault(key="demand_weight", required=required, got=got)]) from None
