"""Flat streams of jobs on their way to stations.

Flat arrays hold one job an element, in the order in which stations see them: by station, then by tick,
then by the job's index. ``at`` is where the job stands in a (cells, requests) array laid flat.
"""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Ints
from simulator.engines.lanes.kernels import FAR, starts


@dataclass(frozen=True, kw_only=True)
class Stream:
    """Jobs in order."""

    station: Ints
    arrive: Ints
    at: Ints

    def those(self, kept: Bools) -> "Stream":
        """Some of the jobs, in the same order."""
        return Stream(
            station=np.compress(kept, self.station),
            arrive=np.compress(kept, self.arrive),
            at=np.compress(kept, self.at),
        )

    def start(self, service: Ints, servers: Ints) -> Ints:
        """Start of each job; ``servers`` is that of each station, (station,)."""
        counts = np.unique(servers)
        if len(counts) == 1:
            return _swept(self.station, self.arrive, service, int(counts[0]))
        start = np.empty_like(self.arrive)
        for count in counts:
            alike = np.flatnonzero((servers == count)[self.station])
            start[alike] = _swept(self.station[alike], self.arrive[alike], service[alike], int(count))
        return start


def in_order(station: Ints, tick: Ints, at: Ints) -> Stream:
    """Put jobs in the order in which their stations see them.

    One integer key holds station, tick and place, so that a single sort merges the streams, routes
    them and breaks ties. Where 63 bits are too few, the slower sort by three keys gives the same. (Places
    within a station lie in one cell, so they are in the order of their job indices.)
    """
    if not len(station):
        return Stream(station=station, arrive=tick, at=at)
    tick_bits, at_bits = int(tick.max()).bit_length(), int(at.max()).bit_length()
    if int(station.max()).bit_length() + tick_bits + at_bits > 63:
        order = np.lexsort((at, tick, station))
        return Stream(station=station[order], arrive=tick[order], at=at[order])
    key = station << tick_bits
    key |= tick
    key <<= at_bits
    key |= at
    key.sort()
    return Stream(
        station=key >> (tick_bits + at_bits),
        arrive=(key >> at_bits) & ((1 << tick_bits) - 1),
        at=key & ((1 << at_bits) - 1),
    )


def _swept(station: Ints, arrive: Ints, service: Ints, servers: int) -> Ints:
    """Lay the stations' runs side by side as lanes, sweep, and lay the starts out again."""
    lengths = np.bincount(station)
    lengths = lengths[lengths > 0]
    lanes, rows = len(lengths), int(lengths.max(initial=0))
    begin = np.cumsum(lengths) - lengths
    step = np.full(len(station), lanes)  # from a job's place to that of the next in its lane, a row further
    step[begin] = 1 - np.concatenate([[1], (lengths[:-1] - 1) * lanes])  # from the end of a lane to the next
    place = np.cumsum(step, out=step)
    padded_arrive = np.full(rows * lanes, FAR)
    padded_arrive[place] = arrive
    padded_service = np.ones(rows * lanes, dtype=np.int64)
    padded_service[place] = service
    shape = (rows, lanes)
    begun: Ints = starts(padded_arrive.reshape(shape), padded_service.reshape(shape), servers)
    flat: Ints = begun.reshape(-1)[place]
    return flat
