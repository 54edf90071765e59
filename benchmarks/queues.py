"""The queues that all contenders simulate: Poisson arrivals, exponential services, stations in tandem.

A tick is a millionth of the mean time between two arrivals, so that within a lane hardly two things
happen in the same tick: there no rule of order is needed, and simulators with rules of their own
must agree. Axes: l lane, j request.
"""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Ints
from simulator.draws.streams import Streams

TICKS_PER_ARRIVAL = 1_000_000.0
UTILIZATION_SHARE = 0.8
SEED = 20_240_817


@dataclass(frozen=True, kw_only=True)
class Queue:
    """Stations that every request passes one after the other."""

    name: str
    servers: tuple[int, ...]
    """Of each station."""

    @property
    def waits_only(self) -> bool:
        """Measured is the wait at a single station, but the time through all stations of a tandem."""
        return len(self.servers) == 1


QUEUES = (
    Queue(name="M/M/1", servers=(1,)),
    Queue(name="M/M/4", servers=(4,)),
    Queue(name="tandem of three M/M/1", servers=(1, 1, 1)),
    Queue(name="tandem of three M/M/4", servers=(4, 4, 4)),
)


def causes(queue: Queue) -> list[tuple[str, float]]:
    """Names of the random streams, each with the mean of its ticks: gaps first, then each station."""
    services = [
        (f"service:{station}", TICKS_PER_ARRIVAL * servers * UTILIZATION_SHARE)
        for station, servers in enumerate(queue.servers)
    ]
    return [("gap", TICKS_PER_ARRIVAL), *services]


def drawn_ticks(streams: Streams, cause: str, mean_ticks: float, requests: int, week: int) -> Ints:
    """Exponential times of at least a tick, (l, j)."""
    unit = streams.draw(cause, "exponential", requests, week=week)
    unit *= mean_ticks
    ticks = unit.astype(np.int64)
    ticks += 1
    return ticks


@dataclass(frozen=True, kw_only=True)
class Given:
    """The arrivals and services of one lane, as plain numbers for contenders that take one at a time."""

    gap: list[int]
    arrive: list[int]
    service: list[list[int]]
    """By station, then by request."""


def given(queue: Queue, lane: int, requests: int, week: int) -> Given:
    """Draw a lane: run i has the same numbers in whatever block it is drawn."""
    streams = Streams(SEED, range(lane, lane + 1))
    gap, *service = [drawn_ticks(streams, cause, mean, requests, week)[0] for cause, mean in causes(queue)]
    return Given(
        gap=gap.tolist(), arrive=np.cumsum(gap).tolist(), service=[ticks.tolist() for ticks in service]
    )


def measured(queue: Queue, lane: Given, leave: list[int]) -> Ints:
    """Waits, or times through the tandem, of one lane in ascending order, from its departures by request."""
    times = np.array(leave) - np.array(lane.arrive)
    return np.sort(times - np.array(lane.service[0]) if queue.waits_only else times)
