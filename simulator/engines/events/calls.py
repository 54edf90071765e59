"""The event engine reads the calls of each request as trips that follow each other."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from simulator.engines.events.station import Visit
from simulator.serving.calls.rows import BY_POLICY, HIT, NO_LOCK, WRITE, Calls

Trips = list[list["Call"]]
"""Trips of one request in their order; the calls of a trip are made at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One call of one shard."""

    number: int
    """Index of the call in its window."""
    trip: int
    write: bool
    shard: int
    ticks: int
    apply: int
    node: int
    zone: int
    lock: int
    unlocks: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A call that was made."""

    node: int
    """Number of the node, 0 for the primary."""
    arrive: int
    """Tick of coming there, in the window's own time."""
    visit: Visit


def trips_of(calls: Calls) -> Callable[[int], Trips]:
    """Give a function from a request of the window to its trips."""
    shard, ticks, apply = calls.shard.tolist(), calls.ticks.tolist(), calls.apply.tolist()
    branch, routes = calls.branch.tolist(), calls.routes
    if routes is None:

        def taking_turns(job: int) -> Trips:
            if branch[job] == HIT:
                return []
            write = branch[job] == WRITE
            call = Call(
                number=job,
                trip=0,
                write=write,
                shard=shard[job],
                ticks=ticks[job],
                apply=apply[job],
                node=0 if write else BY_POLICY,
                zone=0,
                lock=NO_LOCK,
                unlocks=NO_LOCK,
            )
            return [[call]]

        return taking_turns

    by_request: dict[int, list[Call]] = {}
    columns = (routes.trip, routes.node, routes.zone, routes.lock, routes.unlocks)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    for number, (request, (trip, node, zone, lock, unlocks)) in enumerate(
        zip(routes.request.tolist(), rows, strict=True)
    ):
        call = Call(
            number=number,
            trip=trip,
            write=branch[number] == WRITE,
            shard=shard[number],
            ticks=ticks[number],
            apply=apply[number],
            node=node,
            zone=zone,
            lock=lock,
            unlocks=unlocks,
        )
        by_request.setdefault(request, []).append(call)

    def routed(job: int) -> Trips:
        calls_of_job = by_request.get(job, [])
        return [list(trip) for _, trip in groupby(calls_of_job, key=attrgetter("trip"))]

    return routed
