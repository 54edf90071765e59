"""Feedback settles calls that depend on how other calls fared: later trips, held connections, locks.

The shards are swept with a guess of when every call comes; what they answer says when it would have come.
That is repeated until nothing changes. As every service takes at least a tick, what happens at a tick
depends on earlier ticks alone: whatever the guess, each round is right for longer than the one before, and
there is only one answer that does not change.

Axes: c cell, j request, n call.
"""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Array, Bools, Ints
from simulator.engines.lanes.ahead import look_ahead
from simulator.engines.lanes.cross_shard import locks
from simulator.engines.lanes.database import Swept, Tier, no_times, sweep
from simulator.engines.lanes.gates import connections
from simulator.engines.lanes.least_outstanding import Shards, least_outstanding
from simulator.engines.lanes.resharding import Copy
from simulator.engines.lanes.service import ServiceTimes
from simulator.engines.unsettled import UnsettledError
from simulator.queueing.order import Outcome
from simulator.serving.calls.rows import HIT, Calls, Routes
from simulator.serving.window.served import CallTimes, CopyTimes
from simulator.serving.window.work import CellLoad, RequestWork

ROUNDS_BEFORE = 4
"""A window that still moves after this many rounds is guessed call by call, which costs a few rounds."""
MOST_ROUNDS = 20_000
"""Limit of the rounds; copies and least-outstanding reads may take many, and the reference has no such
limit."""


@dataclass(frozen=True, kw_only=True)
class Settled:
    """The times of calls that another round would not change."""

    swept: Swept
    connected: Ints
    """Each request has a connection at this tick, flat (c x j); 0 where it asks for none."""
    back: Ints
    """The last answer is back at this tick, flat (c x j)."""
    copy: CopyTimes | None
    """Times of the data copied beside the requests."""


@dataclass(frozen=True, kw_only=True)
class Coming:
    """A guess of the ticks at which requests are connected and calls come to their nodes."""

    connected: Ints
    """Requests get their connection at this tick, flat (c x j)."""
    arrive: Ints
    """Calls come to their node at this tick, (n,)."""


def settle(work: RequestWork, load: CellLoad, service: ServiceTimes, tier: Tier) -> Settled:
    """Serve the calls of some cells that are routed, or that have a copy of data beside them.

    Raises:
        UnsettledError: where they have not settled after ``MOST_ROUNDS``.
    """
    copy = None if work.chunks is None else Copy.begin(work.calls, work.chunks, len(work.arrive))
    calls = work.calls if copy is None else copy.jobs
    assert calls.routes is not None
    asking = _Asking.of(calls, calls.routes, load, service, None if copy is None else copy.own)
    times, at = no_times(calls), asking.made
    coming = asking.guess()
    taken_up = np.zeros_like(coming.arrive)
    everywhere = moved = np.ones(asking.cells, dtype=np.bool_)
    for turn in range(MOST_ROUNDS):
        if turn == ROUNDS_BEFORE and copy is None and load.calling.policy != "least_outstanding":
            coming = asking.ahead(coming, tier, moved)
        times.arrive[at] = coming.arrive[at]
        jobs = at if copy is None else copy.beside(at, moved, times)
        node = asking.node(tier, taken_up, times, jobs)
        swept = sweep(calls, tier, jobs, asking.cell[jobs], times, node)
        found = asking.coming(coming, _done(swept, asking, load, at), times, at)
        again = _moved(asking, coming, found, at)
        if load.calling.policy == "least_outstanding":
            again[asking.cell[jobs[swept.taken_up[jobs] != taken_up[jobs]]]] = True
        coming = found
        told = at if copy is None else np.concatenate([at, copy.places(moved)])
        taken_up[told] = swept.taken_up[told]
        if copy is not None:
            again |= copy.learn(times, taken_up, moved)
        moved = again
        if not moved.any():
            break
        at = asking.made[moved[asking.cell[asking.made]]]
    else:
        windows = np.count_nonzero(moved)
        raise UnsettledError(
            f"calls of {windows} windows must settle within {MOST_ROUNDS:,} rounds in lanes, and still move "
            "each other; --engine events has no such limit, and fewer --requests may settle"
        )
    jobs = asking.made if copy is None else copy.beside(asking.made, everywhere, times)
    node = asking.node(tier, taken_up, times, jobs)
    swept = sweep(calls, tier, jobs, asking.cell[jobs], times, node)
    back = asking.back(_done(swept, asking, load, asking.made), times, asking.made)
    if copy is None:
        return Settled(swept=swept, connected=coming.connected, back=back, copy=None)
    swept, of_copy = copy.apart(swept)
    return Settled(swept=swept, connected=coming.connected, back=back, copy=of_copy)


def _done(swept: Swept, asking: "_Asking", load: CellLoad, at: Ints) -> Ints:
    """Give the tick at which each call is acknowledged, (n,): a write may wait for its copies."""
    rules, cell = load.calling, asking.cell[at]
    done = swept.times.end.copy()
    copied = asking.calls.apply[at] * load.read_replicas[cell] > 0
    if rules.mode == "synchronous":
        applied = swept.taken_up[at] + asking.calls.apply[at]
        done[at] = np.where(copied, applied + rules.acknowledge_ticks[cell], done[at])
    elif rules.mode == "semi_synchronous":
        done[at] += np.where(copied, rules.acknowledge_ticks[cell], 0)
    return done


