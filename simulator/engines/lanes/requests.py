"""The windows of a week through service and database, cut at the week's end."""

from collections.abc import Iterator
from dataclasses import fields, replace

import numpy as np

from simulator.arrays import Array
from simulator.engines.lanes.database import QueryTimes, Tier, query
from simulator.engines.lanes.service import ServiceTimes, serve
from simulator.queueing.order import Outcome
from simulator.serving.served import Applies, Served
from simulator.serving.work import CellLoad, RequestWork
from simulator.units import TICKS_PER_WEEK

REQUESTS_AT_ONCE = 1 << 18
"""Of whose calls the flat arrays still fit into the last cache; fewer make too few lanes."""


def serve_windows(work: RequestWork, load: CellLoad) -> Served:
    """What becomes of every request of a week's windows by the end of the week."""
    served = serve_to_the_end(work, load)
    applies = served.applies
    lasts = (work.arrive[:, -1], served.service_end, served.query_end, applies.end, applies.apply_end)
    last = max(int(ticks.max(initial=0)) for ticks in lasts)
    return served if last + int(load.patience.max()) < TICKS_PER_WEEK else _cut(work, load, served)


def serve_to_the_end(work: RequestWork, load: CellLoad) -> Served:
    """What becomes of every request of some windows, however long it takes."""
    service = serve(work, load)
    queries = [_query(work, load, service, rows) for rows in _some_cells(work.arrive.shape)]
    return Served(
        outcome=service.outcome,
        service_start=service.start,
        service_end=service.end,
        node=_together([times.node for times in queries]),
        query_start=_together([times.start for times in queries]),
        query_end=_together([times.end for times in queries]),
        applies=Applies(
            **{
                field.name: _together([getattr(times.applies, field.name) for times in queries])
                for field in fields(Applies)
            }
        ),
    )


def _together(parts: list[Array]) -> Array:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _some_cells(shape: tuple[int, ...]) -> Iterator[slice]:
    """Cells whose calls stay in cache while they are sorted and swept, and make lanes enough."""
    at_once = max(REQUESTS_AT_ONCE // shape[1], 1)
    for first in range(0, shape[0], at_once):
        yield slice(first, first + at_once)


def _query(work: RequestWork, load: CellLoad, service: ServiceTimes, rows: slice) -> QueryTimes:
    tier = Tier(
        shards=int(load.shards[rows].max()),
        read_replicas=load.read_replicas[rows],
        cores=load.cores[rows],
    )
    times = query(work.of(rows), tier, service.of(rows))
    return replace(times, applies=replace(times.applies, cell=times.applies.cell + rows.start))


def _cut(work: RequestWork, load: CellLoad, served: Served) -> Served:
    """Take back what would only have happened after the week's last tick."""
    gave_up = work.arrive + load.patience[:, np.newaxis]
    left = np.select(
        [served.outcome == Outcome.SERVED, served.outcome == Outcome.GAVE_UP],
        [served.service_end, gave_up],
        work.arrive,
    )
    inside, answered = left < TICKS_PER_WEEK, served.query_end < TICKS_PER_WEEK
    applies, kept = served.applies, served.applies.end < TICKS_PER_WEEK
    kept &= applies.apply_end < TICKS_PER_WEEK
    return Served(
        outcome=np.where(inside, served.outcome, np.int8(Outcome.UNDER_WAY)),
        service_start=np.where(inside, served.service_start, 0),
        service_end=np.where(inside, served.service_end, 0),
        node=np.where(answered, served.node, np.int16(-1)),
        query_start=np.where(answered, served.query_start, 0),
        query_end=np.where(answered, served.query_end, 0),
        applies=Applies(**{name: values[kept] for name, values in vars(applies).items()}),
    )
