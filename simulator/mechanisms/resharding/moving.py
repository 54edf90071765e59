"""A week's part of a move of data: how far it came, what it took, and whether it ends in a switch."""

from dataclasses import dataclass, replace

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.company.opened import OpenedWeek
from simulator.company.setting import Setting
from simulator.company.state import Columns
from simulator.mechanisms.resharding.law import MovedWeek, Phase, gb_per_hour, moved_in_week
from simulator.mechanisms.resharding.state import NOTHING, Resharding, copy_mb_per_s, move_of, resharding_of
from simulator.mechanisms.resharding.taken import (
    held_by_row,
    mean_over_hours,
    taken_beside,
    target_utilization,
)
from simulator.serving.capacity.offered import Offered, offered_load
from simulator.serving.capacity.stations import Beside
from simulator.serving.demand.exposure import Sessions
from simulator.serving.demand.traffic import PEAK
from simulator.serving.shards.moves import Move
from simulator.units import HOURS_PER_WEEK, KB_PER_GB, S_PER_WEEK


@dataclass(frozen=True, kw_only=True)
class MovingWeek:
    """The effect of one week on a move and of the move on that week; arrays are (lanes,)."""

    resharding: Resharding
    """State of the move as the next week begins."""
    offered: Offered
    """Offered load at the peak hour, the copy included."""
    beside: dict[int, Beside] | None
    """Share of the nodes that the copy uses, by rate of the traffic; None where nothing is copied."""
    failed_share: Floats
    """Share of the week's requests that fail: writes in the time in which none is taken."""
    spared_share: Floats
    """Share of the users who met no refused write."""
    twice_gb: Floats
    """Largest amount of data on a serving shard that arrived before the switch or has not been cleaned up, in
    GB."""
    columns: Columns


def moving_week(setting: Setting, opened: OpenedWeek) -> MovingWeek:
    """Take the moves of a block through a week."""
    state, rules = resharding_of(opened.state), setting.inputs.database.resharding
    assert rules is not None  # who has a state has them
    move = move_of(setting, state, opened.topology)
    by_row = held_by_row(setting, opened, move)
    held = mean_over_hours(opened, by_row)
    beside = taken_beside(setting, opened, move, by_row)
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
            "resharding_target_utilization_share": target_utilization(opened, move, held),
            "resharding_extra_shards": state.extra_shards,
            "resharding_kept_twice_gb": state.moved_gb,
        },
    )


def _written(setting: Setting, opened: OpenedWeek, move: Move) -> Floats:
    """Tell what an hour's writes leave in the data that move, in GB."""
    storage = setting.inputs.database.storage
    assert storage is not None  # what moves its data says how much they are
    writes = opened.traffic.requests_week * setting.inputs.database.write_share
    return writes * storage.kb_per_write / KB_PER_GB * move.share / HOURS_PER_WEEK


def _after(
    setting: Setting, opened: OpenedWeek, state: Resharding, week: MovedWeek, move: Move, switches: Bools
) -> Resharding:
    """Give the state with which the next week begins."""
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


def _some(share: Floats) -> Floats:
    """Keep a divisor away from 0."""
    return np.where(share > 0, share, 1.0)
