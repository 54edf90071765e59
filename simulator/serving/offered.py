"""Offered load over capacity, tier by tier: what the queues will be up against, before any is simulated."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats, Ints
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


def offered_load(
    inputs: Scenario[Floats], topology: Topology, *, rate_per_s: Floats, replicas: Ints, shares: Shares
) -> Offered:
    """Offered utilisation by the utilisation law U = X D / c.

    Reads are spread over the primary and the replicas alike; every replica applies every write.
    """
    per_tick = rate_per_s / TICKS_PER_S
    service = per_tick * topology.service_ticks / (replicas * inputs.service.workers)
    write_share = inputs.database.write_share
    reads = (
        per_tick * shares.read * (1 - write_share) * (1 - topology.hit_share) / (1 + topology.read_replicas)
    )
    writes = per_tick * shares.write * write_share
    primary = (reads * topology.read_ticks + writes * topology.write_ticks) / topology.cores
    replica = (reads * topology.read_ticks + writes * topology.apply_ticks) / topology.cores
    replica = np.where(topology.read_replicas > 0, replica, 0.0)
    return Offered(
        service=service,
        primary=primary.max(axis=0),
        replica=replica.max(axis=0),
        shard=np.maximum(primary, replica),
    )
