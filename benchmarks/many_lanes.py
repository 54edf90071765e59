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

LANES_AT_A_TIME = 30
"""Not a power of two, which would alias in the cache."""
REQUESTS_OF_A_TILE = 256
PERCENTS = (50, 95, 99)


class Room:
    """The arrays of a block of lanes; blocks that follow one another use the same."""

    def __init__(self, requests: int, lanes: int) -> None:
        """Make room: times in ticks, (j, l), and the places of requests that were overtaken, (l, j)."""
        self.arrive, self.service, self.ready, self.ordered = np.ones((4, requests, lanes), dtype=np.int64)
        self.places = np.ones((lanes, requests), dtype=np.int64)


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


def percentiles(queue: Queue, some: Sequence[Tile], room: Room, week: int) -> Ints:
    """Nearest-rank percentiles of every lane, (l, percent)."""
    requests = len(room.arrive)
    ranks = [-(-requests * percent // 100) - 1 for percent in PERCENTS]
    return np.concatenate([times[:, ranks] for times in ordered_times(queue, some, room, week)])


def ordered_times(queue: Queue, some: Sequence[Tile], room: Room, week: int) -> Iterator[Ints]:
    """What is measured of every request, in ascending order within its lane, (l, j), tile by tile."""
    ready, places = _through(queue, some, room, week)
    if places is None:
        ready -= room.arrive
    for tile in some:
        times = _turned(ready[:, tile.columns])
        if places is not None:
            times -= _turned(room.arrive[:, tile.columns]).take(places[tile.columns])
        assert times.max() < 1 << 31
        narrow = times.astype(np.int32)  # sorted in half the time
        narrow.sort(axis=1)
        yield narrow


def _through(queue: Queue, some: Sequence[Tile], room: Room, week: int) -> tuple[Ints, Ints | None]:
    """Send a block through all stations.

    Returns: starts at a single station or departures from the last one, (j, l), and where the requests
    stand in their tiles if they are no longer in the order of their arrivals, (l, j).
    """
    requests = len(room.arrive)
    (gaps, mean_gap), *services = causes(queue)
    for tile in some:
        _turn(drawn_ticks(tile.streams, gaps, mean_gap, requests, week), into=room.arrive[:, tile.columns])
    for earlier, arrival in pairwise(room.arrive):  # a cumsum along axis 0 takes forty times as long
        np.add(earlier, arrival, out=arrival)
    ready, places = room.arrive, None
    for station, ((cause, mean), servers) in enumerate(zip(services, queue.servers, strict=True)):
        if station and queue.servers[station - 1] > 1:
            _overtaken(ready, places, some, room)
            ready, places = room.ordered, room.places
        for tile in some:
            ticks = drawn_ticks(tile.streams, cause, mean, requests, week)
            if places is not None:
                ticks = ticks.take(places[tile.columns])
            _turn(ticks, into=room.service[:, tile.columns])
        ready = starts(ready, room.service, servers, out=room.ready)
        if not queue.waits_only:
            ready += room.service
    return ready, places


def _overtaken(leave: Ints, places: Ints | None, some: Sequence[Tile], room: Room) -> None:
    """Put departures in order, as several servers let requests overtake, and leave them in the room.

    One integer key holds the tick and the place of the request in its tile as it was drawn, so that a
    single sort orders, breaks ties and carries the identity along.
    """
    for tile in some:
        key = _turned(leave[:, tile.columns])
        bits = (key.size - 1).bit_length()
        key <<= bits
        key |= np.arange(key.size).reshape(key.shape) if places is None else places[tile.columns]
        key.sort(axis=1)
        np.bitwise_and(key, (1 << bits) - 1, out=room.places[tile.columns])
        key >>= bits
        _turn(key, into=room.ordered[:, tile.columns])


def _turned(values: Ints) -> Ints:
    into = np.empty(values.shape[::-1], dtype=values.dtype)
    for first in range(0, len(values), REQUESTS_OF_A_TILE):
        into[:, first : first + REQUESTS_OF_A_TILE] = values[first : first + REQUESTS_OF_A_TILE].T
    return into


def _turn(values: Ints, *, into: Ints) -> None:
    for first in range(0, len(into), REQUESTS_OF_A_TILE):
        into[first : first + REQUESTS_OF_A_TILE] = values[:, first : first + REQUESTS_OF_A_TILE].T
