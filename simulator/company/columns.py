"""Columns of the week's results: topology, requests, measured windows, people."""

import numpy as np

from simulator.arrays import Array, Ints
from simulator.company.latency import all_wait, as_met_ms, at_deadline
from simulator.company.opened import OpenedWeek
from simulator.company.setting import Setting
from simulator.company.state import Columns, State
from simulator.finance.line import added
from simulator.people.process import HiringWeek
from simulator.people.staff import headcount
from simulator.serving.capacity.stations import TIERS
from simulator.serving.demand.traffic import PEAK
from simulator.serving.hour.summary import Service
from simulator.serving.measured.window import Measured
from simulator.serving.window.memory import window_is_short
from simulator.units import MS_PER_S
from simulator.work.actions import waiting_for_people


def topology_columns(opened: OpenedWeek) -> Columns:
    """Give the columns of users, rates, topology and offered load."""
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
        **{f"offered_{tier}_share": getattr(offered, tier) for tier in TIERS},
        "saturated": offered.highest >= 1,
    }


def service_columns(setting: Setting, opened: OpenedWeek, service: Service) -> Columns:
    """Give the columns of the fate of the week's requests, by the arithmetic of its hours."""
    fixed_ms, per_node = setting.inputs.response.constant_ms, setting.scenario.database.connections_max
    return {
        "error_share": service.error_share_peak,
        "error_share_week": service.error_share,
        "failed_for_good_share_week": service.failed_for_good_share,
        "retries_per_request": service.retries_per_request,
        "refused_share_week": service.refused_share,
        "gave_up_share_week": service.gave_up_share,
        "late_share_week": service.late_share,
        "hours_affected": service.hours_affected,
        "backlog_s": service.backlog_s,
        "drain_s": service.drain_s,
        "exposed_users_share": service.exposed_share,
        "latency_at_deadline": at_deadline(all_wait(setting, opened), service),
        "latency_law_mean_ms": service.latency_peak_s * MS_PER_S + fixed_ms,
        "latency_law_mean_week_ms": service.latency_s * MS_PER_S + fixed_ms,
        "database_connections_share": np.minimum(
            np.maximum(service.node_calls / per_node, service.connections_share), 1.0
        ),
        "database_calls": service.node_calls,
        "replication_lag_s": service.lag_peak_s.max(axis=0),
        "stale_read_share": service.stale_share,
    }


def window_columns(
    setting: Setting, opened: OpenedWeek, service: Service, measured: Measured | None
) -> Columns:
    """Give the columns measured on the requests of the windows: latency, utilisation and staleness."""
    if measured is None:
        return {}
    traffic = opened.traffic
    requests = [rate * hours for rate, hours in zip(traffic.rate_per_s, traffic.hours, strict=False)]
    waiting = all_wait(setting, opened)
    latency = measured.latency_mean_ms.reshape(setting.lanes, -1)
    spent = [latency[:, window] * asked for window, asked in enumerate(requests)]
    return {
        "latency_mean_ms": at_peak(setting, measured.latency_mean_ms),
        **{
            f"latency_p{percent}_ms": as_met_ms(setting, waiting, service, percent, at_peak(setting, of))
            for percent, of in measured.latency_ms.items()
        },
        "latency_mean_week_ms": added(spent) / added(requests),
        "error_share_window": at_peak(setting, measured.error_share),
        "cpu_utilization_share": at_peak(setting, measured.cpu_utilization_share),
        "database_utilization_share": at_peak(setting, measured.database_utilization_share),
        "hottest_shard_utilization_share": at_peak(setting, measured.hottest_shard_utilization_share),
        "replication_lag_p95_ms": at_peak(setting, measured.replication_lag_p95_ms),
        "stale_read_share_window": at_peak(setting, measured.stale_read_share),
        "window_short": window_is_short(
            setting.inputs,
            opened.topology,
            opened.offered,
            rate_per_s=traffic.rate_per_s[PEAK],
            requests=measured.requests,
        ),
    }


def at_peak(setting: Setting, values: Array) -> Array:
    """Give what was measured of the peak window, (lanes,), of values of all cells, (c,)."""
    return np.ascontiguousarray(values.reshape(setting.lanes, -1)[:, PEAK])


def people_columns(
    setting: Setting, opened: OpenedWeek, state: State, hiring: HiringWeek, hires: Ints
) -> Columns:
    """Give the columns of people: present, joined, left; and of actions in place or waiting for them."""
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
