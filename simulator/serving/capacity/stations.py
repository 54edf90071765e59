"""Every tier is a set of stations, each with the visits and the work that a request brings to it.

A request of the whole load visits each station so often on average and works so long there. Stations of one
kind that are dealt to by turns are alike, so one of them stands for all: a service replica, a pool of
connections, a row that is locked.

Axes: s shard (one row for what is not of a shard), l lane.
"""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.draws.shapes import squared_cv
from simulator.scenario.root import Scenario
from simulator.serving.capacity.holding import connection_holding, lock_holding
from simulator.serving.capacity.node_work import Calls, read_shares, shard_work, visits_of, work_of
from simulator.serving.capacity.topology import Topology
from simulator.serving.shards.shares import Shares
from simulator.units import TICKS_PER_S

TIERS = ("service", "connections", "locks", "primary", "replica", "applier")
"""The tiers stand in the order of a request; a write reaches the appliers when the primary is done."""


@dataclass(frozen=True, kw_only=True)
class Stations:
    """The stations of one tier; every array is (s, l), or (1, l) where the tier is not of a shard."""

    visits: Floats
    """Visits of one request of the whole load to one station, on average."""
    work_s: Floats
    """Mean seconds of work of a visit."""
    work_scv: Floats
    """Squared coefficient of variation of a visit's work."""
    servers: Floats
    gap_scv: Floats
    """Squared coefficient of variation of the gaps between arrivals at one station."""
    there: Bools
    taken_share: Floats | None = None
    """Work beside the requests takes this share of the capacity; None for nothing."""

    def offered(self, rate_per_s: Floats) -> Floats:
        """Give the offered utilisation at this rate of requests, (s, l); 0 where there is no such station.

        The utilisation law U = X D / c (Denning and Buzen, 1978).
        """
        load = rate_per_s * self.visits * self.work_s / self.servers
        if self.taken_share is not None:
            load = load + self.taken_share
        return np.where(self.there, load, 0.0)

    @property
    def capacity_per_s(self) -> Floats:
        """Give the visits a second that one station can take, (s, l)."""
        left = 1.0 if self.taken_share is None else np.maximum(1.0 - self.taken_share, 0.01)
        return self.servers / self.work_s * left


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Utilisation of the nodes of each shard by work beside the requests, (s, l)."""

    primary: Floats
    replica: Floats
    applier: Floats


def stations_of(
    inputs: Scenario[Floats],
    topology: Topology,
    *,
    replicas: Ints,
    shares: Shares,
    beside: Beside | None = None,
) -> dict[str, Stations]:
    """Give every tier that a scenario has, in the order of ``TIERS``.

    Args:
        inputs: of the block.
        topology: what serves.
        replicas: of the service, (l,).
        shares: of the traffic on each shard, (s, l).
        beside: what the nodes do beside the requests; None for nothing.
    """
    return front_stations(inputs, topology, replicas) | node_stations(inputs, topology, shares, beside)


def front_stations(inputs: Scenario[Floats], topology: Topology, replicas: Ints) -> dict[str, Stations]:
    """Give the stations before the database: a service replica, and its pool of connections where limited.

    Requests are dealt to the replicas by turns, so that R gaps in a row make one: 1/R as variable.
    """
    lanes, service = len(replicas), inputs.service
    one = np.ones((1, lanes))
    dealt = one / replicas
    tiers = {
        "service": Stations(
            visits=dealt,
            work_s=topology.service_ticks / TICKS_PER_S * one,
            work_scv=squared_cv(service.distribution) * one,
            servers=service.workers * one,
            gap_scv=dealt,
            there=np.ones((1, lanes), dtype=np.bool_),
        )
    }
    if service.database_connections is not None:
        asking, held_s = connection_holding(inputs, topology)
        tiers["connections"] = Stations(
            visits=asking * dealt,
            work_s=held_s * one,
            work_scv=one,
            servers=service.database_connections * one,
            gap_scv=dealt,
            there=np.ones((1, lanes), dtype=np.bool_),
        )
    return tiers


def node_stations(
    inputs: Scenario[Floats], topology: Topology, shares: Shares, beside: Beside | None = None
) -> dict[str, Stations]:
    """Give the stations of every shard: primary, busiest read replica, its appliers, and row locks."""
    work = shard_work(
        inputs.database,
        hit_share=topology.hit_share,
        shards=topology.shards,
        read_share=shares.read,
        write_share=shares.write,
    )
    of_primary, of_replica = read_shares(inputs, topology.read_replicas)
    exists = np.arange(len(shares.read))[:, np.newaxis] < topology.shards
    copied = exists & (topology.read_replicas > 0)
    cores, appliers = topology.cores, np.full(shares.read.shape, inputs.database.replication.appliers)
    made = inputs, topology
    tiers = {}
    if lock_holding_asked(inputs):
        visits, held_s = lock_holding(inputs, topology, shares)
        tiers["locks"] = Stations(
            visits=visits,
            work_s=held_s,
            work_scv=np.ones(visits.shape),
            servers=np.ones(visits.shape),
            gap_scv=np.ones(visits.shape),
            there=exists,
        )
    taken = (None, None, None) if beside is None else (beside.primary, beside.replica, beside.applier)
    return tiers | {
        "primary": _nodes(*made, work.primary(of_primary), cores, exists, taken[0]),
        "replica": _nodes(*made, work.replica(of_replica), cores, copied, taken[1]),
        "applier": _nodes(*made, work.applied, appliers, copied, taken[2]),
    }


def lock_holding_asked(inputs: Scenario[Floats]) -> bool:
    """Tell if writes wait for rows that others have locked."""
    crossing = inputs.database.cross_shard_writes
    return crossing is not None and getattr(crossing, "locks", None) is not None


def _nodes(
    inputs: Scenario[Floats],
    topology: Topology,
    calls: tuple[Calls, ...],
    servers: Ints,
    there: Bools,
    taken_share: Floats | None,
) -> Stations:
    """Give stations with calls of several kinds, each kind with work of its own mean."""
    shape, read_s = there.shape, topology.read_ticks / TICKS_PER_S
    visits, work = visits_of(calls) + np.zeros(shape), work_of(calls) + np.zeros(shape)
    cost = np.where(visits > 0, work / np.where(visits > 0, visits, 1.0), 1.0)
    squares = np.zeros(shape)
    for kind in calls:
        squares = squares + kind.visits * kind.cost * kind.cost
    spread = np.where(visits > 0, squares / np.where(visits > 0, visits, 1.0) / (cost * cost), 1.0)
    return Stations(
        visits=visits,
        work_s=cost * read_s,
        work_scv=spread * (1.0 + squared_cv(inputs.database.distribution)) - 1.0,
        servers=servers + np.zeros(shape),
        gap_scv=np.ones(shape),
        there=there,
        taken_share=taken_share,
    )
