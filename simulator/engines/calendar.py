"""The calendar that both engines share: open the week, let an engine tell the waiting, close the week."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from simulator.arrays import Array, Ints
from simulator.company import OpenedWeek, Setting, close_week, first_state, open_week
from simulator.draws.requests import draw_requests
from simulator.people.process import HiringWeek
from simulator.serving.measure import Measured, measure
from simulator.serving.served import Served
from simulator.serving.traffic import WINDOWS
from simulator.serving.work import RequestWork, work_of
from simulator.units import TICKS_PER_MS


@dataclass(frozen=True, kw_only=True)
class Told:
    """What an engine says of a week."""

    served: Served | None
    """Of the week's windows; None where none was asked for."""
    hiring: HiringWeek
    ramp_week: Ints
    """Week in which each person's buddy took charge, (p, lanes)."""


class Engine(Protocol):
    """Tells the waiting of a block of runs, one week after the other."""

    def tell(self, opened: OpenedWeek, work: RequestWork | None) -> Told:
        """Simulate the week: its windows, if there are any, and its hiring."""


@dataclass(kw_only=True)
class Block:
    """The results of a block of runs."""

    columns: dict[str, Array] = field(default_factory=dict)
    """(weeks, lanes) each."""
    latency_counts: list[Ints] = field(default_factory=list)
    """For each week, rows of window, bin, count over all lanes, (rows, 3)."""
    placed_week: Ints = field(default_factory=lambda: np.empty((0, 0), dtype=np.int64))
    """First week with each action in place, -1 where there was none, (actions, lanes)."""


Watcher = Callable[[OpenedWeek, RequestWork | None, Told], None]
"""Sees each week as it was told; for verification."""


def simulate(
    setting: Setting, engine: Engine, *, requests: int | None, watch: Watcher | None = None
) -> Block:
    """Run a block from its first week to its last.

    Args:
        setting: of the block.
        engine: a new one.
        requests: in each window; None serves nothing and leaves out what would have been measured.
        watch: called after each week.
    """
    state = first_state(setting)
    weeks, block = [], Block(placed_week=np.full((len(setting.inputs.plan), setting.lanes), -1))
    for week in range(setting.weeks):
        opened = open_week(setting, state, week)
        block.placed_week[opened.in_place & (block.placed_week < 0)] = week
        work = None if requests is None else _work(setting, opened, requests)
        told = engine.tell(opened, work)
        measured = None
        if work is not None and told.served is not None:
            measured = _measure(setting, opened, work, told.served)
            block.latency_counts.append(_latency_counts(measured))
        state, columns = close_week(setting, opened, told.ramp_week, told.hiring, measured)
        weeks.append(columns)
        if watch is not None:
            watch(opened, work, told)
    block.columns = {name: np.stack([columns[name] for columns in weeks]) for name in weeks[0]}
    return block


def _work(setting: Setting, opened: OpenedWeek, requests: int) -> RequestWork:
    scenario = setting.scenario
    draws = draw_requests(
        setting.streams,
        opened.week,
        windows=len(WINDOWS),
        requests=requests,
        service_shape=scenario.service.distribution,
        query_shape=scenario.database.distribution,
    )
    return work_of(draws, opened.load)


def _measure(setting: Setting, opened: OpenedWeek, work: RequestWork, served: Served) -> Measured:
    response, windows = setting.inputs.response, setting.scenario.windows

    def ticks(duration_ms: Array) -> Ints:
        return np.repeat(np.rint(duration_ms * TICKS_PER_MS).astype(np.int64), len(WINDOWS))

    return measure(
        work,
        opened.load,
        served,
        warmup=int(windows.warmup_share * work.arrive.shape[1]),
        fixed_ticks=ticks(response.fixed_ms),
        deadline_ticks=ticks(response.deadline_ms),
        background_error_share=np.repeat(response.background_error_share, len(WINDOWS)),
    )


def _latency_counts(measured: Measured) -> Ints:
    """Pooled histogram of the week, sparse: integers, so pooling blocks in any order gives the same."""
    rows = []
    for window in range(len(WINDOWS)):
        bins = measured.latency_bins[window :: len(WINDOWS)]
        counts = np.bincount(bins[bins >= 0])
        at = np.flatnonzero(counts)
        rows.append(np.stack([np.full(len(at), window), at, counts[at]], axis=1))
    return np.concatenate(rows)
