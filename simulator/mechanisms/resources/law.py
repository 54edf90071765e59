"""Memory, links and disks that the week's load takes, as arithmetic on arrays of (lanes,)."""

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.scenario.keys.quantity import Z95
from simulator.units import MB_PER_GB, MBIT_PER_KB, MS_PER_S


def open_connections(
    rate_per_s: Floats, *, latency_mean_ms: Floats, deadline_ms: Floats, replicas: Ints
) -> Floats:
    """Give the connections open at a replica: requests in progress by Little's law, N = X R (Little, 1961).

    A connection lives from arrival to answer, and no longer than anybody waits: so an overload has an end.

    >>> one = np.ones(1)
    >>> open_connections(300 * one, latency_mean_ms=200 * one, deadline_ms=1e4 * one, replicas=np.array([6]))
    array([10.])
    """
    return rate_per_s * np.minimum(latency_mean_ms, deadline_ms) / MS_PER_S / replicas


def memory_gb(
    base_gb: Floats,
    cache_gb: Floats,
    *,
    connections: Floats,
    mb_per_connection: Floats,
    sessions: Floats | float = 0.0,
    mb_per_session: Floats | float = 0.0,
) -> Floats:
    """Give the memory of one node, base + cache + connections + sessions, in decimal gigabytes.

    >>> one = np.ones(1)
    >>> memory_gb(one, 2 * one, connections=100 * one, mb_per_connection=5 * one)
    array([3.5])
    """
    varying = connections * mb_per_connection + sessions * mb_per_session
    return base_gb + cache_gb + varying / MB_PER_GB


def bandwidth_mbit_per_s(
    rate_per_s: Floats, *, response_kb: Floats, response_kb_cv: Floats
) -> tuple[Floats, Floats]:
    """Give the mean and the 95th percentile of a second's traffic, in Mbit/s.

    Poisson arrivals of independent sizes are a compound Poisson process: in a second its mean is λ m and its
    variance λ m² (1 + cv²). At hundreds of responses a second it is
    normal to a percent or so (Feller, 1971).

    >>> one = np.ones(1)
    >>> mean, p95 = bandwidth_mbit_per_s(400 * one, response_kb=50 * one, response_kb_cv=np.sqrt(3) * one)
    >>> mean, p95.round(2)  # 160 + 1.645 x 0.4 x sqrt(400 x 4)
    (array([160.]), array([186.32]))
    """
    response_mbit = response_kb * MBIT_PER_KB
    mean = rate_per_s * response_mbit
    spread = response_mbit * np.sqrt(rate_per_s * (1 + response_kb_cv * response_kb_cv))
    return mean, mean + Z95 * spread


def fullest_shard_gb(users_gb: Floats, written_gb: Floats, *, shards: Ints, hottest_share: Floats) -> Floats:
    """Give the data on the fullest shard, in GB: users are spread evenly, their writes are not.

    >>> fullest_shard_gb(
    ...     np.array([100.0]), np.array([50.0]), shards=np.array([4]), hottest_share=np.array([0.3])
    ... )
    array([40.])
    """
    return users_gb / shards + written_gb * hottest_share
