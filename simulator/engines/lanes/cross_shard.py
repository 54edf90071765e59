"""A write to several shards locks a row on each of them, from its prepare to its commit.

A write of a single shard locks its row as well, while it is served: so the two wait for each other. A row
is a gate (``gates``) with one place.

Axes: n call.
"""

import numpy as np

from simulator.arrays import Ints
from simulator.engines.lanes.gates import NEVER, granted
from simulator.engines.lanes.streams import in_order
from simulator.serving.calls.rows import NO_LOCK, Calls, Routes
from simulator.serving.window.work import CellLoad


def locks(calls: Calls, routes: Routes, load: CellLoad, asks: Ints, came: Ints, done: Ints, at: Ints) -> Ints:
    """Give the tick at which each call comes to its node with the lock that it needs.

    Args:
        calls: of the cells.
        routes: of the calls.
        load: of the cells.
        asks: when each call asks for its lock, or comes where it needs none, (n,).
        came: when it came in the last round, (n,).
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
    held = np.clip(released[coming.at] - came[coming.at], 1, NEVER)
    found = asks.copy()
    found[coming.at] = granted(coming, held, 1)
    return found
