"""A weekly station is open for the whole run and advanced a week at a time, with the week's servers.

The vector of the ticks at which servers come free has as many rows as there ever were servers. With C
of them at work, a job that takes p of them starts when no more than C - p are busy: at row c_max - C + p - 1
of the sorted vector. A job that would start at or after the next change waits until that has been made.

Axes: s server, l lane. Jobs are flat.
"""

from dataclasses import dataclass, replace

import numpy as np

from simulator.arrays import Bools, Ints
from simulator.engines.lanes.kernels import FAR
from simulator.engines.lanes.ragged import Ragged
from simulator.units import TICKS_PER_WEEK


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Jobs on their way to a station or in its queue, flat."""

    lane: Ints
    job: Ints
    """Index of the job within its lane."""
    row: Ints
    """Row in which the sender keeps the rest of the job."""
    ready: Ints
    """Tick at which the job comes to the station."""
    deadline: Ints
    """Tick up to which the job waits."""
    service: Ints

    def those(self, kept: Bools | Ints) -> "Waiting":
        """Give some of the jobs."""
        return Waiting(**{name: values[kept] for name, values in vars(self).items()})

    def with_(self, more: "Waiting") -> "Waiting":
        """Give these jobs and others."""
        return Waiting(
            **{name: np.concatenate([values, getattr(more, name)]) for name, values in vars(self).items()}
        )


def nobody() -> Waiting:
    """Give a queue without jobs."""
    none = np.empty(0, dtype=np.int64)
    return Waiting(lane=none, job=none, row=none, ready=none, deadline=none, service=none)


@dataclass(frozen=True, kw_only=True)
class Week:
    """The results of a station's week."""

    begun: Waiting
    start: Ints
    """Tick at which each job that began started."""
    gave_up: Waiting


class WeeklyStation:
    """One station in each lane of a block."""

    def __init__(self, lanes: int, panel: int = 1) -> None:
        """Open without servers and without jobs, each of which takes ``panel`` servers at once."""
        self._panel = panel
        self._free = np.zeros((0, lanes), dtype=np.int64)  # (s, l) tick, ascending along s
        self._waiting = nobody()

    @property
    def rows(self) -> Ints:
        """Give the rows in which the sender keeps the jobs that are still to be served."""
        return self._waiting.row

    def renumber(self, rows: Ints) -> None:
        """Let the sender keep the same jobs elsewhere."""
        self._waiting = replace(self._waiting, row=rows)

    def send(self, jobs: Waiting) -> None:
        """Let jobs come, now or later."""
        self._waiting = self._waiting.with_(jobs)

    def advance(self, week: int, servers: Ints) -> Week:
        """Serve for one week with ``servers`` (lanes,) from its first tick on."""
        opens, closes = week * TICKS_PER_WEEK, (week + 1) * TICKS_PER_WEEK
        due = self._waiting.ready < closes
        jobs, later = _in_order(self._waiting.those(due)), self._waiting.those(~due)
        start = self._starts(jobs, servers, opens, closes)
        begun = start < closes
        gave_up = ~begun & (jobs.deadline < closes)
        self._waiting = jobs.those(~begun & ~gave_up).with_(later)
        return Week(begun=jobs.those(begun), start=start[begun], gave_up=jobs.those(gave_up))

    def _starts(self, jobs: Waiting, servers: Ints, opens: int, closes: int) -> Ints:
        """Give the start of each job, ``FAR`` for those that do not start within the week."""
        self._make_room(int(servers.max(initial=0)))
        lengths = np.bincount(jobs.lane, minlength=len(servers))
        lanes, busy = Ragged.of(lengths), np.flatnonzero(lengths)
        free = np.concatenate([self._free[:, busy], np.full((1, len(busy)), FAR)])
        enough = np.minimum(len(self._free) - servers[busy] + self._panel, len(free)) - 1
        ready = np.maximum(lanes.padded(jobs.ready, int(FAR)), opens)
        deadline, service = lanes.padded(jobs.deadline, 0), lanes.padded(jobs.service, 1)
        start = np.empty_like(ready)
        columns = np.arange(len(busy))
        for begin, a, until, s in zip(start, ready, deadline, service, strict=True):
            np.maximum(free[enough, columns], a, out=begin)
            served = (begin <= until) & (begin < closes)
            for _ in range(self._panel):
                depart = np.where(served, begin + s, free[0])
                free[:-1] = np.minimum(np.maximum(free[:-1], depart), free[1:])
            begin[~served] = FAR
        self._free[:, busy] = free[:-1]
        return lanes.flat(start, len(jobs.job))

    def _make_room(self, servers: int) -> None:
        """Add rows for more servers than ever before; the new ones are idle."""
        more = servers - len(self._free)
        if more > 0:
            self._free = np.concatenate([np.zeros((more, self._free.shape[1]), dtype=np.int64), self._free])


def _in_order(jobs: Waiting) -> Waiting:
    """Sort jobs in the order of service: by tick of coming, then by index."""
    return jobs.those(np.lexsort((jobs.job, jobs.ready, jobs.lane)))
