"""The requests of a week's windows, drawn at unit rate before any of them moves."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.draws.calls import CallDraws, draw_calls
from simulator.draws.shapes import draw_unit_work
from simulator.draws.streams import Streams
from simulator.scenario.keys.shapes import Distribution


@dataclass(frozen=True, kw_only=True)
class RequestDraws:
    """One row a cell (a window of a run, the windows of a run one after the other), one column a request.

    Every array is (c, j) float64 with c = lanes x windows.
    """

    gap: Floats
    """Unit-mean time since the arrival before; exponential in a Poisson process at rate 1."""
    service: Floats
    """Unit-mean work on the service."""
    branch: Floats
    """Uniform: write, cache hit or read from the database."""
    shard: Floats
    """Uniform: where in the shards' cumulative shares the user falls."""
    query: Floats
    """Unit-mean work in the database."""
    calls: CallDraws | None
    """None where every request makes one call alike."""

    def repeated(self, times: int) -> "RequestDraws":
        """Repeat every cell so many times, one after the other."""
        drawn = {
            name: np.repeat(values, times, axis=0) for name, values in vars(self).items() if name != "calls"
        }
        return RequestDraws(**drawn, calls=None if self.calls is None else self.calls.repeated(times))


def draw_requests(  # noqa: PLR0913 the shapes of what is drawn, each by its name
    streams: Streams,
    week: int,
    *,
    lanes: slice = slice(None),
    windows: int,
    requests: int,
    service_shape: Distribution,
    query_shape: Distribution,
    parts: int | None = None,
    gap_shape: Distribution = "exponential",
) -> RequestDraws:
    """Draw every request of a week for some lanes of a block.

    Request k of window v is the same whatever happens to the others. With ``parts`` the requests may call
    the database each in its own way, in so many parts beyond the first.
    """
    count, streams = windows * requests, streams.of(lanes)

    def cells(drawn: Floats) -> Floats:
        return drawn.reshape(streams.lanes * windows, requests)

    return RequestDraws(
        gap=cells(draw_unit_work(streams, "request:gap", gap_shape, count, week=week)),
        service=cells(draw_unit_work(streams, "request:service", service_shape, count, week=week)),
        branch=cells(streams.draw("request:branch", "uniform", count, week=week)),
        shard=cells(streams.draw("request:shard", "uniform", count, week=week)),
        query=cells(draw_unit_work(streams, "request:query", query_shape, count, week=week)),
        calls=None
        if parts is None
        else draw_calls(
            streams, week, windows=windows, requests=requests, parts=parts, query_shape=query_shape
        ),
    )
