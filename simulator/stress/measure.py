"""A load test measures its windows from starts and departures in ticks.

All sums are of integers, so they depend neither on their order nor on the engine.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.queueing.order import Outcome
from simulator.serving.calls.rows import HIT, Calls
from simulator.serving.window.served import Served, overlap
from simulator.serving.window.work import CellLoad, RequestWork

NONE = -1
"""Value in place of ticks for an event that did not happen."""


@dataclass(frozen=True, kw_only=True)
class TierMeasured:
    """The measurements of one tier, a row a cell."""

    wait: Ints
    """Ticks until a server took up each measured request or call, ``NONE`` where there is none, (c, k)."""
    busy: Ints
    """Server ticks within the window, (c,)."""
    present: Ints
    """Ticks spent at the tier within the window, waiting or served, (c,)."""
    servers: Ints
    """Number of servers of the tier over all its stations, (c,)."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The measurements of some windows, a row a cell."""

    latency: Ints
    """Ticks from arrival to answer, fixed part included, ``NONE`` for requests without an answer, (c, j)."""
    late: Ints
    """Number of answers after the deadline, (c,)."""
    answers: Ints
    """Number of answers within the window, (c,)."""
    span: Ints
    """Ticks of the window, (c,)."""
    tiers: dict[str, TierMeasured]


def measure(
    work: RequestWork,
    load: CellLoad,
    served: Served,
    *,
    warmup: int,
    fixed_ticks: Ints,
    deadline_ticks: Ints,
    tiers: Sequence[str],
) -> Measured:
    """Measure requests ``warmup``, … of every cell, and the tiers from the arrival before these on.

    The window ends with the last arrival; every request is followed to its end.
    """
    opens = work.arrive[:, warmup - 1] if warmup else np.zeros(len(work.arrive), dtype=np.int64)
    window = (opens[:, np.newaxis], work.arrive[:, -1][:, np.newaxis])
    finish = np.where(work.branch == HIT, served.service_end, served.back)
    answers = (finish > window[0]) & (finish <= window[1])
    latency = np.where(finish > 0, finish - work.arrive + fixed_ticks[:, np.newaxis], NONE)[:, warmup:]
    found = {"service": _service(work, load, served, warmup, window)}
    for tier in tiers[1:]:
        found[tier] = _database(tier, work.calls, load, served, warmup, window)
    return Measured(
        latency=latency,
        late=np.count_nonzero(latency > deadline_ticks[:, np.newaxis], axis=1),
        answers=np.count_nonzero(answers, axis=1),
        span=np.maximum(work.arrive[:, -1] - opens, 1),
        tiers=found,
    )


def _service(
    work: RequestWork, load: CellLoad, served: Served, warmup: int, window: tuple[Ints, Ints]
) -> TierMeasured:
    was_served = served.outcome == Outcome.SERVED
    gave_up = np.where(served.outcome == Outcome.GAVE_UP, work.arrive + load.patience[:, np.newaxis], 0)
    left = np.where(was_served, served.service_end, gave_up)
    return TierMeasured(
        wait=_waits(was_served, work.arrive, served.service_start, warmup),
        busy=overlap(served.service_start, served.service_end, *window).sum(axis=1),
        present=overlap(work.arrive, left, *window).sum(axis=1),
        servers=load.replicas * load.workers,
    )


def _database(
    tier: str, calls: Calls, load: CellLoad, served: Served, warmup: int, window: tuple[Ints, Ints]
) -> TierMeasured:
    """Measure the primaries, or all read replicas, which also apply the writes."""
    times = served.calls
    here = np.flatnonzero(times.node == 0 if tier == "primary" else times.node > 0)
    cell, start = calls.cell_of(here), times.start[here]
    opens, closes = (edge[cell, 0] for edge in window)
    busy = _by_cell(cell, overlap(start, times.end[here], opens, closes), len(load.shards))
    present = _by_cell(cell, overlap(times.arrive[here], times.end[here], opens, closes), len(load.shards))
    nodes = load.shards
    if tier == "replica":
        nodes, applies = load.shards * load.read_replicas, served.applies
        opens, closes = (edge[applies.cell, 0] for edge in window)
        busy = busy + _by_cell(applies.cell, overlap(applies.start, applies.end, opens, closes), len(busy))
        spent = overlap(applies.apply_start, applies.end, opens, closes)
        present = present + _by_cell(applies.cell, spent, len(present))
    return TierMeasured(
        wait=_waits_of_calls(calls, here, start - times.arrive[here], warmup, len(load.shards)),
        busy=busy,
        present=present,
        servers=nodes * load.cores,
    )


def _waits_of_calls(calls: Calls, here: Ints, wait: Ints, warmup: int, cells: int) -> Ints:
    """Give the waits of the calls of measured requests, a row a cell, as long as the longest."""
    request = here if calls.routes is None else calls.routes.request[here]
    measured = request % calls.requests >= warmup
    cell = request[measured] // calls.requests
    count = np.bincount(cell, minlength=cells)
    place = np.arange(len(cell)) - np.repeat(np.cumsum(count) - count, count)
    laid_out = np.full((cells, int(count.max(initial=0))), NONE, dtype=np.int64)
    laid_out[cell, place] = wait[measured]
    return laid_out


def _waits(here: Bools, came: Ints, start: Ints, warmup: int) -> Ints:
    return np.where(here, start - came, NONE)[:, warmup:]


def _by_cell(cell: Ints, ticks: Ints, cells: int) -> Ints:
    """Add up ticks by cell; as float64, counts of ticks are exact up to 2**53."""
    return np.bincount(cell, ticks, minlength=cells).astype(np.int64)


def joined(parts: Sequence[Measured]) -> Measured:
    """Join the cells of several measurements, one after the other."""
    if len(parts) == 1:
        return parts[0]

    def together(records: Sequence[Measured | TierMeasured]) -> dict[str, Ints]:
        names = [name for name, value in vars(records[0]).items() if isinstance(value, np.ndarray)]
        return {name: _stacked([getattr(record, name) for record in records]) for name in names}

    tiers = {name: TierMeasured(**together([part.tiers[name] for part in parts])) for name in parts[0].tiers}
    return Measured(**together(parts), tiers=tiers)


def _stacked(parts: Sequence[Ints]) -> Ints:
    """Stack the rows of all parts; shorter ones end in ``NONE``."""
    if parts[0].ndim == 1:
        return np.concatenate(parts)
    longest = max(part.shape[1] for part in parts)
    padded = [np.pad(part, ((0, 0), (0, longest - part.shape[1])), constant_values=NONE) for part in parts]
    return np.concatenate(padded)


def rows_of(measured: Measured, rows: slice) -> Measured:
    """Give the measurements of some of the cells."""

    def some(record: Measured | TierMeasured) -> dict[str, Ints]:
        return {name: value[rows] for name, value in vars(record).items() if isinstance(value, np.ndarray)}

    tiers = {name: TierMeasured(**some(tier)) for name, tier in measured.tiers.items()}
    return Measured(**some(measured), tiers=tiers)


def order_statistics(values: Ints, shares: Sequence[float]) -> Floats:
    """Nearest-rank quantiles of the values that are not ``NONE``, nan where there is none, (share,)."""
    there = values[values >= 0]
    if not len(there):
        return np.full(len(shares), np.nan)
    ranks = [max(int(np.ceil(share * len(there) - 1e-9)), 1) - 1 for share in shares]
    return np.partition(there, sorted(set(ranks)))[ranks].astype(np.float64)
