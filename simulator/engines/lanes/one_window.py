"""The look-ahead steps the calls of one window one after the other in the order of their ticks.

What ends at a tick comes before what begins, and of what begins a call meets first its connection, then its
row, then its node; there the lower number goes first, as everywhere.
"""

from collections import deque
from dataclasses import dataclass, field
from heapq import heappop, heappush, heapreplace

from simulator.serving.calls.rows import BY_POLICY, NO_LOCK, WRITE

DONE, BACK, APPLY, ASK, COME, NODE = range(6)
"""Kinds of events, in the order in which those of one tick happen."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The rules of one window, the same for all its requests."""

    connections: int
    cores: int
    replicas: int
    first_reader: int
    """First node that takes part when reads take turns."""
    appliers: int
    mode: str
    acknowledge: int
    zones: int
    round_trip: int


@dataclass(kw_only=True)
class Window:
    """The state of one window; every list is by call, by trip or by request of this window alone."""

    branch: list[int]
    shard: list[int]
    ticks: list[int]
    apply: list[int]
    node: list[int]
    zone: list[int]
    lock: list[int]
    unlocks: list[int]
    trip_of: list[int]
    calls_of: list[range]
    """Calls of each trip."""
    last: list[bool]
    """True for a trip that is the last of its request."""
    request_of: list[int]
    """Request of each trip, counted within the window."""
    gate_of: list[int]
    """Service replica of each request."""
    first_of: list[int]
    """First trip of each request."""
    rules: Rules
    arrive: list[int]
    connected: list[int]
    events: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Events to come: tick, kind, call or request, and the replica or the server that it belongs to."""
    open: list[int] = field(default_factory=list)
    """Calls of each trip that are not answered yet."""
    over: list[int] = field(default_factory=list)
    free: dict[int, int] = field(default_factory=dict)
    """Connections of each gate that nobody holds."""
    queues: dict[int, deque[int]] = field(default_factory=dict)
    held: dict[tuple[int, int], deque[int]] = field(default_factory=dict)
    """Rows that are locked, and who waits for them."""
    servers: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    turns: dict[int, int] = field(default_factory=dict)

    def run(self, asks: list[int]) -> None:
        """Let all requests ask for a connection, and take everything from there in its order."""
        self.open, self.over = [len(calls) for calls in self.calls_of], [0] * len(self.calls_of)
        self.events = sorted((tick, ASK, request, 0) for request, tick in enumerate(asks))
        does = {
            DONE: self._done,
            BACK: self._back,
            APPLY: self._apply,
            ASK: self._ask,
            COME: self._come,
            NODE: self._serve,
        }
        while self.events:
            tick, kind, whose, by = heappop(self.events)
            does[kind](tick, whose, by)

    def _ask(self, tick: int, request: int, _: int) -> None:
        gate, places = self.gate_of[request], self.rules.connections
        if places and self.free.setdefault(gate, places) == 0:
            self.queues.setdefault(gate, deque()).append(request)
            return
        if places:
            self.free[gate] -= 1
        self._connect(tick, request)

    def _connect(self, tick: int, request: int) -> None:
        self.connected[request] = tick
        self._begin(tick, self.first_of[request])

    def _begin(self, tick: int, trip: int) -> None:
        for call in self.calls_of[trip]:
            heappush(self.events, (tick, COME, call, 0))

    def _come(self, tick: int, call: int, _: int) -> None:
        if self.lock[call] != NO_LOCK:
            row = self.shard[call], self.lock[call]
            if row in self.held:
                self.held[row].append(call)
                return
            self.held[row] = deque()
        heappush(self.events, (tick, NODE, call, 0))

    def _serve(self, tick: int, call: int, replica: int) -> None:
        shard, rules = self.shard[call], self.rules
        if replica:
            self._taken_up(tick, (shard, replica), self.apply[call], rules.cores)
            return
        self.arrive[call], node = tick, self.node[call]
        if node == BY_POLICY:
            turn = self.turns.get(shard, 0)
            readers = 1 + rules.replicas - rules.first_reader
            node, self.turns[shard] = rules.first_reader + turn % readers, turn + 1
        end = self._taken_up(tick, (shard, node), self.ticks[call], rules.cores) + self.ticks[call]
        copied = self.branch[call] == WRITE and self.apply[call] * rules.replicas > 0
        if copied:
            heappush(self.events, (end, APPLY, call, node))
        if not copied or rules.mode != "synchronous":
            told = end + (rules.acknowledge if copied and rules.mode == "semi_synchronous" else 0)
            heappush(self.events, (told, DONE, call, node))

    def _apply(self, tick: int, call: int, node: int) -> None:
        shard, rules = self.shard[call], self.rules
        begun = self._taken_up(tick, (shard, -1), self.apply[call], rules.appliers)
        for replica in range(1, 1 + rules.replicas):
            heappush(self.events, (begun, NODE, call, replica))
        if rules.mode == "synchronous":
            heappush(self.events, (begun + self.apply[call] + rules.acknowledge, DONE, call, node))

    def _taken_up(self, tick: int, station: tuple[int, int], service: int, servers: int) -> int:
        """Give the tick at which the first free server begins."""
        free = self.servers.setdefault(station, [0] * servers)
        begun = max(tick, free[0])
        heapreplace(free, begun + service)
        return begun

    def _done(self, tick: int, call: int, node: int) -> None:
        if self.unlocks[call] != NO_LOCK:
            locked = call - self.unlocks[call]
            row = self.shard[locked], self.lock[locked]
            if self.held[row]:
                heappush(self.events, (tick, NODE, self.held[row].popleft(), 0))
            else:
                del self.held[row]
        far = node % self.rules.zones != self.zone[call]
        trip = self.trip_of[call]
        self.over[trip] = max(self.over[trip], tick + (self.rules.round_trip if far else 0))
        self.open[trip] -= 1
        if self.open[trip] == 0:
            heappush(self.events, (self.over[trip], BACK, trip, 0))

    def _back(self, tick: int, trip: int, _: int) -> None:
        if not self.last[trip]:
            self._begin(tick, trip + 1)
            return
        gate = self.gate_of[self.request_of[trip]]
        if self.queues.get(gate):
            self._connect(tick, self.queues[gate].popleft())
        elif self.rules.connections:
            self.free[gate] += 1
