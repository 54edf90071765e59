"""Offered load over capacity is computed tier by tier, before any request is simulated."""

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
    """Offered utilisation of a service replica's pool of connections to the database."""
    locks: Floats
    """Offered utilisation of a row that writes lock."""
    primary: Floats
    replica: Floats
    applier: Floats
    """Offered utilisation of a read replica's appliers; from 1 on the replica falls behind."""
    shard: Floats
    """Offered utilisation of the busiest node of each shard or of its appliers, (s, lanes); 0 past the last
    shard."""

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
        """Give the index of the shard with the most load; of equals the first."""
        hottest: Ints = np.argmax(self.shard, axis=0)
        return hottest

    @property
    def load_share(self) -> Floats:
        """Give the share of each shard in the load on all, (s, lanes); 0 where there is no load."""
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
    """Give the offered utilisation of every tier.

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
    """Give the offered utilisation of stations that are known already."""
    loads = {tier: stations.offered(rate_per_s) for tier, stations in tiers.items()}
    nothing = np.zeros(len(rate_per_s))
    highest = {tier: loads[tier].max(axis=0) if tier in loads else nothing for tier in TIERS}
    shard = np.maximum(np.maximum(loads["primary"], loads["replica"]), loads["applier"])
    return Offered(**highest, shard=shard)


_METRIC_OF_TIER = {"service": "cpu_utilization_share", "connections": "database_connections_share"}


def metric_of(tier: str) -> str:
    """Give the threshold that a tier's offered load is held against."""
    return _METRIC_OF_TIER.get(tier, "database_utilization_share")


def limits_of(tier: str, thresholds: Thresholds) -> Limits:
    """Give the limits of a tier's offered load."""
    limits: Limits = getattr(thresholds, metric_of(tier))
    return limits
