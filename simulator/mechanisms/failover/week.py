"""Failovers of a week: which primaries fail, for how long, and what fails or is lost with them.

Axes: s shard, l lane.
"""

from dataclasses import replace

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.company.opened import OpenedWeek
from simulator.company.setting import Setting
from simulator.company.weekly import Closing, Weekly
from simulator.draws.failures import draw_failed, draw_failures
from simulator.finance.line import added
from simulator.mechanisms.failover.law import Needing, downtime_s, lost_with_primary, needing_primary
from simulator.serving.demand.exposure import Sessions
from simulator.serving.demand.retries import failed_for_good_share
from simulator.serving.hour.summary import Service
from simulator.units import S_PER_WEEK, WEEKS_PER_YEAR
from simulator.work.incidents import poisson_count


def with_failovers(setting: Setting, week: Closing, service: Service) -> Closing:
    """Put the week's failovers into what its requests met.

    A request that meets an outage fails whatever else would have become of it.
    """
    opened, served = week.opened, week.columns
    inputs, topology, traffic = setting.inputs, opened.topology, opened.traffic
    failures = _failures(setting, opened)
    down_s = downtime_s(inputs, topology.read_replicas, _stored_gb(setting, opened), failures)
    needing = needing_primary(inputs, topology, opened.shares)
    lost = failures * lost_with_primary(
        inputs,
        topology.read_replicas,
        service.unapplied_writes,
        traffic.requests_week * needing.writes / S_PER_WEEK,
    )
    writes_failed = added(list(down_s / S_PER_WEEK * needing.writes))
    failed = np.minimum(writes_failed + added(list(down_s / S_PER_WEEK * needing.reads)), 1.0)
    down = added(list(down_s))
    spared = (1.0 - served["exposed_users_share"]) * _spared(setting, down_s, needing)
    for_good = failed_for_good_share(failed, inputs.demand.retried_share)
    columns = {
        "error_share_week": failed + (1.0 - failed) * served["error_share_week"],
        "failed_for_good_share_week": for_good + (1.0 - for_good) * served["failed_for_good_share_week"],
        "exposed_users_share": 1.0 - spared,
        "failovers": failures.sum(axis=0),
        "failover_downtime_s": down,
        "failover_failed_share": failed,
        "failover_requests_failed": traffic.requests_week * failed,
        "failover_writes_failed": traffic.requests_week * writes_failed,
        "failover_writes_lost": added(list(lost)),
        "primary_available_share": 1.0 - down / (S_PER_WEEK * topology.shards),
    }
    return replace(week, columns=served | columns, outages=columns["failovers"] > 0)


def _spared(setting: Setting, down_s: Floats, needing: Needing) -> Floats:
    """Give the share of the users who met none of the week's outages, (l,)."""
    sessions, spared = Sessions.of(setting.inputs.demand), np.ones(setting.lanes)
    for down, writes, reads in zip(down_s, needing.writes, needing.reads, strict=True):
        share = np.minimum(writes + reads, 1.0)
        spared = spared * sessions.spared_share(share, down / S_PER_WEEK, np.ones(setting.lanes))
    return spared


def _failures(setting: Setting, opened: OpenedWeek) -> Ints:
    """Count the primaries that fail in the week, by shard, (s, l)."""
    failover, shards = setting.inputs.database.failover, opened.topology.shards
    assert failover is not None  # who asks has it
    counts = poisson_count(
        draw_failures(setting.streams, opened.week),
        failover.failures_per_node_year * shards / WEEKS_PER_YEAR,
    )
    lane = np.repeat(np.arange(setting.lanes), counts)
    which = draw_failed(setting.streams, opened.week, counts) * shards[lane]
    failures = np.zeros(opened.shares.write.shape, dtype=np.int64)
    np.add.at(failures, (np.floor(which).astype(np.int64), lane), 1)
    for planned in failover.planned:
        if planned.week == opened.week and planned.shard < len(failures):
            failures[planned.shard] += planned.shard < shards
    return failures


def _stored_gb(setting: Setting, opened: OpenedWeek) -> Floats:
    """Give the data of each shard in GB, (s, l): users are spread evenly, what they wrote is not."""
    storage = setting.inputs.database.storage
    assert storage is not None  # a recovery needs it
    of_users = opened.state.users * storage.gb_per_user / opened.topology.shards
    return of_users + opened.written_gb * opened.shares.write


WEEK = Weekly(meet=with_failovers)
