"""The queues on the lanes engine's kernel: thousands of lanes at once, from random numbers to percentiles.

Random numbers come lane by lane, (l, j), the kernel sweeps request by request, (j, l), and a sort wants
lanes again; so arrays change sides in tiles that stay in cache, a few lanes at a time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from queues import SEED, Queue, causes, drawn_ticks

from simulator.arrays import Ints
from simulator.draws.streams import Streams
from simulator.engines.lanes.kernels import starts

LANES_AT_A_TIME = 50
"""Not a power of two, which would alias in the cache."""
REQUESTS_OF_A_TILE = 64
PERCENTS = (50, 95, 99)


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A few lanes side by side, with the random streams of their runs."""

    columns: slice
    streams: Streams


def tiles(lanes: int) -> list[Tile]:
    """Split lanes into tiles."""
    firsts = range(0, lanes, LANES_AT_A_TIME)
    ends = [min(first + LANES_AT_A_TIME, lanes) for first in firsts]
    return [
        Tile(columns=slice(first, end), streams=Streams(SEED, range(first, end)))
        for first, end in zip(firsts, ends, strict=True)
    ]


def draw_alone(queue: Queue, some: Sequence[Tile], requests: int, week: int) -> None:
    """Draw the same random numbers and do nothing with them: the floor."""
    for tile in some:
        for cause, _mean in causes(queue):
            tile.streams.draw(cause, "exponential", requests, week=week)


def percentiles(queue: Queue, some: Sequence[Tile], requests: int, week: int) -> Ints:
    """Nearest-rank percentiles of every lane, (l, percent)."""
    ranks = [-(-requests * percent // 100) - 1 for percent in PERCENTS]
    return np.concatenate([times[:, ranks] for times in ordered_times(queue, some, requests, week)])


def ordered_times(queue: Queue, some: Sequence[Tile], requests: int, week: int) -> Iterator[Ints]:
    """What is measured of every request, in ascending order within its lane, (l, j), tile by tile."""
    shape = (requests, some[-1].columns.stop)
    (gaps, mean_gap), *services = causes(queue)
    arrive, service = np.empty(shape, dtype=np.int64), np.empty(shape, dtype=np.int64)
    for tile in some:
        _turn(drawn_ticks(tile.streams, gaps, mean_gap, requests, week), into=arrive[:, tile.columns])
    for earlier, arrival in pairwise(arrive):  # along rows: a cumsum along axis 0 takes forty times as long
        np.add(earlier, arrival, out=arrival)
    ready, places = arrive, None
    for station, ((cause, mean), servers) in enumerate(zip(services, queue.servers, strict=True)):
        if station and queue.servers[station - 1] > 1:
            ready, places = _overtaken(ready, places, some)
        for index, tile in enumerate(some):
            ticks = drawn_ticks(tile.streams, cause, mean, requests, week)
            if places is not None:
                ticks = ticks.take(places[index])
            _turn(ticks, into=service[:, tile.columns])
        start = starts(ready, service, servers)
        ready = start if queue.waits_only else np.add(start, service, out=start)
    for index, tile in enumerate(some):
        since = arrive[:, tile.columns]
        if places is not None:
            since = _turned(since).take(places[index]).T
        yield _sorted_lanes(ready[:, tile.columns] - since)


def _overtaken(leave: Ints, places: list[Ints] | None, some: Sequence[Tile]) -> tuple[Ints, list[Ints]]:
    """Put departures in order, as several servers let requests overtake.

    One integer key holds the tick and the place of the request in its tile as it was drawn, so that a
    single sort orders, breaks ties and carries the identity along.

    Returns: departures in order (j, l), and for each tile the places of their requests, (l, j).
    """
    ordered, found = np.empty_like(leave), []
    for index, tile in enumerate(some):
        key = _turned(leave[:, tile.columns])
        bits = (key.size - 1).bit_length()
        key <<= bits
        key |= np.arange(key.size).reshape(key.shape) if places is None else places[index]
        key.sort(axis=1)
        found.append(key & ((1 << bits) - 1))
        key >>= bits
        _turn(key, into=ordered[:, tile.columns])
    return ordered, found


def _sorted_lanes(times: Ints) -> Ints:
    """Sort each lane of (j, l); 32 bits are sorted in half the time of 64."""
    assert times.max() < 1 << 31
    lanes = _turned(times.astype(np.int32))
    lanes.sort(axis=1)
    return lanes


def _turned(values: Ints) -> Ints:
    into = np.empty(values.shape[::-1], dtype=values.dtype)
    for first in range(0, len(values), REQUESTS_OF_A_TILE):
        into[:, first : first + REQUESTS_OF_A_TILE] = values[first : first + REQUESTS_OF_A_TILE].T
    return into


def _turn(values: Ints, *, into: Ints) -> None:
    for first in range(0, len(into), REQUESTS_OF_A_TILE):
        into[first : first + REQUESTS_OF_A_TILE] = values[:, first : first + REQUESTS_OF_A_TILE].T
