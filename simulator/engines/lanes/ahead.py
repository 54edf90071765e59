"""The look-ahead guesses when calls come, one after the other, where they move each other for many rounds.

Rounds of whole windows settle one wait after the other, so that a queue before a connection or a row takes as
many rounds as it has calls. Here each call is taken once. It is a guess like any other: it holds if a round
leaves it as it is.

Axes: c cell, j request, n call.
"""

import numpy as np

from simulator.arrays import Ints
from simulator.engines.lanes.database import Tier
from simulator.engines.lanes.one_window import Rules, Window
from simulator.serving.calls.rows import Calls, Routes
from simulator.serving.window.work import CellLoad


def _rules_of(load: CellLoad, tier: Tier, cell: int) -> Rules:
    calling = load.calling
    return Rules(
        connections=calling.connections,
        cores=int(tier.cores[cell]),
        replicas=int(tier.read_replicas[cell]),
        first_reader=int(tier.readers[0][cell]),
        appliers=tier.appliers,
        mode=calling.mode,
        acknowledge=int(calling.acknowledge_ticks[cell]),
        zones=calling.zones,
        round_trip=int(calling.round_trip_ticks[cell]),
    )


def look_ahead(
    calls: Calls, routes: Routes, load: CellLoad, tier: Tier, asks: Ints, at: Ints
) -> tuple[Ints, Ints, Ints]:
    """Guess when the calls ``at`` of one window come, and when their requests are connected.

    Args:
        calls: of the cells.
        routes: of the calls.
        load: of the cells.
        tier: the database.
        asks: when each request asks for a connection, flat (c x j).
        at: every call of the window that is made, ascending.

    Returns: ticks of the calls, their requests, and ticks of these.
    """
    cell = int(calls.cell_of(at[:1])[0])
    request = routes.request[at]
    begins = np.flatnonzero((np.diff(request, prepend=-1) != 0) | (np.diff(routes.trip[at], prepend=-1) != 0))
    ends = np.append(begins[1:], len(at))
    of_trip = request[begins]
    first = np.flatnonzero(np.diff(of_trip, prepend=-1) != 0)
    requests = of_trip[first]
    window = Window(
        branch=calls.branch[at].tolist(),
        shard=calls.shard[at].tolist(),
        ticks=calls.ticks[at].tolist(),
        apply=calls.apply[at].tolist(),
        node=routes.node[at].tolist(),
        zone=routes.zone[at].tolist(),
        lock=routes.lock[at].tolist(),
        unlocks=routes.unlocks[at].tolist(),
        trip_of=np.repeat(np.arange(len(begins)), ends - begins).tolist(),
        calls_of=[range(*both) for both in zip(begins.tolist(), ends.tolist(), strict=True)],
        last=(np.diff(of_trip, append=-1) != 0).tolist(),
        request_of=(np.cumsum(np.diff(of_trip, prepend=-1) != 0) - 1).tolist(),
        gate_of=(requests % calls.requests % load.replicas[cell]).tolist(),
        first_of=first.tolist(),
        rules=_rules_of(load, tier, cell),
        arrive=[0] * len(at),
        connected=[0] * len(requests),
    )
    window.run(asks[requests].tolist())
    return np.array(window.arrive), requests, np.array(window.connected)