def _moved(asking: "_Asking", before: Coming, after: Coming, at: Ints) -> Bools:
    """Tell which cells have a call or a connection at another tick than before, (c,)."""
    moved: Bools = np.zeros(asking.cells, dtype=np.bool_)
    moved[asking.cell[at[before.arrive[at] != after.arrive[at]]]] = True
    requests = asking.routes.request[at]
    moved[asking.cell[at[before.connected[requests] != after.connected[requests]]]] = True
    return moved


@dataclass(frozen=True, kw_only=True)
class _Asking:
    """The calls that are made, with everything that they depend on beside each other."""

    calls: Calls
    routes: Routes
    load: CellLoad
    service_end: Ints
    """Tick at which each request leaves the service, flat (c x j)."""
    cells: int
    cell: Ints
    """Each call belongs to this cell, (n,)."""
    made: Ints
    """Index of each call whose request the service has served."""

    @classmethod
    def of(
        cls, calls: Calls, routes: Routes, load: CellLoad, service: ServiceTimes, own: Ints | None
    ) -> "_Asking":
        """Make it from the calls of some cells; ``own`` are those of requests, (n,), None where all are."""
        asks = (service.outcome == Outcome.SERVED).reshape(-1)[routes.request] & (calls.branch != HIT)
        made = np.flatnonzero(asks) if own is None else own[asks[own]]
        return cls(
            calls=calls,
            routes=routes,
            load=load,
            service_end=service.end.reshape(-1),
            cells=len(service.end),
            cell=calls.cell,
            made=made,
        )

    def guess(self) -> Coming:
        """Guess that no call waits for anything but the trips before it."""
        at = self.made
        times, connected = no_times(self.calls), np.zeros_like(self.service_end)
        request = self.routes.request[at]
        connected[request] = self.service_end[request]
        coming = Coming(connected=connected, arrive=np.zeros(len(self.cell), dtype=np.int64))
        for _ in range(int(self.routes.trip.max(initial=0)) + 1):
            done = coming.arrive + self.calls.ticks
            arrive = self._trips(connected, done, times, at)
            coming = Coming(connected=connected, arrive=arrive)
        return coming

    def ahead(self, before: Coming, tier: Tier, moved: Bools) -> Coming:
        """Guess call by call for the cells that still move, (c,), which mostly settles them."""
        connected, arrive = before.connected.copy(), before.arrive.copy()
        for cell in np.flatnonzero(moved).tolist():
            at = self.made[slice(*np.searchsorted(self.cell[self.made], [cell, cell + 1]).tolist())]
            arrive[at], requests, ticks = look_ahead(
                self.calls, self.routes, self.load, tier, self.service_end, at
            )
            connected[requests] = ticks
        return Coming(connected=connected, arrive=arrive)

    def node(self, tier: Tier, taken_up: Ints, times: CallTimes, at: Ints) -> Array:
        """Give the node of each call that is bound to one, (n,)."""
        if self.load.calling.policy != "least_outstanding" or not tier.read_replicas.any():
            return self.routes.node
        shards = Shards(bits=tier.bits, read_replicas=tier.read_replicas, cores=tier.cores, taken_up=taken_up)
        return least_outstanding(self.calls, shards, at, self.cell[at], times)

    def coming(self, before: Coming, done: Ints, times: CallTimes, at: Ints) -> Coming:
        """Tell when the calls ``at`` would have come, given when they were done."""
        connected = before.connected
        if self.load.calling.connections:
            back = self.back(done, times, at)
            connected = connections(self.load, self.service_end, connected, back, self.routes.request[at])
        arrive = before.arrive.copy()
        arrive[at] = self._trips(connected, done, times, at)[at]
        if self.load.calling.locks:
            arrive[at] = locks(self.calls, self.routes, self.load, arrive, before.arrive, done, at)[at]
        return Coming(connected=connected, arrive=arrive)

    def back(self, done: Ints, times: CallTimes, at: Ints) -> Ints:
        """Tell when the last answer of each request is back, flat (c x j)."""
        back = np.zeros_like(self.service_end)
        begins, over = self._over(done, times, at)
        back[self.routes.request[at[begins]]] = over  # the last trip of a request is written last
        return back

    def _over(self, done: Ints, times: CallTimes, at: Ints) -> tuple[Ints, Ints]:
        """Give each trip's first call, as a place in ``at``, and the tick of its last answer."""
        routes, rules, cell = self.routes, self.load.calling, self.cell[at]
        request, trip = routes.request[at], routes.trip[at]
        begins = np.flatnonzero((np.diff(request, prepend=-1) != 0) | (np.diff(trip, prepend=-1) != 0))
        far = (times.node[at] % rules.zones != routes.zone[at]) & (times.node[at] >= 0)
        answered = done[at] + np.where(far, rules.round_trip_ticks[cell], 0)
        return begins, np.maximum.reduceat(answered, begins) if len(at) else answered

    def _trips(self, connected: Ints, done: Ints, times: CallTimes, at: Ints) -> Ints:
        """Tell when each call would come if it waited for its connection and the trips before alone, (n,)."""
        arrive = np.zeros_like(done)
        begins, over = self._over(done, times, at)
        request = self.routes.request[at]
        first = np.diff(request[begins], prepend=-1) != 0
        comes = np.where(first, connected[request[begins]], np.concatenate([[0], over[:-1]]))
        arrive[at] = np.repeat(comes, np.diff(np.append(begins, len(at))))
        return arrive
