"""The windows of a week through service and database, cut at the week's end."""

import numpy as np

from simulator.arrays import Ints
from simulator.engines.lanes.database import QueryTimes, query
from simulator.engines.lanes.service import ServiceTimes, serve
from simulator.queueing.order import Outcome
from simulator.serving.served import Applies, Served
from simulator.serving.work import CellLoad, RequestWork
from simulator.units import TICKS_PER_WEEK


def serve_windows(work: RequestWork, load: CellLoad) -> Served:
    """What becomes of every request of a week's windows."""
    service = serve(work, load)
    database = query(work, load, service)
    served = Served(
        outcome=service.outcome,
        service_start=service.start,
        service_end=service.end,
        node=database.node,
        query_start=database.start,
        query_end=database.end,
        applies=database.applies,
    )
    last = max(int(work.arrive.max()), *(int(ticks.max(initial=0)) for ticks in _ends(service, database)))
    if last + int(load.patience.max()) < TICKS_PER_WEEK:
        return served
    return _cut(work, load, served)


def _ends(service: ServiceTimes, database: QueryTimes) -> tuple[Ints, ...]:
    return service.end, database.end, database.applies.end, database.applies.apply_end


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
