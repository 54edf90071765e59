"""These draws decide how a request calls the database, and are made for every request, needed or not."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.draws.shapes import draw_unit_work
from simulator.draws.streams import Streams
from simulator.scenario.keys.shapes import Distribution


@dataclass(frozen=True, kw_only=True)
class CallDraws:
    """The draws of calls, a row a cell and a column a request: (c, j) each, uniform unless said otherwise."""

    kind: Floats
    """Uniform that decides if the request touches one shard or several."""
    index: Floats
    """Uniform that decides if a write changes the lookup index."""
    own: Floats
    """Uniform that decides if the reader has just written."""
    zone: Floats
    """Uniform that decides the zone from which the call comes."""
    node: Floats
    """Uniform that decides which of the equally good nodes reads."""
    others: Floats
    """Uniform that decides at which of the other shards the request begins."""
    lock: Floats
    """Uniform that decides the row of a shard that the write locks."""
    failure: Floats
    """Uniform that decides the step at which a saga fails, if it does."""
    parts: Floats
    """Unit-mean work of the second part and those after it, (p, c, j)."""

    def repeated(self, times: int) -> "CallDraws":
        """Repeat every cell so many times, one after the other."""
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
