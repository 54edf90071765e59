"""The outcome of an hour is the same record, by a law or by simulation in steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats, ratio
from simulator.serving.capacity.stations import Stations
from simulator.serving.hour.lag import lag_s, stale_share
from simulator.serving.hour.limits import Limit
from simulator.serving.hour.paths import Paths
from simulator.serving.hour.ways import mean_time_s, of_all_requests, ways_of


@dataclass(frozen=True, kw_only=True)
class HourOutcome:
    """Means over the requests of an hour; every array ends in (l,)."""

    refused_share: Floats
    """Share of the requests that are refused for lack of a queue place, (l,)."""
    gave_up_share: Floats
    """Share of the requests that give up waiting for a service worker, (l,)."""
    late_share: Floats
    """Share of the requests answered after the deadline, (l,)."""
    latency_s: Floats
    """Mean latency of the answered requests, without the constant part, (l,)."""
    backlog_s: Floats
    """Longest wait at one station that anybody met, (l,)."""
    node_calls: Floats
    """Mean number of calls waiting or served on the busiest database node, (l,)."""
    connections_share: Floats
    """Share of a service replica's connections to the database that are held; 0 without a limit, (l,)."""
    lag_s: Floats
    """Mean time from a write's end on the primary to its end on a read replica, by shard, (s, l)."""
    stale_share: Floats
    """Share of the reads on replicas that come before the last write of their shard is applied, (l,)."""

    @property
    def late_of_answers(self) -> Floats:
        """Give the share of the answers that come after the deadline, (l,)."""
        return ratio(self.late_share, 1.0 - self.refused_share - self.gave_up_share)

    @property
    def failed_share(self) -> Floats:
        """Give the share of the requests that load fails, (l,)."""
        return self.refused_share + self.gave_up_share + self.late_share


def outcome_of(  # noqa: PLR0913 an hour is its stations, its load, and what they made of it
    tiers: Mapping[str, Stations],
    paths: Paths,
    limit: Limit,
    rate_per_s: Floats,
    *,
    lost_share: Floats,
    late: Sequence[Floats],
    waits_s: Mapping[str, Floats],
    unwaited: Floats,
    backlog_s: Floats,
) -> HourOutcome:
    """Give the outcome of an hour, however its waits were found.

    Args:
        tiers: everything that can run out.
        paths: of the requests.
        limit: of a service replica, which says whether who is lost was refused or gave up.
        rate_per_s: requests, (l,).
        lost_share: of the requests, at the service, (l,).
        late: share of the answers of each way and shard, (s, l) each.
        waits_s: mean wait by tier, (s, l) each.
        unwaited: P(no write comes while one waits for an applier), (s, l).
        backlog_s: longest wait that was met, (l,).
    """
    ways, applier = ways_of(paths, tuple(tiers)), tiers["applier"]
    return HourOutcome(
        refused_share=np.where(limit.by_room[0], lost_share, 0.0),
        gave_up_share=np.where(limit.by_room[0], 0.0, lost_share),
        late_share=(1.0 - lost_share) * of_all_requests(ways, late),
        latency_s=mean_time_s(ways, waits_s),
        backlog_s=backlog_s,
        node_calls=_node_calls(tiers, waits_s, rate_per_s),
        connections_share=_connections_share(tiers, waits_s, rate_per_s),
        lag_s=lag_s(applier, waits_s["applier"]),
        stale_share=stale_share(applier, rate_per_s, unwaited, paths),
    )


def longest_s(waits_s: Mapping[str, Floats]) -> Floats:
    """Give the longest of the waits at any station, (l,)."""
    longest: Floats = np.maximum.reduce([waits.max(axis=0) for waits in waits_s.values()])
    return longest


def _node_calls(tiers: Mapping[str, Stations], waits_s: Mapping[str, Floats], rate_per_s: Floats) -> Floats:
    """Give the calls waiting or served on the node with the most of them, by Little's law, (l,)."""
    most: Floats = np.zeros(len(rate_per_s))
    for tier in ("primary", "replica"):
        stations = tiers[tier]
        calls = rate_per_s * stations.visits * (waits_s[tier] + stations.work_s) * stations.there
        most = np.maximum(most, calls.max(axis=0))
    return most


def _connections_share(
    tiers: Mapping[str, Stations], waits_s: Mapping[str, Floats], rate_per_s: Floats
) -> Floats:
    """Give the share of a pool that is held, by Little's law, for work and waits at the nodes, (l,)."""
    if "connections" not in tiers:
        return np.zeros(len(rate_per_s))
    pool = tiers["connections"]
    waited = np.zeros(len(rate_per_s))
    for tier in ("primary", "replica"):
        waited = np.maximum(waited, np.where(tiers[tier].there, waits_s[tier], 0.0).max(axis=0))
    held = rate_per_s * pool.visits[0] * (pool.work_s[0] + waited)
    share: Floats = np.minimum(held / pool.servers[0], 1.0)
    return share


def error_share(failed_share: Floats, background_error_share: Floats) -> Floats:
    """Add the errors that have other causes to those of load, independent of them."""
    return 1.0 - (1.0 - background_error_share) * (1.0 - np.minimum(failed_share, 1.0))
