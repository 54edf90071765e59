"""A router sends the jobs of a tick on in the order of their index."""

import heapq
from collections.abc import Callable, Sequence
from itertools import count, cycle
from typing import Generic, TypeVar

import simpy

from simulator.engines.events.moment import Moment
from simulator.queueing.order import ROUTE, Rank

Target = TypeVar("Target")


class Router(Generic[Target]):
    """A router gathers the jobs of a tick and lets a policy choose a target for each in turn."""

    def __init__(self, env: simpy.Environment, rank: Rank, choose: Callable[[], Target]) -> None:
        """Route with ``choose``, called once for each job in order."""
        self.env = env
        self._phase = ROUTE + rank
        self._choose = choose
        self._arrivals: list[tuple[int, int, simpy.Event]] = []
        self._order = count()

    def route(self, job: int) -> simpy.Event:
        """Ask for a target; the event succeeds with it within this tick."""
        chosen = self.env.event()
        if not self._arrivals:
            Moment(self.env, 0, self._phase).callbacks.append(self._send)
        heapq.heappush(self._arrivals, (job, next(self._order), chosen))
        return chosen

    def _send(self, _: simpy.Event) -> None:
        while self._arrivals:
            _job, _order, chosen = heapq.heappop(self._arrivals)
            chosen.succeed(self._choose())


def round_robin(targets: Sequence[Target]) -> Callable[[], Target]:
    """Give a policy that takes each target in turn, from the first."""
    turns = cycle(targets)
    return lambda: next(turns)


def least_outstanding(targets: Sequence[Target], outstanding: list[int]) -> Callable[[], Target]:
    """Give a policy that takes the first target with the fewest jobs in progress, and counts it there."""

    def choose() -> Target:
        index = min(range(len(targets)), key=outstanding.__getitem__)
        outstanding[index] += 1
        return targets[index]

    return choose
