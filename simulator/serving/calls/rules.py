"""The rules by which requests call the database, resolved for the cells of a week."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simulator.arrays import Array, Floats, Ints
from simulator.scenario.keys.calls import ReadPolicy, ReplicationMode, Saga
from simulator.scenario.root import Scenario
from simulator.units import TICKS_PER_MS, whole_ticks


@dataclass(frozen=True, kw_only=True)
class Calling:
    """The rules of the calls: where reads go, when a write is done, what spans shards; (c,) each."""

    is_plain: bool
    """True means that every request makes one call, of its shard's primary or of its nodes by turns."""
    policy: ReadPolicy
    own_write_share: Floats
    """This share of the reads is of a user who has written within the window."""
    mode: ReplicationMode
    appliers: int
    acknowledge_ticks: Ints
    zones: int
    round_trip_ticks: Ints
    """A call from one zone to another takes this much longer."""
    scatter_share: Floats
    part_ratio: Floats
    lookup: bool
    index_ratio: Floats
    index_write_share: Floats
    saga: bool
    """True means that writes to several shards are sagas, or are prepared and committed."""
    cross_share: Floats
    cross_shards: int
    prepare_ratio: Floats
    commit_ratio: Floats
    step_failure_share: Floats
    locks: int
    """A shard has this many locked rows; 0 where no write waits for another."""
    connections: int
    """Connections to the database of each service replica; 0 where there is no limit."""

    def parts(self, shards: int) -> int:
        """Give the number of parts beyond the first that a request may have with so many shards."""
        scattered = shards - 1 if self.scatter_share.any() and not self.lookup else 0
        crossing = min(self.cross_shards, shards) - 1 if self.cross_share.any() else 0
        return max(scattered, crossing, int(self.lookup))

    def of(self, cells: slice) -> "Calling":
        """Give the rules of some of the cells."""
        arrays = {name: values for name, values in vars(self).items() if isinstance(values, np.ndarray)}
        taken: dict[str, Any] = {name: values[cells] for name, values in arrays.items()}
        return replace(self, **taken)


def calling_of(inputs: Scenario[Floats], windows: int) -> Calling:
    """Give the rules of a scenario, each lane's ``windows`` cells one after the other."""
    database = inputs.database
    reads, replication, crossing = database.reads, database.replication, database.cross_shard_writes
    scatter, index = database.scatter_gather, database.lookup_index
    round_trip_ms = inputs.zones.round_trip_ms if inputs.zones else None
    nothing = np.zeros(len(inputs.cache.hit_share))

    def each(value: Floats | None) -> Floats:
        return np.repeat(nothing if value is None else value, windows)

    def ticks(value: Floats | None) -> Ints:
        return whole_ticks(each(value) * TICKS_PER_MS)

    window_s = _or(reads.own_writes_window_ms, nothing) / 1_000
    two_phase = None if isinstance(crossing, Saga) else crossing
    connections = inputs.service.database_connections
    beyond = (scatter, index, crossing, round_trip_ms, connections, reads.own_writes_per_s)
    return Calling(
        is_plain=reads.policy == "round_robin"
        and replication.mode == "asynchronous"
        and all(part is None for part in beyond),
        policy=reads.policy,
        own_write_share=each(-np.expm1(-_or(reads.own_writes_per_s, nothing) * window_s)),
        mode=replication.mode,
        appliers=replication.appliers,
        acknowledge_ticks=ticks(replication.acknowledge_ms),
        zones=inputs.zones.count if inputs.zones else 1,
        round_trip_ticks=ticks(round_trip_ms),
        scatter_share=each(scatter.share if scatter else None),
        part_ratio=each(scatter.part_cost_ratio if scatter else None),
        lookup=index is not None,
        index_ratio=each(index.cost_ratio if index else None),
        index_write_share=each(index.write_share if index else None),
        saga=isinstance(crossing, Saga),
        cross_share=each(crossing.share if crossing else None),
        cross_shards=crossing.shards if crossing else 1,
        prepare_ratio=each(two_phase.prepare_cost_ratio if two_phase else None),
        commit_ratio=each(two_phase.commit_cost_ratio if two_phase else None),
        step_failure_share=each(crossing.step_failure_share if isinstance(crossing, Saga) else None),
        locks=two_phase.locks or 0 if two_phase else 0,
        connections=inputs.service.database_connections or 0,
    )


def _or(value: Floats | None, otherwise: Array) -> Floats:
    return otherwise if value is None else value
