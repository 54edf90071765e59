"""The columns of a week: what was there, what was served, who came and went."""

import numpy as np

from simulator.arrays import Array, Ints
from simulator.company.opening import OpenedWeek
from simulator.company.setting import Setting
from simulator.company.state import Columns, State
from simulator.finance.line import added
from simulator.people.process import HiringWeek
from simulator.people.staff import headcount
from simulator.serving.measure import Measured
from simulator.serving.traffic import PEAK
from simulator.serving.window_memory import window_is_short
from simulator.work.actions import waiting_for_people


def topology_columns(opened: OpenedWeek) -> Columns:
    """What the week was laid out for: users, rates, and the load offered to what is there."""
    topology, offered = opened.topology, opened.offered
    return {
        "users": opened.state.users,
        "rate_peak_per_s": opened.traffic.rate_per_s[PEAK],
        "transactions_week": opened.traffic.transactions_week,
        "replicas_peak": opened.state.replicas[0],
        "replicas_mean": opened.state.replicas[1],
        "shards": topology.shards,
        "read_replicas": topology.read_replicas,
        "hottest_shard": offered.hottest_shard,
        "hottest_over_mean": offered.load_share.max(axis=0) * topology.shards,
        "offered_service_share": offered.service,
        "offered_primary_share": offered.primary,
        "offered_replica_share": offered.replica,
        "saturated": offered.highest >= 1,
    }


def served_columns(setting: Setting, opened: OpenedWeek, measured: Measured | None) -> Columns:
    """What requests met in the peak hour, and errors and latency of the week; nothing where none came."""
    if measured is None:
        return {}

    def at_peak(values: Array) -> Array:
        return np.ascontiguousarray(values.reshape(setting.lanes, -1)[:, PEAK])

    traffic = opened.traffic
    error = measured.error_share.reshape(setting.lanes, -1)
    requests = [rate * hours for rate, hours in zip(traffic.rate_per_s, traffic.hours, strict=True)]
    crossing = measured.cross_shard
    latency = measured.latency_mean_ms.reshape(setting.lanes, -1)
    spent = [latency[:, window] * asked for window, asked in enumerate(requests)]
    failed = [error[:, window] * asked for window, asked in enumerate(requests)]
    return {
        "latency_mean_ms": at_peak(measured.latency_mean_ms),
        **{f"latency_p{percent}_ms": at_peak(ticks) for percent, ticks in measured.latency_ms.items()},
        "latency_mean_week_ms": added(spent) / added(requests),
        "error_share": at_peak(measured.error_share),
        "error_share_week": added(failed) / added(requests),
        "cpu_utilization_share": at_peak(measured.cpu_utilization_share),
        "database_utilization_share": at_peak(measured.database_utilization_share),
        "hottest_shard_utilization_share": at_peak(measured.hottest_shard_utilization_share),
        "database_connections_share": np.maximum(
            at_peak(measured.database_in_use) / setting.scenario.database.connections_max,
            at_peak(measured.connections_in_use_share),
        ),
        "replication_lag_p95_ms": at_peak(measured.replication_lag_p95_ms),
        "stale_read_share": at_peak(measured.stale_read_share),
        **(
            {f"cross_shard_{name}": at_peak(values) for name, values in vars(crossing).items()}
            if crossing
            else {}
        ),
        "window_short": window_is_short(
            setting.inputs,
            opened.topology,
            opened.offered,
            rate_per_s=traffic.rate_per_s[PEAK],
            requests=measured.requests,
        ),
    }


def people_columns(
    setting: Setting, opened: OpenedWeek, state: State, hiring: HiringWeek, hires: Ints
) -> Columns:
    """Who is there, who came and went, and the actions that are in place or wait for people."""
    waiting = waiting_for_people(setting.dates, opened.state.actions, opened.week)
    return {
        "headcount": headcount(state.staff, opened.week),
        "open_positions": opened.open_positions,
        "applications": opened.candidates.applicants,
        "hires": hires,
        "joiners": opened.joiners,
        "leavers": opened.leavers,
        "withdrawals": hiring.withdrawals,
        "actions_in_place": opened.in_place.sum(axis=0, dtype=np.int64),
        "actions_waiting_people": waiting.sum(axis=0, dtype=np.int64),
    }
