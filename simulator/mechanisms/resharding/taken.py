"""A copy takes its part of the nodes in a week, as far as the throttle lets it; arrays are (lanes,)."""

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.company.opened import OpenedWeek
from simulator.company.setting import Setting
from simulator.mechanisms.resharding.throttle import held_share
from simulator.serving.capacity.stations import Beside, node_stations
from simulator.serving.demand.traffic import PEAK
from simulator.serving.shards.moves import Move
from simulator.units import HOURS_PER_WEEK, MS_PER_S, TICKS_PER_S


def held_by_row(setting: Setting, opened: OpenedWeek, move: Move) -> dict[int, Floats]:
    """Give the share of the chunks that the throttle holds back, by rate of the traffic, (lanes,) each."""
    rules, traffic = setting.inputs.database.resharding, opened.traffic
    rows = (PEAK, *traffic.rows)
    if rules is None or rules.throttle_lag_ms is None or opened.load.copying is None:
        return dict.fromkeys(rows, np.zeros(setting.lanes))
    nodes = node_stations(setting.inputs, opened.topology, opened.shares)
    inflow = np.where(nodes["primary"].there, move.inflow[: len(move.sends)], 0.0)
    appliers = setting.inputs.database.replication.appliers
    copies = opened.load.copying.interval.reshape(setting.lanes, -1)[:, PEAK] > 0
    chunk_s = np.maximum(opened.load.copying.apply.reshape(setting.lanes, -1)[:, PEAK], 1) / TICKS_PER_S
    return {
        row: copies
        * held_share(
            nodes["applier"],
            traffic.rate_per_s[row],
            limit_s=rules.throttle_lag_ms / MS_PER_S,
            sends=move.sends,
            inflow=inflow,
            copied=inflow * _busy(opened.load.copying.apply, opened) / appliers,
            chunk_s=chunk_s,
        )
        for row in dict.fromkeys(rows)
    }


def mean_over_hours(opened: OpenedWeek, by_row: dict[int, Floats]) -> Floats:
    """Average over the hours of the week, (lanes,)."""
    mean = np.zeros(len(opened.topology.cores))
    for row, hours in zip(opened.traffic.rows, opened.traffic.hours_of_rows, strict=True):
        mean = mean + by_row[row] * hours
    return mean / HOURS_PER_WEEK


def taken_beside(
    setting: Setting, opened: OpenedWeek, move: Move, held: dict[int, Floats]
) -> dict[int, Beside] | None:
    """Tell what a copy takes of the nodes that serve, as far as the throttle lets it."""
    copying, cores = opened.load.copying, opened.topology.cores
    if copying is None:
        return None
    exists = np.arange(len(copying.sends))[:, np.newaxis] < opened.topology.shards
    inflow = np.where(exists, move.inflow[: len(exists)], 0.0)
    appliers = setting.inputs.database.replication.appliers
    read, write, apply = (_busy(ticks, opened) for ticks in (copying.read, copying.write, copying.apply))
    primary, applied = move.sends * read + inflow * write, inflow * apply
    return {
        row: Beside(
            primary=primary / cores * (1 - share),
            replica=applied / cores * (1 - share),
            applier=applied / appliers * (1 - share),
        )
        for row, share in held.items()
    }


def target_utilization(opened: OpenedWeek, move: Move, held: Floats) -> Floats:
    """Tell what the copy takes of the cores of its busiest target, one that serves already or a new one."""
    if opened.load.copying is None:
        return np.zeros(len(held))
    written = _busy(opened.load.copying.write, opened) / opened.topology.cores
    used: Floats = move.inflow.max(axis=0) * written * (1 - held)
    return used


def _busy(ticks: Ints, opened: OpenedWeek) -> Floats:
    """Convert the ticks that each chunk of a source takes into busy servers, (lanes,)."""
    copying, lanes = opened.load.copying, len(opened.topology.cores)
    assert copying is not None  # who asks has looked
    interval = copying.interval.reshape(lanes, -1)[:, PEAK]
    of_chunk = ticks.reshape(lanes, -1)[:, PEAK] / np.maximum(interval, 1)
    busy: Floats = np.where(interval > 0, of_chunk, 0.0)
    return busy
