"""A lost zone leaves some capacity."""

from dataclasses import replace

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.scenario.root import Scenario
from simulator.serving.capacity.offered import Offered, offered_load
from simulator.serving.capacity.topology import Topology
from simulator.serving.shards.shares import Shares


def left_without_a_zone(nodes: Ints, zones: int) -> Ints:
    """Count the nodes that are left when the zone that holds the most of them is lost: n - ceil(n / z).

    >>> left_without_a_zone(np.array([13, 6, 1]), 3)
    array([8, 4, 0])
    """
    return nodes - -(-nodes // zones)


def offered_with_a_zone_lost(
    inputs: Scenario[Floats], topology: Topology, *, rate_per_s: Floats, replicas: Ints, shares: Shares
) -> Offered:
    """Give the offered load with a zone lost, before any replacement starts; infinite with no node left.

    A shard that loses its primary promotes a read replica. Nodes with a standby in another zone lose nothing.

    Args:
        inputs: of the block.
        topology: with all zones.
        rate_per_s: requests, (lanes,).
        replicas: of the service with all zones, (lanes,).
        shares: of the traffic on each shard, (s, lanes).
    """
    assert inputs.zones is not None  # a scenario that asks has zones
    recovery, zones = inputs.database.recovery, inputs.zones.count
    nodes = 1 + topology.read_replicas
    if recovery is None or not recovery.standby:
        nodes = left_without_a_zone(nodes, zones)
    serving = left_without_a_zone(replicas, zones)
    left = offered_load(
        inputs,
        replace(topology, read_replicas=np.maximum(nodes - 1, 0)),
        rate_per_s=rate_per_s,
        replicas=np.maximum(serving, 1),
        shares=shares,
    )
    return replace(
        left,
        service=np.where(serving > 0, left.service, np.inf),
        primary=np.where(nodes > 0, left.primary, np.inf),
    )
