"""A window of requests goes through a service replica, past the cache, into the database."""

from collections.abc import Generator

import simpy

from simulator.engines.events.calls import Call, Made, trips_of
from simulator.engines.events.database import Applied, DatabaseShard, Node
from simulator.engines.events.moment import Moment, Steps, tick_of
from simulator.engines.events.resharding import Copy
from simulator.engines.events.router import Router, round_robin
from simulator.engines.events.station import Station, Visit
from simulator.queueing.order import DEPARTURE, Outcome, Rank
from simulator.serving.calls.rows import BY_POLICY, NO_LOCK
from simulator.serving.window.work import CellLoad, RequestWork


class ServiceReplica:
    """Workers behind the balancer, and the connections to the database that they share."""

    def __init__(self, env: simpy.Environment, load: CellLoad) -> None:
        """Start with idle workers and every connection free."""
        self.workers = Station(env, Rank.SERVICE, servers=load.workers, room=load.queue_room)
        self.connections: Station | None = None
        if load.calling.connections:
            self.connections = Station(env, Rank.CONNECTION, servers=load.calling.connections, gate=True)


class Window:
    """One window of a run, with stations of its own that start empty."""

    def __init__(self, env: simpy.Environment, work: RequestWork, load: CellLoad, cell: int) -> None:
        """Build the topology of cell ``cell`` and let its requests arrive from now on."""
        self.env = env
        self.opened = tick_of(env)
        work, load = work.of(slice(cell, cell + 1)), load.of(slice(cell, cell + 1))
        self.arrive, self.work = work.arrive[0].tolist(), work.service[0].tolist()
        self.trips = trips_of(work.calls)
        self.patience = int(load.patience[0])
        self.rules = load.calling
        self.acknowledge = int(load.calling.acknowledge_ticks[0])
        self.round_trip = int(load.calling.round_trip_ticks[0])
        self.replicas = [ServiceReplica(env, load) for _ in range(int(load.replicas[0]))]
        self.balancer = Router(env, Rank.SERVICE, round_robin(self.replicas))
        self.shards = [
            DatabaseShard(
                env,
                read_replicas=int(load.read_replicas[0]),
                cores=int(load.cores[0]),
                appliers=load.calling.appliers,
                policy=load.calling.policy,
            )
            for _ in range(int(load.shards[0]))
        ]
        requests, calls = len(self.arrive), len(work.calls.shard)
        self.service: list[Visit | None] = [None] * requests
        self.connected, self.back = [0] * requests, [0] * requests
        self.called: list[Made | None] = [None] * calls
        self.applied: list[Applied] = []
        self.copy = None if work.chunks is None else Copy(env, self.shards, work.chunks, calls)
        for job in range(requests):
            env.process(self._request(job))

    def _request(self, job: int) -> Steps:
        yield Moment(self.env, self.arrive[job], DEPARTURE)
        replica: ServiceReplica = yield self.balancer.route(job)
        visit = replica.workers.enter(job, self.work[job], self.patience)
        self.service[job] = visit
        yield visit.left
        trips = self.trips(job)
        if visit.outcome is not Outcome.SERVED or not trips:
            return
        if replica.connections is None:
            yield from self._transact(job, trips)
            return
        connection = replica.connections.enter(job, None)
        yield connection.started
        yield from self._transact(job, trips)
        replica.connections.release(connection)

    def _transact(self, job: int, trips: list[list[Call]]) -> Steps:
        self.connected[job] = self._now
        for trip in trips:
            if len(trip) == 1:
                yield from self._call(trip[0])
            else:
                yield self.env.all_of([self.env.process(self._call(call)) for call in trip])
        self.back[job] = self._now

    def _call(self, call: Call) -> Steps:
        shard = self.shards[call.shard]
        if call.lock != NO_LOCK:
            yield from shard.locks.acquire(call)
        node, cores = (yield from self._read_from(call, shard)) if not call.write else shard.nodes[0]
        query = cores.enter(call.number, call.ticks)
        self.called[call.number] = Made(node=node, arrive=self._now, visit=query)
        yield query.left
        if call.node == BY_POLICY:
            shard.reading[node] -= 1
        if call.apply:
            yield from self._replicate(call, shard)
        if call.unlocks != NO_LOCK:
            shard.locks.release(call)
        if node % self.rules.zones != call.zone and self.round_trip:
            yield Moment(self.env, self.round_trip, DEPARTURE)

    def _read_from(self, call: Call, shard: DatabaseShard) -> Generator[simpy.Event, Node, Node]:
        if call.node != BY_POLICY:
            return shard.nodes[call.node]
        chosen = yield shard.reads.route(call.number)
        return chosen

    def _replicate(self, call: Call, shard: DatabaseShard) -> Steps:
        """Hand a write to every replica, and wait for what the mode of replication asks for."""
        copied = [self.env.event() for _ in shard.replicas]
        for index, (replica, applied) in enumerate(zip(shard.replicas, copied, strict=True), start=1):
            noted = Applied(number=call.number, replica=index)
            self.applied.append(noted)
            self.env.process(replica.apply(call.number, call.apply, noted, applied))
        if copied and self.copy is not None:
            self.copy.lags[call.shard].written(copied[0])
        if not copied or self.rules.mode == "asynchronous":
            return
        if self.rules.mode == "synchronous":
            yield self.env.all_of(copied)
        if self.acknowledge:
            yield Moment(self.env, self.acknowledge, DEPARTURE)

    @property
    def _now(self) -> int:
        """Give the tick within the window."""
        return tick_of(self.env) - self.opened

    def close(self) -> None:
        """Check Little's law on every station."""
        stations = [replica.workers for replica in self.replicas]
        stations += [replica.connections for replica in self.replicas if replica.connections is not None]
        stations += [station for shard in self.shards for station in shard.stations()]
        for station in stations:
            station.check_littles_law()
