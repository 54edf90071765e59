"""Rules of how requests call the database, to be broken."""

from typing import Any

from simulator.engines.events import station
from simulator.engines.lanes import feedback, least_outstanding
from simulator.queueing.order import ROUTE, Rank
from tests.engines.agreement.broken import Broken, Patch, reading
from tests.engines.agreement.companies import (
    bound_reads,
    few_connections,
    locked_rows,
    reads_where_fewest_are,
    reads_where_no_write_is,
    some_connections,
)


def gates_after_routers(patch: Patch) -> None:
    begin = station.Station.__init__

    def late(self: station.Station, *of: Any, gate: bool = False, **more: Any) -> None:
        del gate
        begin(self, *of, **more)

    patch.setattr(station.Station, "__init__", late)


def highest_index_at_locks(patch: Patch) -> None:
    enter = station.Station.enter

    def backwards(self: station.Station, job: int, *visit: Any) -> station.Visit:
        return enter(self, -job if self._admission == ROUTE + Rank.LOCK else job, *visit)

    patch.setattr(station.Station, "enter", backwards)


CALLS: Broken = {
    # In the event engine: the order of the tick.
    "events: gates before the routers behind them": (some_connections, gates_after_routers),
    "events: locks in the order of the index": (locked_rows, highest_index_at_locks),
    # In the lanes engine: the comparisons that stand for it.
    "lanes: reads that are bound to a node take no turn": (
        bound_reads,
        reading(
            feedback, "sweep", "_by_turns(coming.station, takes_turn,", "_by_turns(coming.station, ~write,"
        ),
    ),
    "lanes: the primary takes no turn where replicas alone read": (
        reads_where_no_write_is,
        reading(feedback, "sweep", "turn = first[of] +", "turn ="),
    ),
    "lanes: of nodes with as few reads the first": (
        reads_where_fewest_are,
        reading(
            least_outstanding._Steps,
            "step",
            "np.where(self.absent, FAR, outstanding).argmin(axis=0)",
            "len(self.free) - 1 - np.where(self.absent, FAR, outstanding)[::-1].argmin(axis=0)",
        ),
    ),
    "lanes: a connection is held until the answer is back": (
        few_connections,
        reading(feedback._Asking, "coming", "self.back(done, times, at)", "self.back(times.end, times, at)"),
    ),
    "lanes: a synchronous write waits until its copies are applied": (
        few_connections,
        reading(feedback, "_done", "swept.taken_up[at] + asking.calls.apply[at]", "swept.taken_up[at]"),
    ),
    "lanes: a row is locked until its commit is done": (
        locked_rows,
        reading(
            feedback,
            "locks",
            "released[releasing - routes.unlocks[releasing]] = done[releasing]",
            "released[releasing - routes.unlocks[releasing]] = came[releasing]",
        ),
    ),
}
