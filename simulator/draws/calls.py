"""These draws decide how a request calls the database, and are made for every request, needed or not."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.draws.shapes import draw_unit_work
from simulator.draws.streams import Streams
from simulator.scenario.keys.shapes import Distribution


@dataclass(frozen=True, kw_only=True)
class CallDraws:
    """One row a cell, one column a request: (c, j) each, uniform unless said otherwise."""

    kind: Floats
    """True means that it touches one shard or several."""
    index: Floats
    """True means that a write changes the lookup index."""
    own: Floats
    """True means that the reader has just written."""
    zone: Floats
    """The call comes from this zone."""
    node: Floats
    """This one of the equally good nodes reads."""
    others: Floats
    """The request touches these other shards."""
    lock: Floats
    """The write locks this row of a shard."""
    failure: Floats
    """Uniform that decides the step at which a saga fails, if it does."""
    parts: Floats
    """Unit-mean work of the second part and those after it, (p, c, j)."""

    def repeated(self, times: int) -> "CallDraws":
        """Every cell so many times, one after the other."""
        return CallDraws(**{name: np.repeat(values, times, axis=-2) for name, values in vars(self).items()})


def draw_calls(
    streams: Streams, week: int, *, windows: int, requests: int, parts: int, query_shape: Distribution
) -> CallDraws:
    """Draw for every request of a week; asking for more ``parts`` leaves the first ones as they are."""
    count, shape = windows * requests, (streams.lanes * windows, requests)

    def uniform(cause: str) -> Floats:
        return streams.draw(f"call:{cause}", "uniform", count, week=week).reshape(shape)

    work = [
        draw_unit_work(streams, f"call:part:{part}", query_shape, count, week=week) for part in range(parts)
    ]
    return CallDraws(
        **{name: uniform(name) for name in CallDraws.__dataclass_fields__ if name != "parts"},
        parts=np.array(work).reshape(parts, *shape),
    )
