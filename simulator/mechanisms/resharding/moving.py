"""A week's part of a move of data: how far it came, what it took, and whether it ends in a switch."""

from dataclasses import dataclass, replace

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.company.opened import OpenedWeek
from simulator.company.setting import Setting
from simulator.company.state import Columns
from simulator.mechanisms.resharding.law import MovedWeek, Phase, gb_per_hour, moved_in_week
from simulator.mechanisms.resharding.state import NOTHING, Resharding, copy_mb_per_s, move_of, resharding_of
from simulator.mechanisms.resharding.throttle import held_share
from simulator.serving.capacity.offered import Offered, offered_load
from simulator.serving.capacity.stations import Beside, node_stations
from simulator.serving.demand.exposure import Sessions
from simulator.serving.demand.traffic import PEAK
from simulator.serving.shards.moves import Move
from simulator.units import HOURS_PER_WEEK, KB_PER_GB, MS_PER_S, S_PER_WEEK


@dataclass(frozen=True, kw_only=True)
class MovingWeek:
    """What a week makes of a move; arrays are (lanes,)."""

    resharding: Resharding
    """As the next week begins."""
    offered: Offered
    """At the peak hour, the copy included."""
    beside: dict[int, Beside] | None
    """What the copy takes of the nodes at each rate of the traffic; None where nothing is copied."""
    failed_share: Floats
    """Of the week's requests: writes while none is taken."""
    spared_share: Floats
    """Of the users, who met no write that was not taken."""
    twice_gb: Floats
    """What a shard that serves holds at the most of data that came early, or that have not gone yet."""
    columns: Columns


def moving_week(setting: Setting, opened: OpenedWeek) -> MovingWeek:
    """Take the moves of a block through a week."""
    state, rules = resharding_of(opened.state), setting.inputs.database.resharding
    assert rules is not None  # who has a state has them
    move = move_of(setting, state, opened.topology)
    held_by_row = _held(setting, opened, move)
    held = _over_hours(opened, held_by_row)
    beside = _beside(setting, opened, move, held_by_row)
    copied = copy_mb_per_s(setting, move, opened.topology) * move.sends.sum(axis=0) * (1 - held)
    week = moved_in_week(state.progress, gb_per_hour(copied), _written(setting, opened, move))
    switches = state.moving & week.progress.done
    written, stopped = setting.inputs.database.write_share, rules.write_stop_s / S_PER_WEEK
    met = Sessions.of(setting.inputs.demand).spared_share(written, stopped, np.ones(setting.lanes))
    after = _after(setting, opened, state, week, move, switches)
    return MovingWeek(
        resharding=after,
        offered=_offered(setting, opened, beside),
        beside=beside,
        failed_share=np.where(switches, np.minimum(written * stopped, 1.0), 0.0),
        spared_share=np.where(switches, met, 1.0),
        twice_gb=np.where(
            state.moving,
            move.in_share / _some(move.share) * (state.moved_gb - week.progress.left_gb),
            state.left_over_gb,
        ),
        columns={
            "resharding_phase": _phase(state, week),
            "resharding_hours": np.where(state.moving, week.hours, 0.0),
            "resharding_left_gb": after.progress.left_gb,
            "resharding_behind_gb": after.progress.behind_gb,
            "resharding_falls_behind": state.moving & week.falls_behind,
            "resharding_throttled_share": held,
            "resharding_target_utilization_share": _target_utilization(opened, move, held),
            "resharding_extra_shards": state.extra_shards,
            "resharding_kept_twice_gb": state.moved_gb,
        },
    )


def _held(setting: Setting, opened: OpenedWeek, move: Move) -> dict[int, Floats]:
    """Share of the chunks that the throttle holds back at each rate of the traffic, (lanes,) each."""
    rules, traffic = setting.inputs.database.resharding, opened.traffic
    rows = (PEAK, *traffic.rows)
    if rules is None or rules.throttle_lag_ms is None or opened.load.copying is None:
        return dict.fromkeys(rows, np.zeros(setting.lanes))
    nodes = node_stations(setting.inputs, opened.topology, opened.shares)
    inflow = np.where(nodes["primary"].there, move.inflow[: len(move.sends)], 0.0)
    appliers = setting.inputs.database.replication.appliers
    copies = opened.load.copying.interval.reshape(setting.lanes, -1)[:, PEAK] > 0
    return {
        row: copies
        * held_share(
            nodes["applier"],
            traffic.rate_per_s[row],
            limit_s=rules.throttle_lag_ms / MS_PER_S,
            sends=move.sends,
            inflow=inflow,
            copied=inflow * _busy(opened.load.copying.apply, opened) / appliers,
        )
        for row in dict.fromkeys(rows)
    }


