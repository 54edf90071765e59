"""Offered load over capacity, tier by tier: what the queues will be up against, before any is simulated."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.scenario.node_work import as_it_is, read_shares, shard_work
from simulator.scenario.root import Scenario
from simulator.serving.shares import Shares
from simulator.serving.topology import Topology
from simulator.units import TICKS_PER_S

TIERS = ("service", "primary", "replica")


@dataclass(frozen=True, kw_only=True)
class Offered:
    """Offered utilisation of each tier at some rate, (lanes,); 1 and more is saturated.

    The database's are the highest over its shards, as the hottest is the one that fails first.
    """

    service: Floats
    primary: Floats
    replica: Floats
    shard: Floats
    """The busiest node of each shard, (s, lanes); 0 past a lane's last shard."""

    @property
    def highest(self) -> Floats:
        """Of the three tiers."""
        return np.maximum(self.service, np.maximum(self.primary, self.replica))

    @property
    def hottest_shard(self) -> Ints:
        """Index of the shard with the most load; of equals the first."""
        hottest: Ints = np.argmax(self.shard, axis=0)
        return hottest

    @property
    def load_share(self) -> Floats:
        """Share of each shard in the load on all, (s, lanes); of no load at all nobody has a share."""
        total = np.zeros(self.shard.shape[1])
        for load in self.shard:
            total += load
        return np.divide(self.shard, total, out=np.zeros_like(self.shard), where=total > 0)


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What the nodes of each shard do beside the requests, as utilisation, (s, lanes)."""

    primary: Floats
    replica: Floats


def offered_load(
    inputs: Scenario[Floats],
    topology: Topology,
    *,
    rate_per_s: Floats,
    replicas: Ints,
    shares: Shares,
    beside: Beside | None = None,
) -> Offered:
    """Offered utilisation by the utilisation law U = X D / c (Denning and Buzen, 1978).

    The reads are spread over the nodes as their policy says; every replica applies every write.

    Args:
        inputs: of the block.
        topology: what serves.
        rate_per_s: requests, (lanes,).
        replicas: of the service, (lanes,).
        shares: of the traffic on each shard, (s, lanes).
        beside: what the nodes do beside the requests; None for nothing.
    """
    per_tick = rate_per_s / TICKS_PER_S
    service = per_tick * topology.service_ticks / (replicas * inputs.service.workers)
    work = shard_work(
        inputs.database,
        as_it_is,
        hit_share=topology.hit_share,
        shards=topology.shards,
        read_share=shares.read,
        write_share=shares.write,
    )
    of_primary, of_replica = read_shares(inputs.database, as_it_is, topology.read_replicas)
    per_core = per_tick * topology.read_ticks / topology.cores
    exists = np.arange(len(shares.read))[:, np.newaxis] < topology.shards
    primary = np.where(exists, per_core * work.primary(of_primary), 0.0)
    replica = np.where(exists & (topology.read_replicas > 0), per_core * work.replica(of_replica), 0.0)
    if beside is not None:
        primary = primary + beside.primary
        replica = replica + np.where(topology.read_replicas > 0, beside.replica, 0.0)
    return Offered(
        service=service,
        primary=primary.max(axis=0),
        replica=replica.max(axis=0),
        shard=np.maximum(primary, replica),
    )
