"""The requests of a week's windows are gathered from their visits into arrays."""

from collections.abc import Iterator, Sequence

import numpy as np

from simulator.arrays import Ints
from simulator.engines.events.database import Applied
from simulator.engines.events.requests import Window
from simulator.engines.events.resharding import Copy
from simulator.engines.events.station import Visit
from simulator.queueing.order import Outcome
from simulator.serving.window.served import Applies, CallTimes, CopyTimes, Served


def collect(windows: list[Window]) -> Served:
    """Give the requests as arrays with one row a window, in the window's own time."""
    shape = (len(windows), len(windows[0].service))
    outcome = np.zeros(shape, dtype=np.int8)
    start, end = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for cell, window in enumerate(windows):
        for job, visit in enumerate(window.service):
            if visit is None:
                continue
            outcome[cell, job] = visit.outcome
            if visit.outcome is Outcome.SERVED:
                start[cell, job] = visit.start - window.opened
                end[cell, job] = visit.end - window.opened
    return Served(
        outcome=outcome,
        service_start=start,
        service_end=end,
        connected=np.array([window.connected for window in windows], dtype=np.int64),
        back=np.array([window.back for window in windows], dtype=np.int64),
        calls=_collect_calls(windows),
        applies=_collect_applies(windows),
        copy=_collect_copies(windows),
    )


def _collect_calls(windows: list[Window]) -> CallTimes:
    rows = [
        (made.node, made.arrive, made.visit.start - window.opened, made.visit.end - window.opened)
        if made is not None and made.visit.outcome is Outcome.SERVED
        else (-1, 0, 0, 0)
        for window in windows
        for made in window.called
    ]
    node, arrive, start, end = np.array(rows, dtype=np.int64).reshape(len(rows), 4).T
    return CallTimes(node=node.astype(np.int16), arrive=arrive, start=start, end=end)


def _collect_applies(windows: list[Window]) -> Applies:
    rows = [
        (cell, *row)
        for cell, window in enumerate(windows)
        for row in _done(window.applied, [None if made is None else made.visit for made in window.called])
    ]
    return _applies(rows, windows)


def _collect_copies(windows: list[Window]) -> CopyTimes | None:
    copies = [(cell, window.copy) for cell, window in enumerate(windows) if window.copy is not None]
    if not copies:
        return None

    def ticks(copy: Copy, visits: list[Visit | None]) -> Ints:
        served = [
            (visit.start - copy.opened, visit.end - copy.opened)
            if visit is not None and visit.outcome is Outcome.SERVED
            else (0, 0)
            for visit in visits
        ]
        return np.array(served, dtype=np.int64).reshape(len(visits), 2)

    read = np.concatenate([ticks(copy, copy.reading) for _, copy in copies])
    write = np.concatenate([ticks(copy, copy.writing) for _, copy in copies])
    rows = [(cell, *row) for cell, copy in copies for row in _done(copy.applied, copy.writing)]
    return CopyTimes(
        held=np.concatenate([np.array(copy.held, dtype=np.bool_) for _, copy in copies]),
        read_start=read[:, 0],
        read_end=read[:, 1],
        write_start=write[:, 0],
        write_end=write[:, 1],
        applies=_applies(rows, windows),
    )


def _done(applied: Sequence[Applied], written: Sequence[Visit | None]) -> Iterator[tuple[int, ...]]:
    """Yield what is done on replicas, in order: its ticks there after that at which the primary ended it."""
    for one in sorted(applied, key=lambda one: (one.number, one.replica)):
        visit = written[one.number]
        if visit is not None and one.end > 0:
            yield one.number, one.replica, visit.end, one.apply_start, one.apply_end, one.start, one.end


def _applies(rows: list[tuple[int, ...]], windows: list[Window]) -> Applies:
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 8).T
    opened = np.array([window.opened for window in windows], dtype=np.int64)
    table[3:] -= opened[table[0]]
    cell, call, replica, queued, apply_start, apply_end, start, end = table
    return Applies(
        cell=cell,
        call=call,
        replica=replica,
        queued=queued,
        apply_start=apply_start,
        apply_end=apply_end,
        start=start,
        end=end,
    )
