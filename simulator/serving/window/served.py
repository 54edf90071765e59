"""An engine reports the fate of every request of a week's windows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.arrays import Ints


@dataclass(frozen=True, kw_only=True)
class Applies:
    """The writes applied on read replicas, one row each, in the order (cell, call, replica)."""

    cell: Ints
    call: Ints
    """Index of the write among the calls of its cell."""
    replica: Ints
    """Number of the replica within its shard, from 1."""
    queued: Ints
    """Tick at which the primary completed the write."""
    apply_start: Ints
    """Tick at which the replica's applier takes it up."""
    apply_end: Ints
    start: Ints
    """Tick at which the write gets a core, in competition with the reads."""
    end: Ints


@dataclass(frozen=True, kw_only=True)
class CallTimes:
    """The arrival, start and departure of every database call, in ticks, (n,); 0 where there was none."""

    node: npt.NDArray[np.int16]
    """Number of the node: 0 for the shard's primary, from 1 its replicas, -1 where the call was not made."""
    arrive: Ints
    start: Ints
    end: Ints


@dataclass(frozen=True, kw_only=True)
class CopyTimes:
    """The ticks at which the chunks of a copy were served, (m,); 0 where there was nothing to do."""

    held: npt.NDArray[np.bool_]
    """True for a chunk that was left out, as replicas were too far behind."""
    read_start: Ints
    read_end: Ints
    write_start: Ints
    write_end: Ints
    applies: Applies
    """Writes of chunks applied on replicas; a call is a chunk."""


@dataclass(frozen=True, kw_only=True)
class Served:
    """The starts and departures of every request, in ticks, (c, j); 0 where there was none."""

    outcome: npt.NDArray[np.int8]
    """Outcome of the request at the service, an ``Outcome``."""
    service_start: Ints
    service_end: Ints
    connected: Ints
    """Tick at which the request gets a connection to the database."""
    back: Ints
    """Tick of the database's last answer."""
    calls: CallTimes
    applies: Applies
    copy: CopyTimes | None = None
    """Times of the data copied beside the requests."""


BY_REQUEST = ("outcome", "service_start", "service_end", "connected", "back")
"""Names of the arrays with one value a request, (c, j)."""
COPY = ("held", "read_start", "read_end", "write_start", "write_end")
"""Names of the arrays with one value a chunk, (m,)."""


def overlap(start: Ints, end: Ints, opens: Ints, closes: Ints) -> Ints:
    """Give the ticks of [start, end) that lie in [opens, closes); an end of 0 is that of no interval."""
    shared: Ints = np.minimum(end, closes)
    shared -= np.maximum(start, opens)
    return np.maximum(shared, 0, out=shared)
