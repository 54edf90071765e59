"""A stream is a flat array of jobs on their way to stations.

Flat arrays hold one job an element, in the order in which stations see them: by station, then by tick,
then by the job's index. ``at`` is where the job stands in a (cells, requests) array laid flat.
"""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Ints
from simulator.engines.lanes.kernels import FAR, starts


@dataclass(frozen=True, kw_only=True)
class Stream:
    """Jobs in the order in which their stations see them."""

    station: Ints
    arrive: Ints
    at: Ints

    def those(self, jobs: Ints) -> "Stream":
        """Give some of the jobs, by ascending places in the stream."""
        return Stream(station=self.station[jobs], arrive=self.arrive[jobs], at=self.at[jobs])

    def start(self, service: Ints, servers: Ints) -> Ints:
        """Give the start of each job; ``servers`` is that of each station, (station,)."""
        counts = np.unique(servers).tolist()
        if len(counts) == 1:
            return _starts(self.station, self.arrive, service, counts[0])
        start = np.empty_like(self.arrive)
        for count in counts:
            alike = np.flatnonzero((servers == count)[self.station])
            start[alike] = _starts(self.station[alike], self.arrive[alike], service[alike], count)
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


def _starts(station: Ints, arrive: Ints, service: Ints, servers: int) -> Ints:
    if servers == 1 and len(station):
        # More than any job of a station is ahead of or behind any other: keeps the stations apart.
        apart = int(arrive.max()) + int(service.sum()) + 1
        if apart * (int(station[-1]) + 1) < FAR:
            return _one_server(station * apart, arrive, service)
    return _swept(station, arrive, service, servers)


def _one_server(lift: Ints, arrive: Ints, service: Ints) -> Ints:
    """Give the starts at stations of one server, which takes each job after those before it (Lindley, 1952).

    That is the latest, over all jobs up to it, of an arrival and the services from there on: a running
    maximum, which ``lift`` keeps from reaching into the next station.
    """
    ahead = np.cumsum(service) - service
    start: Ints = np.maximum.accumulate(arrive - ahead + lift)
    start -= lift
    start += ahead
    return start


def _swept(station: Ints, arrive: Ints, service: Ints, servers: int) -> Ints:
    """Lay the stations' runs side by side as lanes, sweep, and lay the starts out again."""
    lengths = np.bincount(station)
    lengths = lengths[lengths > 0]
    present = np.arange(int(lengths.max(initial=0))) < lengths[:, np.newaxis]  # (l, j)

    def by_job(flat: Ints, filler: int) -> Ints:
        # Filled lane by lane and then turned: jobs put straight into columns would miss the cache.
        padded = np.full(present.shape, filler, dtype=np.int64)
        padded[present] = flat
        return np.ascontiguousarray(padded.T)

    ready = by_job(arrive, int(FAR))
    start = starts(ready, by_job(service, 1), servers, out=ready)
    flat: Ints = np.ascontiguousarray(start.T)[present]
    return flat
