"""A sweep goes this way, from a scenario and values of its keys to a summary and a results folder."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from simulator.cli.computed import computed_by
from simulator.cli.former import tell_former_keys
from simulator.cli.kept import Made, Simulated, in_results_folder
from simulator.cli.named import command_line, slug
from simulator.cli.options import SWEEP_REQUESTS, StudyOptions, WrongInput
from simulator.report.folder.manifest import manifest
from simulator.report.folder.plain import plain
from simulator.report.summary.sweep import cell_result, cells_csv, cells_frame, sweep_summary
from simulator.report.writers.sweep_table import sweep_markdown
from simulator.scenario.grid import Axis, Cell, axes_of, cells_of
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.resolve import scenario_hash
from simulator.scenario.root import Scenario
from simulator.sizing.window_size import window_size
from simulator.study import FolderStore, groups_of, simulate_study
from simulator.study.simulate import Progress

REQUESTS = "windows.requests"


@dataclass(frozen=True, kw_only=True)
class _Grid:
    """A grid is swept by these options."""

    written: Scenario[Quantity]
    axes: tuple[Axis, ...]
    cells: tuple[Cell, ...]
    objectives: tuple[str, ...]
    options: StudyOptions
    command: str


def swept(
    file: Path, over: Sequence[str], options: StudyOptions, *, objectives: tuple[str, ...]
) -> Simulated:
    """Simulate every cell of the grid in one study, and write its results folder.

    Raises:
        ScenarioError: for an input that cannot be used, before anything is simulated.
        WrongInput: for options that do not go together, and a place that cannot hold results.
    """
    written = load_scenario(file)
    tell_former_keys([file])
    axes = axes_of(file, over)
    options = _with_requests(options, written, axes)
    cells = cells_of(file, axes, {} if options.requests is None else {REQUESTS: options.requests})
    also = [word for text in over for word in ("--over", text)]
    also += [word for name in objectives for word in ("--objective", name)]
    grid = _Grid(
        written=written,
        axes=axes,
        cells=cells,
        objectives=objectives,
        options=options,
        command=command_line("sweep", [file], options, also=also),
    )
    return in_results_folder(
        "sweep",
        [cell.scenario for cell in cells],
        options,
        name=f"{slug(written.scenario.name)}-sweep",
        make=lambda store, advance: _made(grid, store, advance),
    )


def _with_requests(options: StudyOptions, written: Scenario[Quantity], axes: Sequence[Axis]) -> StudyOptions:
    """The options with the requests of a window decided: swept, given, the scenario's own or the default."""
    if all(axis.key not in (REQUESTS, "windows") for axis in axes):
        usual = written.windows.requests or min(SWEEP_REQUESTS, window_size(written, options.engine))
        return replace(options, requests=options.requests or usual)
    if options.requests is not None:
        raise WrongInput(f"{REQUESTS}: must be swept or given as --requests, got both")
    return options


def _made(grid: _Grid, store: FolderStore, advance: Progress) -> Made:
    options = grid.options
    with computed_by(options) as by:
        study = simulate_study(
            [cell.scenario for cell in grid.cells],
            runs=options.runs,
            requests=options.requests,
            seed=options.seed,
            sampling=options.sampling,
            engine=options.engine,
            store=store,
            progress=advance,
            block=options.block,
            served=options.served,
            outlook=False,  # cells are variants of one plan, no paths to weigh against each other
            **by,
        )
    # Cell by cell from the store: looking one up in the tables of all would read all of them each time.
    results = [
        cell_result(
            cell,
            weeks=store.weeks(groups_of(at, options.runs)),
            latencies=store.latencies(groups_of(at, options.runs)),
            actions=store.actions(groups_of(at, options.runs)),
            shards=store.shards(groups_of(at, options.runs)),
            sampling=options.sampling,
        )
        for at, cell in enumerate(grid.cells)
    ]
    name = grid.written.scenario.name
    summary = plain(sweep_summary(results, name=name, axes=grid.axes, objectives=grid.objectives))
    cells = cells_frame(summary)
    frames = {
        "weeks": study.weeks,
        "runs": pl.concat([of.totals for of in results]),
        "latencies": study.latencies,
        "actions": study.actions,
        "shards": study.shards,
        "cells": cells,
    }
    origin = manifest(
        [grid.written],
        command=grid.command,
        runs=options.runs,
        served=options.served,
        requests=options.requests,
        seed=options.seed,
        sampling=options.sampling,
        engine=options.engine,
        frames=frames,
    )
    origin["cells"] = plain(
        [{"cell": c.number, "values": c.values, "sha256": scenario_hash(c.scenario)} for c in grid.cells]
    )
    texts = {"cells.csv": cells_csv(cells), "README.md": sweep_markdown(grid.command, summary)}
    return Made(manifest=origin, summary=summary, frames=frames, texts=texts)
