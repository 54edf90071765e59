"""A call must pass a gate before it goes on: it holds a connection of its service replica.

A gate is a station whose service times are how long the holders hold on, as the last round told. Row locks
are gates as well (``cross_shard``).

Axes: c cell, j request.
"""

import numpy as np

from simulator.arrays import Ints
from simulator.engines.lanes.streams import Stream, in_order
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
    found[coming.at] = granted(coming, held, load.calling.connections)
    return found


def granted(coming: Stream, held: Ints, places: int) -> Ints:
    """Give the tick at which each job gets one of the ``places`` of its gate, held for ``held`` ticks."""
    gates = int(coming.station.max(initial=-1)) + 1
    return np.minimum(coming.start(held, np.full(gates, places)), np.maximum(coming.arrive, NEVER))
