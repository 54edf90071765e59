"""Offered load over capacity, tier by tier: what the queues will be up against, before any is simulated."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats, Ints, ratio
from simulator.scenario.root import Limits, Scenario, Thresholds
from simulator.serving.capacity.stations import TIERS, Beside, Stations, stations_of
from simulator.serving.capacity.topology import Topology
from simulator.serving.shards.shares import Shares


@dataclass(frozen=True, kw_only=True)
class Offered:
    """Offered utilisation of each tier at some rate, (lanes,); 1 and more is saturated.

    The database's are the highest over its shards, as the hottest is the one that fails first; what a
    scenario does not have is 0.
    """

    service: Floats
    connections: Floats
    """A service replica's pool to the database has this load."""
    locks: Floats
    """A row that writes lock has this load."""
    primary: Floats
    replica: Floats
    applier: Floats
    """A read replica's appliers have this load; from 1 on the replica falls behind."""
    shard: Floats
    """The busiest node of each shard, or its appliers, (s, lanes); 0 past a lane's last shard."""

    @property
    def highest(self) -> Floats:
        """Give the highest load of all tiers."""
        highest = self.service
        for tier in TIERS[1:]:
            highest = np.maximum(highest, getattr(self, tier))
        return highest

    def endless(self, *, waits_for_appliers: bool) -> Floats:
        """Give the highest load of the tiers where all may wait: from 1 on the deadline alone ends a wait.

        The service refuses; an applier keeps nobody waiting but where a write is told to be done by it.
        """
        without = ("service",) if waits_for_appliers else ("service", "applier")
        highest = np.zeros(len(self.service))
        for tier in TIERS:
            if tier not in without:
                highest = np.maximum(highest, getattr(self, tier))
        return highest

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
        return ratio(self.shard, total)


def offered_load(
    inputs: Scenario[Floats],
    topology: Topology,
    *,
    rate_per_s: Floats,
    replicas: Ints,
    shares: Shares,
    beside: Beside | None = None,
) -> Offered:
    """Offered utilisation of everything that can run out.

    Args:
        inputs: of the block.
        topology: what serves.
        rate_per_s: requests, (lanes,).
        replicas: of the service, (lanes,).
        shares: of the traffic on each shard, (s, lanes).
        beside: what the nodes do beside the requests; None for nothing.
    """
    tiers = stations_of(inputs, topology, replicas=replicas, shares=shares, beside=beside)
    return offered_by(tiers, rate_per_s)


def offered_by(tiers: dict[str, Stations], rate_per_s: Floats) -> Offered:
    """The same of stations that are known already."""
    loads = {tier: stations.offered(rate_per_s) for tier, stations in tiers.items()}
    nothing = np.zeros(len(rate_per_s))
    highest = {tier: loads[tier].max(axis=0) if tier in loads else nothing for tier in TIERS}
    shard = np.maximum(np.maximum(loads["primary"], loads["replica"]), loads["applier"])
    return Offered(**highest, shard=shard)


_METRIC_OF_TIER = {"service": "cpu_utilization_share", "connections": "database_connections_share"}


def metric_of(tier: str) -> str:
    """The threshold that a tier's offered load is held against: but for two that of the database's nodes."""
    return _METRIC_OF_TIER.get(tier, "database_utilization_share")


def limits_of(tier: str, thresholds: Thresholds) -> Limits:
    """Limits of a tier's offered load."""
    limits: Limits = getattr(thresholds, metric_of(tier))
    return limits
