"""A call must hold a connection of its service replica, or the lock of a row, before it goes on.

A gate is a station whose service times are how long the holders hold on, as the last round told.

Axes: c cell, j request, n call.
"""

import numpy as np

from simulator.arrays import Ints
from simulator.engines.lanes.streams import Stream, in_order
from simulator.serving.calls.rows import NO_LOCK, Calls, Routes
from simulator.serving.window.work import CellLoad
from simulator.units import TICKS_PER_WEEK

NEVER = 2 * TICKS_PER_WEEK
"""A bound past the week's end, where all is cut, for wrong guesses that would feed on themselves."""


def connections(load: CellLoad, asks: Ints, connected: Ints, back: Ints, request: Ints) -> Ints:
    """Give the tick at which each request gets a connection of the replica that served it.

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
    station = np.unique(cell << replica_bits | job % load.replicas[cell], return_inverse=True)[1]
    coming = in_order(station, asks[at], at)
    held = np.clip(back[coming.at] - connected[coming.at], 1, NEVER)
    found = connected.copy()
    found[coming.at] = _granted(coming, held, load.calling.connections)
    return found


def locks(
    calls: Calls, routes: Routes, load: CellLoad, asks: Ints, granted: Ints, done: Ints, at: Ints
) -> Ints:
    """Give the tick at which each call comes to its node with the lock that it needs.

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
    held = np.clip(released[coming.at] - granted[coming.at], 1, NEVER)
    found = asks.copy()
    found[coming.at] = _granted(coming, held, 1)
    return found


def _granted(coming: Stream, held: Ints, places: int) -> Ints:
    gates = int(coming.station.max(initial=-1)) + 1
    return np.minimum(coming.start(held, np.full(gates, places)), np.maximum(coming.arrive, NEVER))
