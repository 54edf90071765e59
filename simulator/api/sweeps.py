"""A grid of variants of a scenario for notebooks: ``sweep``."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from simulator.draws.streams import Sampling
from simulator.report.folder.plain import plain
from simulator.report.summary.sweep import cell_result, cells_frame, sweep_summary
from simulator.scenario.grid import Axis, cells_of
from simulator.scenario.reading.load import load_scenario
from simulator.study import groups_of, simulate_study
from simulator.study.store import MemoryStore


def sweep(  # noqa: PLR0913 a study is its inputs and how it is computed
    file: Path | str,
    over: Mapping[str, Sequence[Any]],
    *,
    objectives: Sequence[str] = ("cost", "slo_missed"),
    runs: int = 64,
    requests: int = 2_048,
    seed: int = 1,
    engine: str = "lanes",
    sampling: Sampling = "random",
    workers: int = 1,
) -> pl.DataFrame:
    """Simulate every combination of values of some keys on the same draws; one row a cell, with errors.

    Args:
        file: of the scenario.
        over: values by dotted key, as ``{"database.shards": [2, 4]}``.
        objectives: what the Pareto set keeps low, of cost, slo_missed, over_budget and loss.
        runs: independent runs of each cell.
        requests: in each window.
        seed: of all randomness.
        sampling: how what a run has once is drawn, ``random`` or ``sobol``.
        engine: ``lanes``, or ``events`` for the SimPy reference.
        workers: processes; more than this one need a script that can be imported (``__name__`` guarded).

    Raises:
        ScenarioError: for a file, keys or values that cannot be used.

    >>> from simulator.api.studies import EXAMPLE
    >>> cells = sweep(EXAMPLE, {"database.read_replicas": [0, 1]}, runs=2, requests=64)
    >>> cells["database.read_replicas"].to_list()
    ['0', '1']
    """
    path = Path(file)
    axes = tuple(Axis(key=key, values=tuple(values)) for key, values in over.items())
    cells = cells_of(path, axes, {"windows.requests": requests})
    store = MemoryStore()
    simulate_study(
        [cell.scenario for cell in cells],
        runs=runs,
        requests=requests,
        seed=seed,
        sampling=sampling,
        engine=engine,
        store=store,
        workers=workers,
        outlook=False,
    )
    results = [
        cell_result(
            cell,
            weeks=store.weeks(groups_of(at, runs)),
            latencies=store.latencies(groups_of(at, runs)),
            actions=store.actions(groups_of(at, runs)),
            shards=store.shards(groups_of(at, runs)),
            sampling=sampling,
        )
        for at, cell in enumerate(cells)
    ]
    name = load_scenario(path).scenario.name
    return cells_frame(plain(sweep_summary(results, name=name, axes=axes, objectives=objectives)))
