"""The windows of a week go through service and database and are cut at the week's end."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import TypeVar

import numpy as np

from simulator.arrays import Ints
from simulator.engines.lanes.database import Tier, no_times, sweep
from simulator.engines.lanes.feedback import settle
from simulator.engines.lanes.service import ServiceTimes, serve
from simulator.queueing.order import Outcome
from simulator.serving.calls.rows import HIT
from simulator.serving.window.served import COPY, Applies, CallTimes, CopyTimes, Served
from simulator.serving.window.work import CellLoad, RequestWork
from simulator.units import TICKS_PER_WEEK

REQUESTS_AT_ONCE = 1 << 18
"""Number of requests whose calls fit into the last cache; fewer make too few lanes."""
Record = TypeVar("Record", CallTimes, Applies)


@dataclass(frozen=True, kw_only=True)
class _Called:
    """The times of the requests of some cells in the database."""

    connected: Ints
    """Tick of getting a connection, flat (c x j), as is ``back``."""
    back: Ints
    calls: CallTimes
    applies: Applies
    copy: CopyTimes | None


def serve_windows(work: RequestWork, load: CellLoad) -> Served:
    """Serve the requests of a week's windows until the end of the week."""
    served = serve_to_the_end(work, load)
    applies = served.applies
    lasts = [work.arrive[:, -1], served.service_end, served.back, applies.end, applies.apply_end]
    if served.copy is not None:
        copied = served.copy.applies
        lasts += [served.copy.read_end, served.copy.write_end, copied.end, copied.apply_end]
    last = max(int(ticks.max(initial=0)) for ticks in lasts)
    return served if last + int(load.patience.max()) < TICKS_PER_WEEK else _cut(work, load, served)


def serve_to_the_end(work: RequestWork, load: CellLoad) -> Served:
    """Serve every request of some windows to its end."""
    service, shape = serve(work, load), work.arrive.shape
    called = [_call(work, load, service, rows) for rows in _some_cells(shape)]
    calls = _together([part.calls for part in called])
    if work.calls.routes is None:  # who makes one call is connected when it comes, and back when it ends
        connected, back = calls.arrive, calls.end
    else:
        connected = np.concatenate([part.connected for part in called])
        back = np.concatenate([part.back for part in called])
    return Served(
        outcome=service.outcome,
        service_start=service.start,
        service_end=service.end,
        connected=connected.reshape(shape),
        back=back.reshape(shape),
        calls=calls,
        applies=_together([part.applies for part in called]),
        copy=_copied_together([part.copy for part in called if part.copy is not None]),
    )


def _together(parts: list[Record]) -> Record:
    """Give the columns of several records, one after the other."""
    if len(parts) == 1:
        return parts[0]
    return type(parts[0])(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(parts[0])
        }
    )


def _copied_together(parts: list[CopyTimes]) -> CopyTimes | None:
    if not parts:
        return None
    chunks = {name: np.concatenate([getattr(part, name) for part in parts]) for name in COPY}
    return CopyTimes(**chunks, applies=_together([part.applies for part in parts]))


def _some_cells(shape: tuple[int, ...]) -> Iterator[slice]:
    """Cut the cells into slices whose calls stay in cache and still make lanes enough."""
    at_once = max(REQUESTS_AT_ONCE // shape[1], 1)
    for first in range(0, shape[0], at_once):
        yield slice(first, min(first + at_once, shape[0]))


def _call(work: RequestWork, load: CellLoad, service: ServiceTimes, rows: slice) -> _Called:
    """Send on to the database what the cache does not answer."""
    work, load, service = work.of(rows), load.of(rows), service.of(rows)
    tier = Tier(
        shards=int(load.shards.max()),
        read_replicas=load.read_replicas,
        cores=load.cores,
        appliers=load.calling.appliers,
        replicas_only=load.calling.policy == "replicas",
    )
    if work.calls.routes is None and work.chunks is None:
        asks = (work.branch != HIT) & (service.outcome == Outcome.SERVED)
        at, cell = np.flatnonzero(asks), np.repeat(np.arange(len(asks)), np.count_nonzero(asks, axis=1))
        times = replace(no_times(work.calls), arrive=(service.end * asks).reshape(-1))
        swept = sweep(work.calls, tier, at, cell, times)
        connected, back, copy = times.arrive, times.end, None
    else:
        settled = settle(work, load, service, tier)
        swept, connected, back = settled.swept, settled.connected, settled.back
        copy = settled.copy
    applies = replace(swept.applies, cell=swept.applies.cell + rows.start)
    if copy is not None:
        copy = replace(copy, applies=replace(copy.applies, cell=copy.applies.cell + rows.start))
    return _Called(connected=connected, back=back, calls=swept.times, applies=applies, copy=copy)


def _cut(work: RequestWork, load: CellLoad, served: Served) -> Served:
    """Take back what would only have happened after the week's last tick."""
    gave_up = work.arrive + load.patience[:, np.newaxis]
    left = np.select(
        [served.outcome == Outcome.SERVED, served.outcome == Outcome.GAVE_UP],
        [served.service_end, gave_up],
        work.arrive,
    )
    inside, answered = left < TICKS_PER_WEEK, served.back < TICKS_PER_WEEK
    calls, made = served.calls, served.calls.end < TICKS_PER_WEEK
    return Served(
        outcome=np.where(inside, served.outcome, np.int8(Outcome.UNDER_WAY)),
        service_start=np.where(inside, served.service_start, 0),
        service_end=np.where(inside, served.service_end, 0),
        connected=np.where(served.connected < TICKS_PER_WEEK, served.connected, 0),
        back=np.where(answered, served.back, 0),
        calls=CallTimes(
            node=np.where(made, calls.node, np.int16(-1)),
            arrive=np.where(made, calls.arrive, 0),
            start=np.where(made, calls.start, 0),
            end=np.where(made, calls.end, 0),
        ),
        applies=_cut_applies(served.applies),
        copy=None if served.copy is None else _cut_copy(served.copy),
    )


def _cut_applies(applies: Applies) -> Applies:
    kept = (applies.end < TICKS_PER_WEEK) & (applies.apply_end < TICKS_PER_WEEK)
    return Applies(**{name: values[kept] for name, values in vars(applies).items()})


def _cut_copy(copy: CopyTimes) -> CopyTimes:
    read, written = (ends < TICKS_PER_WEEK for ends in (copy.read_end, copy.write_end))
    return CopyTimes(
        held=copy.held,
        read_start=np.where(read, copy.read_start, 0),
        read_end=np.where(read, copy.read_end, 0),
        write_start=np.where(written, copy.write_start, 0),
        write_end=np.where(written, copy.write_end, 0),
        applies=_cut_applies(copy.applies),
    )
