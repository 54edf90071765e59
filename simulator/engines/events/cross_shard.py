"""A write to several shards locks a row on each of them, from its prepare to its commit.

A write of a single shard locks its row as well, while it is served: so the two wait for each other.
"""

import simpy

from simulator.engines.events.calls import Call
from simulator.engines.events.moment import Steps
from simulator.engines.events.station import Station, Visit
from simulator.queueing.order import Rank


class RowLocks:
    """The locks of a shard's rows: each is held by one write at a time, in the order of asking."""

    def __init__(self, env: simpy.Environment) -> None:
        """Begin with no row locked."""
        self._env = env
        self._rows: dict[int, Station] = {}
        self._held: dict[int, tuple[Station, Visit]] = {}

    def acquire(self, call: Call) -> Steps:
        """Wait for the lock of the row that a call needs."""
        if call.lock not in self._rows:
            self._rows[call.lock] = Station(self._env, Rank.LOCK, servers=1, gate=True)
        row = self._rows[call.lock]
        holding = row.enter(call.number, None)
        self._held[call.number] = row, holding
        yield holding.started

    def release(self, call: Call) -> None:
        """Let go of the lock that ends with a call: its own, or that of its prepare on this shard."""
        row, holding = self._held.pop(call.number - call.unlocks)
        row.release(holding)

    def stations(self) -> list[Station]:
        """Give the station of every row that was ever locked."""
        return list(self._rows.values())
