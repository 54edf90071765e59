"""What a call must hold before it goes on: a connection of its service replica, the lock of a row.

A gate is a station whose service times are how long the holders hold on, as the last round told.

Axes: c cell, j request, n call.
"""

import numpy as np

from simulator.arrays import Ints
from simulator.engines.lanes.streams import in_order
from simulator.serving.calls import NO_LOCK, Calls, Routes
from simulator.serving.work import CellLoad


def connections(load: CellLoad, asks: Ints, connected: Ints, back: Ints, request: Ints) -> Ints:
    """When each request gets a connection of the replica that served it.

    Args:
        load: of the cells.
        asks: when each request asks for one, flat (c x j).
        connected: when each got one in the last round, flat (c x j).
        back: when its last answer was back then, flat (c x j).
        request: those with calls that may have moved, as often as they call, ascending.
    """
    at = request[np.diff(request, prepend=-1) != 0]
    cell, job = np.divmod(at, len(asks) // len(load.replicas))
    replica_bits = int(load.replicas.max()).bit_length()
    coming = in_order(cell << replica_bits | job % load.replicas[cell], asks[at], at)
    station = np.unique(coming.station, return_inverse=True)[1]
    held = np.maximum(back[coming.at] - connected[coming.at], 1)
    numbered = type(coming)(station=station, arrive=coming.arrive, at=coming.at)
    found = connected.copy()
    found[coming.at] = numbered.start(
        held, np.full(int(station.max(initial=-1)) + 1, load.calling.connections)
    )
    return found


def locks(
    calls: Calls, routes: Routes, load: CellLoad, asks: Ints, granted: Ints, done: Ints, at: Ints
) -> Ints:
    """When each call comes to its node once it has the lock it needs.

    Args:
        calls: of the cells.
        routes: of the calls.
        load: of the cells.
        asks: when each call asks for its lock, or comes where it needs none, (n,).
        granted: when it came in the last round, (n,).
        done: when it was done then, (n,).
        at: calls that may have moved.
    """
    releasing = at[routes.unlocks[at] != NO_LOCK]
    released = np.zeros_like(done)
    released[releasing - routes.unlocks[releasing]] = done[releasing]
    asking = at[routes.lock[at] != NO_LOCK]
    shard = calls.cell[asking] * int(load.shards.max()) + calls.shard[asking]
    coming = in_order(
        np.unique(shard * load.calling.locks + routes.lock[asking], return_inverse=True)[1],
        asks[asking],
        asking,
    )
    held = np.maximum(released[coming.at] - granted[coming.at], 1)
    found = asks.copy()
    found[coming.at] = coming.start(held, np.ones(int(coming.station.max(initial=-1)) + 1, dtype=np.int64))
    return found
