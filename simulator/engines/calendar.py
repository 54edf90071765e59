"""Both engines share this calendar: open the week, let an engine simulate the waiting, close the week."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from simulator.arrays import Array, Floats, Ints
from simulator.company import OpenedWeek, Setting, close_week, first_state, open_week
from simulator.draws.requests import draw_requests
from simulator.people.process import HiringWeek
from simulator.serving.demand.traffic import WINDOWS
from simulator.serving.measured.window import Measured, joined, measure
from simulator.serving.window.served import Served
from simulator.serving.window.work import CellLoad, RequestWork, work_of
from simulator.units import TICKS_PER_MS, TICKS_PER_WEEK, OutOfRangeError, whole_ticks

GROUP = 64
"""Runs whose results are pooled and kept together, whatever the blocks they are computed in."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """An engine's results of a week."""

    served: Served | None
    """Requests served in the week's windows; None where none was asked for."""
    hiring: HiringWeek
    ramp_week: Ints
    """Week in which each person's buddy took charge, (p, lanes)."""


class Engine(Protocol):
    """An engine simulates the waiting of a block of runs, one week after the other."""

    def begin(self, opened: OpenedWeek) -> None:
        """Let the week's candidates and newcomers come."""

    def serve(self, work: RequestWork, load: CellLoad) -> Served:
        """Simulate windows of the week: all of them, or those of some lanes after those of others."""

    def finish(self, opened: OpenedWeek) -> tuple[HiringWeek, Ints]:
        """End the week; give its hiring, and the week in which each buddy took charge, (p, lanes)."""


@dataclass(kw_only=True)
class Block:
    """The results of a block of runs."""

    columns: dict[str, Array] = field(default_factory=dict)
    """Weekly columns by name, (weeks, lanes) each."""
    latency_counts: list[Ints] = field(default_factory=list)
    """Pooled latency histograms, one entry a week: rows of group, window, bin and count, (rows, 4)."""
    placed_week: Ints = field(default_factory=lambda: np.empty((0, 0), dtype=np.int64))
    """First week with each action in place, -1 where there was none, (actions, lanes)."""
    shard_load_share: Floats = field(default_factory=lambda: np.empty((0, 0)))
    """Share of each shard in the database's load in the last peak hour, (s, lanes)."""
    shard_saturated_week: Ints = field(default_factory=lambda: np.empty((0, 0), dtype=np.int64))
    """First week whose requests offer a shard all that it can do in the peak hour, whatever is copied beside;
    -1 where there was none, (s, lanes)."""


@dataclass(frozen=True, kw_only=True)
class SimulatedWeek:
    """A week of a block: its opening, an engine's results, and its close."""

    opened: OpenedWeek
    work: RequestWork | None
    told: Told
    columns: dict[str, Array]
    """Weekly columns by name, (lanes,) each."""
    latency_counts: Ints | None
    """The counts are as in ``Block``; None where nothing was served."""


def simulate_weeks(
    setting: Setting, engine: Engine, *, requests: int | None, lanes_at_once: int | None = None
) -> Iterator[SimulatedWeek]:
    """Run a block from its first week to its last, a week at a time.

    Args:
        setting: of the block.
        engine: a new one.
        requests: in each window; None serves nothing and leaves out what would have been measured.
        lanes_at_once: windows of so many lanes are drawn, served, measured and forgotten before the next, to
            bound the memory; None serves all at once and tells them.
    """
    state = first_state(setting)
    for week in range(setting.weeks):
        opened = open_week(setting, state, week)
        engine.begin(opened)
        parts = [] if requests is None else _parts(setting.lanes, lanes_at_once)
        work = served = None
        found = []
        for lanes in parts:
            cells = slice(lanes.start * len(WINDOWS), lanes.stop * len(WINDOWS))
            work = _work(setting, opened, requests or 0, lanes)
            served = engine.serve(work, opened.load.of(cells))
            found.append(_measure(setting, opened.load.of(cells), lanes, work, served))
        measured = joined(found) if found else None
        hiring, ramp_week = engine.finish(opened)
        state, columns = close_week(setting, opened, ramp_week, hiring, measured)
        kept = len(parts) == 1
        yield SimulatedWeek(
            opened=opened,
            work=work if kept else None,
            told=Told(served=served if kept else None, hiring=hiring, ramp_week=ramp_week),
            columns=columns,
            latency_counts=None if measured is None else _latency_counts(measured, setting.streams.runs),
        )


