"""A copy of data has a process for each source, which reads the replication lag before every chunk."""

from collections import deque

import simpy

from simulator.engines.events.database import Applied, DatabaseShard
from simulator.engines.events.moment import Moment, Steps, tick_of
from simulator.engines.events.station import Visit
from simulator.queueing.order import DEPARTURE
from simulator.serving.calls.copying import NO_LIMIT, NOWHERE, Chunks


class ReplicationLag:
    """The replication lag of a shard: the age of the oldest write that its replicas have not applied."""

    def __init__(self, env: simpy.Environment) -> None:
        """Begin with no write to apply."""
        self.env = env
        self._behind: deque[_Behind] = deque()

    def written(self, applied: simpy.Event) -> None:
        """Note a write that the primary completes now; ``applied`` happens when a replica has applied it."""
        self._behind.append(_Behind(self.env, applied))

    def age(self) -> int:
        """Give the lag in ticks as this tick began, before any event within it."""
        now = tick_of(self.env)
        while self._behind and self._behind[0].applied_before(now):
            self._behind.popleft()
        return now - self._behind[0].since if self._behind else 0


class _Behind:
    """A write that the primary has completed and a replica has not applied."""

    def __init__(self, env: simpy.Environment, applied: simpy.Event) -> None:
        self.since = tick_of(env)
        self._applied: int | None = None
        assert applied.callbacks is not None  # it has not happened yet
        applied.callbacks.append(self._note)

    def _note(self, event: simpy.Event) -> None:
        self._applied = tick_of(event.env)

    def applied_before(self, now: int) -> bool:
        return self._applied is not None and self._applied < now


class Copy:
    """The chunks of a window: read on the source, written on the target where that serves already."""

    def __init__(
        self, env: simpy.Environment, shards: list[DatabaseShard], chunks: Chunks, first_job: int
    ) -> None:
        """Begin to copy; chunks are jobs from ``first_job`` on, after all calls."""
        self.env = env
        self.opened = tick_of(env)
        self.shards = shards
        self.lags = [ReplicationLag(env) for _ in shards]
        self._first_job = first_job
        self.shard, self.target = chunks.shard.tolist(), chunks.target.tolist()
        self.tick: list[int] = chunks.tick.tolist()
        self.ticks_read, self.ticks_write = chunks.read.tolist(), chunks.write.tolist()
        self.ticks_apply, self.limit = chunks.apply.tolist(), chunks.limit.tolist()
        self.held = [False] * len(self.shard)
        self.reading: list[Visit | None] = [None] * len(self.shard)
        self.writing: list[Visit | None] = [None] * len(self.shard)
        self.applied: list[Applied] = []
        for source in sorted(set(self.shard)):
            env.process(self._copy([chunk for chunk, shard in enumerate(self.shard) if shard == source]))

    def _copy(self, chunks: list[int]) -> Steps:
        for chunk in chunks:
            yield Moment(self.env, self.opened + self.tick[chunk] - tick_of(self.env), DEPARTURE)
            if self._is_behind(chunk):
                self.held[chunk] = True
            else:
                self.env.process(self._carry_over(chunk))

    def _is_behind(self, chunk: int) -> bool:
        limit: int = self.limit[chunk]
        if limit == NO_LIMIT:
            return False
        shards = {self.shard[chunk], self.target[chunk]} - {NOWHERE}
        behind: int = max(self.lags[shard].age() for shard in shards)
        return behind > limit

    def _carry_over(self, chunk: int) -> Steps:
        job = self._first_job + 2 * chunk
        source, target = self.shards[self.shard[chunk]], self.target[chunk]
        reading = self.reading[chunk] = source.primary.enter(job, self.ticks_read[chunk])
        yield reading.left
        if target == NOWHERE:
            return
        writing = self.writing[chunk] = self.shards[target].primary.enter(job + 1, self.ticks_write[chunk])
        yield writing.left
        if self.ticks_apply[chunk]:
            self._replicate(chunk, target, job + 1)

    def _replicate(self, chunk: int, target: int, job: int) -> None:
        applied = [self.env.event() for _ in self.shards[target].replicas]
        for index, replica in enumerate(self.shards[target].replicas):
            noted = Applied(number=chunk, replica=index + 1)
            self.applied.append(noted)
            self.env.process(replica.apply(job, self.ticks_apply[chunk], noted, applied[index]))
        if applied:
            self.lags[target].written(applied[0])
