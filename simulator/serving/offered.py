"""Offered load over capacity, tier by tier: what the queues will be up against, before any is simulated."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats, Ints
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

    Reads are spread over the primary and the replicas alike; every replica applies every write. Rates and
    replicas may be those of many weeks, (w, lanes), and so is then what they offer.
    """
    per_tick = rate_per_s / TICKS_PER_S
    service = per_tick * topology.service_ticks / (replicas * inputs.service.workers)
    write_share = inputs.database.write_share
    on_shard = per_tick * hottest_share
    reads = on_shard * (1 - write_share) * (1 - topology.hit_share) / (1 + topology.read_replicas)
    writes = on_shard * write_share
    primary = (reads * topology.read_ticks + writes * topology.write_ticks) / topology.cores
    replica = (reads * topology.read_ticks + writes * topology.apply_ticks) / topology.cores
    return Offered(
        service=service, primary=primary, replica=np.where(topology.read_replicas > 0, replica, 0.0)
    )