def simulate(
    setting: Setting, engine: Engine, *, requests: int | None, lanes_at_once: int | None = None
) -> Block:
    """Run a block from its first week to its last; arguments as in ``simulate_weeks``."""
    shards = (setting.shards_max, setting.lanes)
    weeks = []
    block = Block(
        placed_week=np.full((len(setting.inputs.plan), setting.lanes), -1),
        shard_load_share=np.zeros(shards),
        shard_saturated_week=np.full(shards, -1),
    )
    for week in simulate_weeks(setting, engine, requests=requests, lanes_at_once=lanes_at_once):
        block.placed_week[week.opened.in_place & (block.placed_week < 0)] = week.opened.week
        _note_shards(block, week.opened)
        weeks.append(week.columns)
        if week.latency_counts is not None:
            block.latency_counts.append(week.latency_counts)
    block.columns = {name: np.stack([columns[name] for columns in weeks]) for name in weeks[0]}
    return block


def _note_shards(block: Block, opened: OpenedWeek) -> None:
    offered = opened.offered
    there = len(offered.shard)  # a run may come to more
    since = block.shard_saturated_week[:there]
    since[(offered.shard >= 1) & (since < 0)] = opened.week
    block.shard_load_share[:] = 0.0
    block.shard_load_share[:there] = offered.load_share


def _parts(lanes: int, at_once: int | None) -> list[slice]:
    size = at_once or lanes
    return [slice(first, min(first + size, lanes)) for first in range(0, lanes, size)]


def _work(setting: Setting, opened: OpenedWeek, requests: int, lanes: slice) -> RequestWork:
    scenario, calling = setting.scenario, opened.load.calling
    draws = draw_requests(
        setting.streams,
        opened.week,
        lanes=lanes,
        windows=len(WINDOWS),
        requests=requests,
        service_shape=scenario.service.distribution,
        query_shape=scenario.database.distribution,
        parts=None if calling.is_plain else calling.parts(int(opened.load.shards.max())),
    )
    work = work_of(draws, opened.load.of(slice(lanes.start * len(WINDOWS), lanes.stop * len(WINDOWS))))
    last = int(work.arrive[:, -1].max())
    if last >= TICKS_PER_WEEK:
        raise OutOfRangeError(
            f"the {requests:,} requests of a window must come within its week, "
            f"got {last / TICKS_PER_WEEK:.3g} weeks in week {opened.week}: a smaller "
            "windows.requests, or --requests, suits so few users"
        )
    return work


def _measure(setting: Setting, load: CellLoad, lanes: slice, work: RequestWork, served: Served) -> Measured:
    response, windows = setting.inputs.response, setting.scenario.windows

    def ticks(duration_ms: Array) -> Ints:
        return np.repeat(whole_ticks(duration_ms[lanes] * TICKS_PER_MS), len(WINDOWS))

    return measure(
        work,
        load,
        served,
        warmup=int(windows.warmup_share * work.arrive.shape[1]),
        fixed_ticks=ticks(response.constant_ms),
        deadline_ticks=ticks(response.deadline_ms),
        background_error_share=np.repeat(response.background_error_share[lanes], len(WINDOWS)),
    )


def _latency_counts(measured: Measured, runs: range) -> Ints:
    """Give the week's latency histograms, pooled over each group of runs, sparse.

    They are counts, so pooling blocks in any order gives the same.
    """
    rows = []
    for group, lanes in group_lanes(runs).items():
        for window in range(len(WINDOWS)):
            cells = slice(lanes.start * len(WINDOWS) + window, lanes.stop * len(WINDOWS), len(WINDOWS))
            bins = measured.latency_bins[cells]
            counts = np.bincount(bins[bins >= 0])
            at = np.flatnonzero(counts)
            rows.append(np.column_stack([np.full((len(at), 2), (group, window)), at, counts[at]]))
    return np.concatenate(rows)


def group_lanes(runs: range) -> dict[int, slice]:
    """Give the lanes of each group of ``GROUP`` runs of which a block holds some, by the group's number.

    >>> group_lanes(range(60, 70))
    {0: slice(0, 4, None), 1: slice(4, 10, None)}
    """
    groups = range(runs.start // GROUP, (runs.stop - 1) // GROUP + 1)
    return {
        group: slice(max(group * GROUP - runs.start, 0), min((group + 1) * GROUP, runs.stop) - runs.start)
        for group in groups
    }
