"""The calls of requests to the database stand in rows, in trips that follow each other.

A trip has one part or several, on as many shards at once, and is over with the last. Rows stand in
the order of request, trip and part; that order is also who goes first among those of the same tick.

Axes: c cell, j request, n call.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from simulator import units
from simulator.arrays import Array, Bools, Floats, Ints

HIT, READ, WRITE = 0, 1, 2
"""Way of a request after the service: answered by the cache, to a node that reads, or to the primary."""
BY_POLICY = -1
"""Node of a read that the policy sends to a node at the moment of its coming."""
NO_LOCK = -1
ONE_SHARD, CROSSES, UNDONE = 0, 1, 2
"""Writes of a request to several shards: none, some, or some that were compensated."""


@dataclass(frozen=True, kw_only=True)
class Routes:
    """The routes of calls that are known in advance, maybe several a request, (n,) each."""

    request: Ints
    """Place of the request in a (c, j) array laid flat."""
    trip: Ints
    """Number of the call's trip within its request, from 0."""
    node: npt.NDArray[np.int16]
    """Number of the node, 0 for the primary; ``BY_POLICY`` where it depends on the load."""
    zone: npt.NDArray[np.int8]
    """Zone from which the call comes."""
    lock: Ints
    """Row of the shard that the call locks before it begins, ``NO_LOCK`` where it locks none."""
    unlocks: Ints
    """Calls back to the one whose lock this call releases at its end, ``NO_LOCK`` where it releases none."""

    @property
    def trip_begins(self) -> Ints:
        """Give the first call of each trip."""
        return np.flatnonzero(np.diff(self.request, prepend=-1) | np.diff(self.trip, prepend=-1))


@dataclass(frozen=True, kw_only=True)
class Calls:
    """The calls of some windows, (n,) each."""

    requests: int
    """Number of requests in each window."""
    branch: npt.NDArray[np.int8]
    """Way of the call, ``HIT`` for none, else ``READ`` or ``WRITE``."""
    shard: npt.NDArray[np.uint8]
    ticks: Ints
    """Ticks of work on the node that reads, or on the primary."""
    apply: Ints
    """Ticks of applying a write on each read replica; 0 for a read."""
    routes: Routes | None
    """Routes of the calls; None where each request has one call, which takes its turn."""
    crossing: npt.NDArray[np.int8] | None = None
    """Writes of each request to several shards, flat (c x j); None where there may be none."""

    def of(self, cells: slice) -> "Calls":
        """Give the calls of some of the cells, renumbered from the first of these."""
        first, last = cells.start * self.requests, cells.stop * self.requests
        rows, routes = slice(first, last), self.routes
        if routes is not None:
            rows = slice(*np.searchsorted(routes.request, [first, last]).tolist())
            routes = Routes(**{name: values[rows] for name, values in vars(routes).items()})
            routes = replace(routes, request=routes.request - first)
        return replace(
            self,
            branch=self.branch[rows],
            shard=self.shard[rows],
            ticks=self.ticks[rows],
            apply=self.apply[rows],
            routes=routes,
            crossing=None if self.crossing is None else self.crossing[first:last],
        )

    def row(self, cell: Ints, call: Ints) -> Ints:
        """Give the place of calls by their index within a cell."""
        first = cell * self.requests
        return call + (first if self.routes is None else np.searchsorted(self.routes.request, first))

    def cell_of(self, rows: Ints) -> Ints:
        """Give the cell of some calls."""
        cell: Ints = (rows if self.routes is None else self.routes.request[rows]) // self.requests
        return cell

    @property
    def cell(self) -> Ints:
        """Give the cell of each call."""
        return self.cell_of(np.arange(len(self.shard)))


@dataclass(frozen=True, kw_only=True)
class Form:
    """Requests that call in the same way, with their calls, (n,) for n calls in order of request."""

    request: Ints
    """Places of the requests, flat, ascending."""
    calls: Ints
    """Each request makes this many calls."""
    columns: dict[str, Array]


def laid_out(forms: list[Form], *, requests: int, write: Bools, zone: Array, node: Array) -> Calls:
    """Bring the calls of all forms into the order of their requests.

    Args:
        forms: a request is in one of them at the most.
        requests: in each window.
        write: of every request, flat.
        zone: of every request, flat.
        node: of every read, flat.
    """
    request = np.concatenate([np.repeat(form.request, form.calls) for form in forms])
    order = np.argsort(request, kind="stable")
    request = request[order]

    def column(name: str, otherwise: int, kind: Any = np.int64) -> Array:
        parts = [
            form.columns.get(name, np.full(int(form.calls.sum()), otherwise, dtype=kind)) for form in forms
        ]
        return np.concatenate(parts).astype(kind)[order]

    branch = np.where(write[request], WRITE, READ).astype(np.int8)
    return Calls(
        requests=requests,
        branch=branch,
        shard=column("shard", 0, np.uint8),
        ticks=column("ticks", 1),
        apply=column("apply", 0),
        routes=Routes(
            request=request,
            trip=column("trip", 0),
            node=np.where(branch == WRITE, np.int16(0), node[request]),
            zone=zone[request],
            lock=column("lock", NO_LOCK),
            unlocks=column("unlocks", NO_LOCK),
        ),
    )


def one_each(request: Ints, **columns: Array) -> Form:
    """Give the form of requests that make a single call."""
    return Form(request=request, calls=np.ones(len(request), dtype=np.int64), columns=columns)


def places(counts: Ints) -> tuple[Ints, Ints]:
    """Give the run of each element and its place within, for runs of these lengths one after the other.

    >>> places(np.array([2, 1]))
    (array([0, 0, 1]), array([0, 1, 0]))
    """
    run = np.repeat(np.arange(len(counts)), counts)
    return run, np.arange(len(run)) - np.repeat(np.cumsum(counts) - counts, counts)


def whole_ticks(ticks: Floats) -> Ints:
    """Round work to whole ticks, at least one."""
    return units.whole_ticks(ticks, at_least=1)
