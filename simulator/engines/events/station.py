"""A station serves first come, first served: servers whose number may change, patience, finite room."""

import heapq
from collections import deque
from itertools import count

import simpy

from simulator.engines.events.moment import Moment, tick_of
from simulator.queueing.order import ADMISSION, CAPACITY, DEPARTURE, GIVE_UP, ROUTE, START, Outcome, Rank


class Visit:
    """One job at one station: its service time, the moments of its start and of its end."""

    def __init__(self, env: simpy.Environment, service: int | None, servers: int) -> None:
        """Begin a visit that will ask for ``service`` ticks of ``servers``, or until it releases them."""
        self.service = service
        self.servers = servers
        self.start = 0
        self.end = 0
        self.outcome = Outcome.UNDER_WAY
        self.started = env.event()
        """Triggered when servers take the job up."""
        self.left = env.event()
        """Triggered with the outcome when the job leaves the station."""


class Station:
    """A queue with its servers.

    Jobs that arrive in the same tick are gathered and admitted in the order of their index, whatever
    order the events of that tick happened to have.
    """

    def __init__(
        self, env: simpy.Environment, rank: Rank, servers: int, room: int | None = None, *, gate: bool = False
    ) -> None:
        """Open with ``servers`` servers and ``room`` places to wait (None: without limit).

        A ``gate`` is passed on the way, before the routers behind it send on what has come in this tick.
        """
        self.env = env
        self.servers = servers
        self.room = room
        self.busy = 0
        self._admission = (ROUTE if gate else ADMISSION) + rank
        self._arrivals: list[tuple[int, int, Visit, int | None]] = []
        self._order = count()
        self._queue: deque[Visit] = deque()
        self._serving = False
        self._present = 0
        self._since = tick_of(env)
        self._area = 0
        self._sojourns = 0

    def enter(self, job: int, service: int | None, patience: int | None = None, *, servers: int = 1) -> Visit:
        """Arrive now as job ``job``; wait for so many idle ``servers`` at once for up to ``patience`` ticks.

        Nobody overtakes: the first in the queue waits until there are as many as it asks for. Without a
        ``service`` they are held until ``release``.
        """
        visit = Visit(self.env, service, servers)
        if not self._arrivals:
            Moment(self.env, 0, self._admission).callbacks.append(self._admit)
        heapq.heappush(self._arrivals, (job, next(self._order), visit, patience))
        return visit

    def release(self, visit: Visit) -> None:
        """Let go of servers that are held; a departure of this tick."""
        self._depart(visit)

    def set_servers(self, servers: int) -> None:
        """Change the number of servers this tick, after its departures and before its admissions.

        A server that goes finishes the work it has and takes no more.
        """

        def change(_: simpy.Event) -> None:
            self.servers = servers
            self._serve_waiting()

        Moment(self.env, 0, CAPACITY).callbacks.append(change)

    def check_littles_law(self) -> None:
        """Assert that the time integral of the number present equals the times spent here so far."""
        self._count(0)
        spent = self._sojourns + self._present * tick_of(self.env)  # those present have left an arrival in it
        assert self._area == spent, (self._area, spent)

    def _admit(self, _: simpy.Event) -> None:
        while self._arrivals:
            _job, _order, visit, patience = heapq.heappop(self._arrivals)
            must_wait = bool(self._queue) or not self._has_idle(visit)
            if must_wait and self.room is not None and len(self._queue) >= self.room:
                visit.outcome = Outcome.TURNED_AWAY
                visit.left.succeed(visit.outcome)
                continue
            self._count(1)
            self._sojourns -= tick_of(self.env)
            self._queue.append(visit)
            self._serve_next()
            if visit.outcome is Outcome.UNDER_WAY and not visit.started.triggered and patience is not None:
                self._give_up_after(patience, visit)

    def _serve_waiting(self) -> None:
        """Serve those who wait, once this tick's departures and changes of servers have been made."""
        if self._queue and not self._serving:
            self._serving = True
            Moment(self.env, 0, START).callbacks.append(self._serve_now)

    def _serve_now(self, _: simpy.Event) -> None:
        self._serving = False
        self._serve_next()

    def _serve_next(self) -> None:
        while self._queue and self._has_idle(self._queue[0]):
            visit = self._queue.popleft()
            self.busy += visit.servers
            visit.start = tick_of(self.env)
            visit.started.succeed()
            if visit.service is not None:
                Moment(self.env, visit.service, DEPARTURE, visit).callbacks.append(self._served)

    def _has_idle(self, visit: Visit) -> bool:
        return self.busy + visit.servers <= self.servers

    def _served(self, event: simpy.Event) -> None:
        visit = event.value
        assert isinstance(visit, Visit)
        self._depart(visit)

    def _depart(self, visit: Visit) -> None:
        self.busy -= visit.servers
        self._leave(visit, Outcome.SERVED)
        self._serve_waiting()

    def _give_up_after(self, patience: int, visit: Visit) -> None:
        def give_up(_: simpy.Event) -> None:
            if not visit.started.triggered:
                self._queue.remove(visit)
                self._leave(visit, Outcome.GAVE_UP)

        Moment(self.env, patience, GIVE_UP).callbacks.append(give_up)

    def _leave(self, visit: Visit, outcome: Outcome) -> None:
        visit.end = tick_of(self.env)
        visit.outcome = outcome
        self._count(-1)
        self._sojourns += tick_of(self.env)
        visit.left.succeed(outcome)

    def _count(self, change: int) -> None:
        """Add to the integral of the number present, independently of the visits' own times."""
        self._area += self._present * (tick_of(self.env) - self._since)
        self._since = tick_of(self.env)
        self._present += change
