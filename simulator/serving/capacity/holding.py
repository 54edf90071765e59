"""A request holds a connection, or a locked row, before and while the database serves it.

The times are those of the work alone, without waits at the nodes: these come on top, and are the nodes'.
Parts that are done at once take as long as the longest: for k of coefficient of variation v about
1 + v (H_k - 1) times the mean, H_k the harmonic number, exactly so where they are exponential.

Axes: s shard, l lane.
"""

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.draws.shapes import squared_cv
from simulator.scenario.keys.calls import Saga, TwoPhaseCommit
from simulator.scenario.root import Scenario
from simulator.serving.capacity.node_work import crossing_visits
from simulator.serving.capacity.topology import Topology
from simulator.serving.shards.shares import Shares
from simulator.units import MS_PER_S, TICKS_PER_S

SHARDS_MAX = 256
_HARMONIC = np.concatenate([[0.0], np.cumsum(1.0 / np.arange(1, SHARDS_MAX + 1))])


def connection_holding(inputs: Scenario[Floats], topology: Topology) -> tuple[Floats, Floats]:
    """Give the share of the requests that take a connection, and for how many seconds, (l,) both."""
    written = inputs.database.write_share
    reads = (1.0 - written) * (1.0 - topology.hit_share)
    asking = reads + written
    held = reads * read_holding_s(inputs, topology) + written * write_holding_s(inputs, topology)
    return asking, _of_some(held, asking)


def lock_holding(inputs: Scenario[Floats], topology: Topology, shares: Shares) -> tuple[Floats, Floats]:
    """Give how often a request asks for one of a shard's rows, and the seconds it is held, (s, l) both.

    A plain write holds its row while it is served, one to several shards from prepare to commit.
    """
    database = inputs.database
    crossing = database.cross_shard_writes
    assert isinstance(crossing, TwoPhaseCommit)  # who asks has them
    assert crossing.locks is not None
    cost_s = topology.read_ticks / TICKS_PER_S * database.write_cost_ratio
    crosses = (topology.shards > 1) * crossing.share
    single = database.write_share * (1.0 - crosses) * shares.write
    several = database.write_share * crosses
    several = several * crossing_visits(crossing, topology.shards, shares.write)
    visits = single + several
    held = cost_s * (single + several * _both_phases(inputs, crossing, topology.shards))
    return visits / crossing.locks, _of_some(held, visits)


def _of_some(held: Floats, visits: Floats) -> Floats:
    """Give the seconds of a visit, and 1 where there is none, as a station's work may not be 0."""
    seconds: Floats = np.where(visits > 0, held, 1.0) / np.where(visits > 0, visits, 1.0)
    return seconds


def read_holding_s(inputs: Scenario[Floats], topology: Topology) -> Floats:
    """Give the seconds that a read holds a connection to the database, (l,)."""
    database, nodes = inputs.database, 1 + topology.read_replicas
    scatter, index, zones = database.scatter_gather, database.lookup_index, inputs.zones
    reads: Floats = np.ones(len(nodes))
    if scatter:
        scattered = (topology.shards > 1) * scatter.share
        whole = scatter.part_cost_ratio * _longest(inputs, topology.shards)
        reads = reads + scattered * (index.cost_ratio if index else whole - 1.0)
    taken = topology.read_ticks / TICKS_PER_S * reads
    if zones is None or zones.round_trip_ms is None:
        return taken
    away = 1.0 - 1.0 / zones.count
    if database.reads.policy == "nearest":
        return taken + np.maximum(zones.count - nodes, 0) / zones.count * zones.round_trip_ms / MS_PER_S
    return taken + away * zones.round_trip_ms / MS_PER_S


def write_holding_s(inputs: Scenario[Floats], topology: Topology) -> Floats:
    """Give the seconds that a write holds a connection to the database until it is acknowledged, (l,)."""
    database = inputs.database
    index, crossing, zones = database.lookup_index, database.cross_shard_writes, inputs.zones
    writes = np.ones(len(topology.shards))
    if index:
        writes = writes + index.write_share * index.cost_ratio
    if crossing:
        crosses = (topology.shards > 1) * crossing.share
        several = (
            crossing_visits(crossing, topology.shards, np.ones(len(topology.shards)))
            if isinstance(crossing, Saga)
            else _both_phases(inputs, crossing, topology.shards)
        )
        writes = writes + crosses * (several - 1.0)
    taken = topology.read_ticks / TICKS_PER_S * database.write_cost_ratio * writes
    if zones and zones.round_trip_ms is not None:
        taken = taken + (1.0 - 1.0 / zones.count) * zones.round_trip_ms / MS_PER_S
    return taken + _acknowledged_s(inputs, topology)


def _acknowledged_s(inputs: Scenario[Floats], topology: Topology) -> Floats:
    """Give the time that a write waits for the replicas, where it does."""
    replication = inputs.database.replication
    if replication.mode == "asynchronous" or replication.acknowledge_ms is None:
        return np.zeros(len(topology.shards))
    waited = replication.acknowledge_ms / MS_PER_S
    if replication.mode == "synchronous":
        waited = waited + topology.apply_ticks / TICKS_PER_S
    return np.where(topology.read_replicas > 0, waited, 0.0)


def _both_phases(inputs: Scenario[Floats], crossing: TwoPhaseCommit[Floats], shards: Ints) -> Floats:
    """Give the work of preparing on all shards and committing on all, in units of a plain write."""
    touched = np.minimum(crossing.shards, shards)
    phases: Floats = crossing.prepare_cost_ratio + crossing.commit_cost_ratio
    return phases * _longest(inputs, touched)


def _longest(inputs: Scenario[Floats], parts: Ints) -> Floats:
    """Give the longest of so many parts at once, over the mean of one."""
    spread = squared_cv(inputs.database.distribution) ** 0.5
    longest: Floats = 1.0 + spread * (_HARMONIC[np.minimum(parts, SHARDS_MAX)] - 1.0)
    return longest