def _over_hours(opened: OpenedWeek, by_row: dict[int, Floats]) -> Floats:
    """Mean over the hours of the week, (lanes,)."""
    mean = np.zeros(len(opened.topology.cores))
    for row, hours in zip(opened.traffic.rows, opened.traffic.hours_of_rows, strict=True):
        mean = mean + by_row[row] * hours
    return mean / HOURS_PER_WEEK


def _written(setting: Setting, opened: OpenedWeek, move: Move) -> Floats:
    """What an hour's writes leave in the data that move, in GB."""
    storage = setting.inputs.database.storage
    assert storage is not None  # what moves its data says how much they are
    writes = opened.traffic.requests_week * setting.inputs.database.write_share
    return writes * storage.kb_per_write / KB_PER_GB * move.share / HOURS_PER_WEEK


def _after(
    setting: Setting, opened: OpenedWeek, state: Resharding, week: MovedWeek, move: Move, switches: Bools
) -> Resharding:
    """The state that the next week begins with."""
    rules = setting.inputs.database.resharding
    assert rules is not None  # who has a state has them
    lanes, switched = np.flatnonzero(switches), state.switched.copy()
    switched[state.action[lanes], lanes] = True
    shards = np.array([getattr(action, "shards", 0) for action in setting.inputs.plan] or [0])
    clean_up = np.where(
        switches, np.ceil(rules.clean_up_weeks), np.maximum(state.clean_up_weeks - ~state.moving, 0.0)
    )
    kept = (state.moving & ~switches) | (clean_up > 0)
    sources = np.maximum(opened.topology.shards - shards[state.action], 0)
    return replace(
        state,
        switched=switched,
        action=np.where(switches, NOTHING, state.action),
        progress=week.progress,
        moved_gb=np.where(kept, state.moved_gb, 0.0),
        extra_shards=np.where(kept, np.where(switches, sources, state.extra_shards), 0),
        clean_up_weeks=clean_up,
        left_over_gb=np.where(
            kept,
            np.where(switches, move.out_share / _some(move.share) * state.moved_gb, state.left_over_gb),
            0,
        ),
    )


def _phase(state: Resharding, week: MovedWeek) -> Ints:
    idle = np.where(state.clean_up_weeks > 0, Phase.CLEAN_UP, Phase.NONE)
    phase: Ints = np.where(state.moving, week.progress.phase, idle).astype(np.int64)
    return phase


def _offered(setting: Setting, opened: OpenedWeek, beside: dict[int, Beside] | None) -> Offered:
    if beside is None:
        return opened.offered
    return offered_load(
        setting.inputs,
        opened.topology,
        rate_per_s=opened.traffic.rate_per_s[PEAK],
        replicas=opened.state.replicas[PEAK],
        shares=opened.shares,
        beside=beside[PEAK],
    )


def _beside(
    setting: Setting, opened: OpenedWeek, move: Move, held: dict[int, Floats]
) -> dict[int, Beside] | None:
    """What a copy takes of the nodes that serve, as far as the throttle lets it."""
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


def _target_utilization(opened: OpenedWeek, move: Move, held: Floats) -> Floats:
    """What the copy takes of the cores of its busiest target, one that serves already or a new one."""
    if opened.load.copying is None:
        return np.zeros(len(held))
    written = _busy(opened.load.copying.write, opened) / opened.topology.cores
    used: Floats = move.inflow.max(axis=0) * written * (1 - held)
    return used


def _busy(ticks: Ints, opened: OpenedWeek) -> Floats:
    """So many ticks for each chunk of a source, as servers that are busy with them, (lanes,)."""
    copying, lanes = opened.load.copying, len(opened.topology.cores)
    assert copying is not None  # who asks has looked
    interval = copying.interval.reshape(lanes, -1)[:, PEAK]
    of_chunk = ticks.reshape(lanes, -1)[:, PEAK] / np.maximum(interval, 1)
    busy: Floats = np.where(interval > 0, of_chunk, 0.0)
    return busy


def _some(share: Floats) -> Floats:
    """What may be divided by."""
    return np.where(share > 0, share, 1.0)
