"""Offered load over capacity, tier by tier: what the queues will be up against, before any is simulated."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.scenario.node_work import as_it_is, read_shares, shard_work
from simulator.scenario.root import Scenario
from simulator.serving.topology import Topology
from simulator.units import TICKS_PER_S

TIERS = ("service", "primary", "replica")


@dataclass(frozen=True, kw_only=True)
class Offered:
    """Offered utilisation of each tier at some rate, (lanes,); 1 and more is saturated.

    The database's are those of its hottest shard, as that is the one that fails first.
    """

    service: Floats
    primary: Floats
    replica: Floats

    @property
    def highest(self) -> Floats:
        """Of the three tiers."""
        return np.maximum(self.service, np.maximum(self.primary, self.replica))


def offered_load(
    inputs: Scenario[Floats], topology: Topology, *, rate_per_s: Floats, replicas: Ints, hottest_share: Floats
) -> Offered:
    """Offered utilisation by the utilisation law U = X D / c.

    The reads are spread over the nodes as their policy says; every replica applies every write.
    Rates and replicas may be those of many weeks, (w, lanes), and so is then what they offer.
    """
    per_tick = rate_per_s / TICKS_PER_S
    service = per_tick * topology.service_ticks / (replicas * inputs.service.workers)
    work = shard_work(
        inputs.database,
        as_it_is,
        hit_share=topology.hit_share,
        shards=topology.shards,
        share=hottest_share,
    )
    of_primary, of_replica = read_shares(inputs.database, as_it_is, topology.read_replicas)
    per_core = per_tick * topology.read_ticks / topology.cores
    return Offered(
        service=service,
        primary=per_core * work.primary(of_primary),
        replica=np.where(topology.read_replicas > 0, per_core * work.replica(of_replica), 0.0),
    )
