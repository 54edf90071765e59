"""A window of requests: through a service replica, past the cache, into the database."""

from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from simulator.arrays import Ints
from simulator.engines.events.moment import Moment
from simulator.engines.events.router import Router, round_robin
from simulator.engines.events.station import Station, Visit
from simulator.queueing.order import DEPARTURE, Outcome, Rank
from simulator.serving.served import Applies, Served
from simulator.serving.work import HIT, WRITE, CellLoad, RequestWork

Steps = Generator[simpy.Event, Any, None]


class ReadReplica:
    """A copy of a shard: an applier that takes up one write after the other, and cores for all work."""

    def __init__(self, env: simpy.Environment, cores: int) -> None:
        """Start with an empty applier and ``cores`` idle cores."""
        self.env = env
        self.applier = Station(env, Rank.APPLY, servers=1)
        self.cores = Station(env, Rank.REPLICA, servers=cores)

    def apply(self, job: int, ticks: int, row: Ints) -> Steps:
        """Apply a write: each that starts also asks for a core, in competition with the reads."""
        applying = self.applier.enter(job, ticks)
        yield applying.started
        working = self.cores.enter(job, ticks)
        yield applying.left & working.left
        row[:] = applying.start, applying.end, working.start, working.end


class DatabaseShard:
    """A primary, its read replicas, and the turn that reads take over all of them."""

    def __init__(self, env: simpy.Environment, read_replicas: int, cores: int) -> None:
        """Build the nodes of one shard."""
        self.primary = Station(env, Rank.PRIMARY, servers=cores)
        self.replicas = [ReadReplica(env, cores) for _ in range(read_replicas)]
        nodes = [self.primary, *(replica.cores for replica in self.replicas)]
        self.reads = Router(env, Rank.PRIMARY, round_robin(list(enumerate(nodes))))


class Window:
    """One window of a run, with stations of its own that start empty."""

    def __init__(self, env: simpy.Environment, work: RequestWork, load: CellLoad, cell: int) -> None:
        """Build the topology of row ``cell`` and let its requests arrive from now on."""
        self.env = env
        self.cell = cell
        self.opened = env.now
        self.work = {
            "arrive": work.arrive[cell].tolist(),
            "service": work.service[cell].tolist(),
            "branch": work.branch[cell].tolist(),
            "shard": work.shard[cell].tolist(),
            "query": work.query[cell].tolist(),
            "apply": work.apply[cell].tolist(),
        }
        self.patience = int(load.patience[cell])
        self.replicas = [
            Station(env, Rank.SERVICE, servers=load.workers, room=load.queue_room)
            for _ in range(int(load.replicas[cell]))
        ]
        self.balancer = Router(env, Rank.SERVICE, round_robin(self.replicas))
        self.shards = [
            DatabaseShard(env, int(load.read_replicas[cell]), int(load.cores[cell]))
            for _ in range(int(load.shards[cell]))
        ]
        requests = work.arrive.shape[1]
        self.service: list[Visit | None] = [None] * requests
        self.query: list[tuple[int, Visit] | None] = [None] * requests
        self.applied: list[tuple[int, int, Ints]] = []
        for job in range(requests):
            env.process(self._request(job))

    def _request(self, job: int) -> Steps:
        work = self.work
        yield Moment(self.env, work["arrive"][job], DEPARTURE)
        replica = yield self.balancer.route(job)
        assert isinstance(replica, Station)
        visit = replica.enter(job, work["service"][job], self.patience)
        self.service[job] = visit
        yield visit.left
        if visit.outcome is not Outcome.SERVED or work["branch"][job] == HIT:
            return
        shard = self.shards[work["shard"][job]]
        if work["branch"][job] == WRITE:
            yield from self._write(job, shard)
        else:
            node, cores = yield shard.reads.route(job)
            query = cores.enter(job, work["query"][job])
            self.query[job] = (node, query)
            yield query.left

    def _write(self, job: int, shard: DatabaseShard) -> Steps:
        query = shard.primary.enter(job, self.work["query"][job])
        self.query[job] = (0, query)
        yield query.left
        for index, replica in enumerate(shard.replicas, start=1):
            row = np.zeros(4, dtype=np.int64)
            self.applied.append((job, index, row))
            self.env.process(replica.apply(job, self.work["apply"][job], row))

    def close(self) -> None:
        """Check Little's law on every station."""
        stations = [*self.replicas]
        for shard in self.shards:
            stations.append(shard.primary)
            for replica in shard.replicas:
                stations += [replica.applier, replica.cores]
        for station in stations:
            station.check_littles_law()


def collect(windows: list[Window]) -> Served:
    """Gather what became of the requests of a week's windows, one column each, in the window's own time."""
    requests = len(windows[0].service)
    shape = (len(windows), requests)
    outcome = np.zeros(shape, dtype=np.int8)
    node = np.full(shape, -1, dtype=np.int16)
    times = {
        name: np.zeros(shape, dtype=np.int64) for name in ("service_start", "service_end", "start", "end")
    }
    for cell, window in enumerate(windows):
        for job, visit in enumerate(window.service):
            if visit is None:
                continue
            outcome[cell, job] = visit.outcome
            if visit.outcome is Outcome.SERVED:
                times["service_start"][cell, job] = visit.start - window.opened
                times["service_end"][cell, job] = visit.end - window.opened
        for job, asked in enumerate(window.query):
            if asked is not None and asked[1].outcome is Outcome.SERVED:
                node[cell, job] = asked[0]
                times["start"][cell, job] = asked[1].start - window.opened
                times["end"][cell, job] = asked[1].end - window.opened
    return Served(
        outcome=outcome,
        service_start=times["service_start"],
        service_end=times["service_end"],
        node=node,
        query_start=times["start"],
        query_end=times["end"],
        applies=_collect_applies(windows),
    )


def _collect_applies(windows: list[Window]) -> Applies:
    rows = [
        (cell, job, replica, window.query[job][1].end, *row)  # type: ignore[index]  # a write that is applied was asked
        for cell, window in enumerate(windows)
        for job, replica, row in sorted(window.applied, key=lambda applied: applied[:2])
        if row[3] > 0
    ]
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 8).T
    opened = np.array([window.opened for window in windows], dtype=np.int64)
    table[3:] -= opened[table[0]]
    cell, job, replica, queued, apply_start, apply_end, start, end = table
    return Applies(
        cell=cell,
        job=job,
        replica=replica,
        queued=queued,
        apply_start=apply_start,
        apply_end=apply_end,
        start=start,
        end=end,
    )
