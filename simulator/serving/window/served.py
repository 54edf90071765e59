"""An engine tells the fate of the requests of a week's windows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.arrays import Ints


@dataclass(frozen=True, kw_only=True)
class Applies:
    """Writes applied on read replicas, one row each, in the order (cell, call, replica)."""

    cell: Ints
    call: Ints
    """Index among the calls of its cell."""
    replica: Ints
    """1, 2, … within its shard."""
    queued: Ints
    """Tick at which the primary was done with the write."""
    apply_start: Ints
    """Tick at which the replica's applier takes it up."""
    apply_end: Ints
    start: Ints
    """Tick at which it gets a core, in competition with the reads."""
    end: Ints


@dataclass(frozen=True, kw_only=True)
class CallTimes:
    """Coming, start and departure of every call of the database, in ticks, (n,); 0 where there was none."""

    node: npt.NDArray[np.int16]
    """0 is the shard's primary, 1, 2, … its read replicas; -1 where the call was not made."""
    arrive: Ints
    start: Ints
    end: Ints


@dataclass(frozen=True, kw_only=True)
class CopyTimes:
    """The chunks of a copy were served at these ticks, (m,); 0 where there was nothing to do."""

    held: npt.NDArray[np.bool_]
    """Left out, as replicas were too far behind."""
    read_start: Ints
    read_end: Ints
    write_start: Ints
    write_end: Ints
    applies: Applies
    """The written chunks were applied so; a call is a chunk."""


@dataclass(frozen=True, kw_only=True)
class Served:
    """Starts and departures of every request, in ticks, (c, j); 0 where there was none."""

    outcome: npt.NDArray[np.int8]
    """At the service: an ``Outcome``."""
    service_start: Ints
    service_end: Ints
    connected: Ints
    """The request has a connection to the database at this tick."""
    back: Ints
    """The last answer of the database is back at this tick."""
    calls: CallTimes
    applies: Applies
    copy: CopyTimes | None = None
    """The data copied beside the requests went so."""


BY_REQUEST = ("outcome", "service_start", "service_end", "connected", "back")
"""These arrays tell of every request, (c, j)."""
COPY = ("held", "read_start", "read_end", "write_start", "write_end")
"""These arrays tell of every chunk, (m,)."""


def overlap(start: Ints, end: Ints, opens: Ints, closes: Ints) -> Ints:
    """Ticks of [start, end) that lie in [opens, closes); an end of 0 is that of no interval."""
    shared: Ints = np.minimum(end, closes)
    shared -= np.maximum(start, opens)
    return np.maximum(shared, 0, out=shared)
