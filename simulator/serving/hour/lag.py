"""The lag of read replicas, and the share of the reads that meet it. Axes: s shard, l lane."""

import numpy as np

from simulator.arrays import Floats
from simulator.queueing.laws.sums import Term
from simulator.serving.capacity.stations import Stations
from simulator.serving.hour.paths import Paths


def lag_s(applier: Stations, waits_s: Floats) -> Floats:
    """Give the mean time from a write's end on the primary to that on a replica, 0 without one, (s, l)."""
    return np.where(applier.there, waits_s + applier.work_s, 0.0)


def not_waited(term: Term, writes_per_s: Floats) -> Floats:
    """Give P(no write comes during a wait), the transform of the wait at the rate of the writes, (s, l)."""
    some: Floats = 1.0 - term.share + term.share / (1.0 + writes_per_s * term.mean)
    return some


def stale_share(applier: Stations, rate_per_s: Floats, unwaited: Floats, paths: Paths) -> Floats:
    """Give the share of reads on replicas that come before the last write of their shard is applied, (l,).

    P(age of the last write < its lag), with writes at rate W: one less the transform of the lag at W. Of one
    applier with exponential work that is its utilisation.

    Args:
        applier: the stations.
        rate_per_s: requests, (l,).
        unwaited: P(no write comes during a wait), (s, l).
        paths: of the requests.
    """
    fresh = unwaited / (1.0 + rate_per_s * applier.visits * applier.work_s)
    stale = np.where(applier.there, 1.0 - fresh, 0.0)
    seen, reads = np.zeros(stale.shape[1]), np.zeros(stale.shape[1])
    for share, value in zip(paths.read_share, stale, strict=True):
        seen, reads = seen + share * value, reads + share
    return seen / np.where(reads > 0, reads, 1.0)
