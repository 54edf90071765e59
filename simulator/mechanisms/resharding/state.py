"""Data on their way to other shards, from the week in which an action's work is done until all is clean."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from simulator.arrays import Array, Bools, Floats, Ints
from simulator.company.setting import Setting
from simulator.company.state import State
from simulator.mechanisms.resharding.law import Progress
from simulator.scenario.keys.plan import Shard
from simulator.serving.calls.copying import NO_LIMIT, Copying
from simulator.serving.capacity.topology import Topology, topology_with
from simulator.serving.shards.moves import Move, Moves, moves_between
from simulator.serving.shards.skew import SHARD_KEYS
from simulator.units import MS_PER_S, TICKS_PER_MS, TICKS_PER_S, whole_ticks

NAME = "resharding"
NOTHING = -1


@dataclass(frozen=True, kw_only=True)
class Resharding:
    """The state of a block's moves between two weeks; arrays end in (lanes,)."""

    moves: Moves
    """Data that move, for each pair of layouts before and after."""
    switched: Bools
    """True for an action whose data are where they belong, (a, lanes); only ``shard`` actions move any."""
    action: Ints
    """Index in the plan of the action whose data are on their way, ``NOTHING`` where none is."""
    progress: Progress
    moved_gb: Floats
    """Data stored twice, counted once, from the start of the copy to the end of the clean-up, in GB."""
    extra_shards: Ints
    """Shards paid for beside those that serve: targets until the switch, then sources."""
    clean_up_weeks: Floats
    """Weeks of clean-up that are left after the switch."""
    left_over_gb: Floats
    """Data left on the source that gave the most, until it is cleaned up, in GB."""

    @property
    def moving(self) -> Bools:
        """Tell if anything is on its way before its switch, (lanes,)."""
        moving: Bools = self.action != NOTHING
        return moving


def first_resharding(setting: Setting) -> Mapping[str, Resharding]:
    """Give the state of a block before any move has begun."""
    nothing = np.zeros(setting.lanes)
    at_once = np.array([not isinstance(action, Shard) for action in setting.inputs.plan], dtype=np.bool_)
    first = Resharding(
        moves=moves_between(setting.inputs, setting.shares, setting.streams),
        switched=np.repeat(at_once[:, np.newaxis], setting.lanes, axis=1),
        action=np.full(setting.lanes, NOTHING, dtype=np.int64),
        progress=Progress(left_gb=nothing, behind_gb=nothing, unverified_gb=nothing),
        moved_gb=nothing,
        extra_shards=np.zeros(setting.lanes, dtype=np.int64),
        clean_up_weeks=nothing,
        left_over_gb=nothing,
    )
    return {NAME: first}


def resharding_of(state: State) -> Resharding:
    """Give the moves as the last week left them."""
    found: Resharding = state.mechanisms[NAME]
    return found


def with_resharding(state: State, resharding: Resharding) -> State:
    """Hand on where the moves stand."""
    return replace(state, mechanisms={**state.mechanisms, NAME: resharding})


def begin_moves(setting: Setting, state: Resharding, done: Bools, stored_gb: Floats) -> Resharding:
    """Begin to copy where the work on a ``shard`` action is done and nothing else is on its way.

    Args:
        setting: of the block.
        state: as the last week left it.
        done: actions that are due and whose work is done, (a, lanes).
        stored_gb: one copy of all data, (lanes,).
    """
    rules = setting.inputs.database.resharding
    assert rules is not None  # who has a state has them
    for index in setting.dates.order:
        action = setting.inputs.plan[index]
        ready = done[index] & ~state.switched[index] & ~state.moving & (state.clean_up_weeks <= 0)
        if not isinstance(action, Shard) or not ready.any():
            continue
        now = topology_with(setting.today, setting.inputs, done & state.switched)
        switched = state.switched.copy()
        switched[index] |= ready
        stays = topology_with(setting.today, setting.inputs, done & switched).layout == now.layout
        switched[index] &= state.switched[index] | stays
        begins = ready & ~stays
        state = replace(state, switched=switched, action=np.where(begins, index, state.action))
        gb = stored_gb * move_of(setting, state, now).share
        progress = state.progress
        state = replace(
            state,
            progress=Progress(
                left_gb=np.where(begins, gb, progress.left_gb),
                behind_gb=np.where(begins, 0.0, progress.behind_gb),
                unverified_gb=np.where(begins, gb * rules.verify_share, progress.unverified_gb),
            ),
            moved_gb=np.where(begins, gb, state.moved_gb),
            extra_shards=np.where(begins, np.maximum(action.shards - now.shards, 0), state.extra_shards),
        )
    return state


def move_of(setting: Setting, state: Resharding, topology: Topology) -> Move:
    """Give the move of each lane, if one is on its way; sources are the shards that serve."""
    sources, lanes = int(topology.shards.max()), setting.lanes
    share, out_share, in_share = np.zeros((3, lanes))
    sends, inflow = np.zeros((sources, lanes), dtype=np.bool_), np.zeros((setting.shards_max, lanes))
    bounds = np.zeros((sources, sources, lanes))
    layouts = [
        (action.key, action.shards) if isinstance(action, Shard) else None for action in setting.inputs.plan
    ]
    for ((key, before), after), move in state.moves.items():
        here = (topology.shards == before) & (topology.shard_key == SHARD_KEYS.index(key))
        here &= np.isin(state.action, [index for index, layout in enumerate(layouts) if layout == after])
        if not here.any():
            continue
        for into, value in ((share, move.share), (out_share, move.out_share), (in_share, move.in_share)):
            np.copyto(into, value, where=here)
        np.copyto(sends[:before], move.sends, where=here)
        np.copyto(inflow[: len(move.inflow)], move.inflow, where=here)
        np.copyto(bounds[:before, :before], move.bounds, where=here)
        np.copyto(bounds[:before, before:], move.bounds[:, -1:], where=here)
    return Move(
        share=share, sends=sends, bounds=bounds, inflow=inflow, out_share=out_share, in_share=in_share
    )


def copy_mb_per_s(setting: Setting, move: Move, topology: Topology) -> Floats:
    """Give the rate at which each source copies: the one asked for, or what its busiest new shard can take.

    A source takes its targets in turn, so the slowest of them sets the pace of all.
    """
    rules = setting.inputs.database.resharding
    assert rules is not None  # who has a state has them
    new = np.arange(len(move.inflow))[:, np.newaxis] >= topology.shards
    written = rules.copy_mb_per_s * np.where(new, move.inflow, 0.0).max(axis=0)
    busy = written * rules.write_ms_per_mb / MS_PER_S / topology.cores
    pace: Floats = rules.copy_mb_per_s / np.maximum(busy, 1.0)
    return pace


def copying_of(setting: Setting, state: Resharding, topology: Topology, windows: int) -> Copying | None:
    """Tell how the windows of a week copy; None where no lane does."""
    rules, progress = setting.inputs.database.resharding, state.progress
    assert rules is not None  # who has a state has them
    copies = state.moving & ~progress.done
    if not copies.any():
        return None
    move = move_of(setting, state, topology)

    def ticks(duration_ms: Floats) -> Ints:
        return whole_ticks(duration_ms * TICKS_PER_MS, at_least=1)

    def each(values: Array) -> Array:
        return np.repeat(values, windows, axis=-1)

    read, write = ticks(rules.chunk_mb * rules.read_ms_per_mb), ticks(rules.chunk_mb * rules.write_ms_per_mb)
    apply = ticks(rules.chunk_mb * rules.write_ms_per_mb * setting.inputs.database.apply_cost_ratio)
    writes = (progress.left_gb > 0) | (progress.behind_gb > 0)
    interval = rules.chunk_mb / copy_mb_per_s(setting, move, topology) * TICKS_PER_S
    limit = np.full(setting.lanes, NO_LIMIT, dtype=np.int64)
    if rules.throttle_lag_ms is not None:
        limit = whole_ticks(rules.throttle_lag_ms * TICKS_PER_MS)
    return Copying(
        interval=each(np.where(copies, whole_ticks(np.where(copies, interval, 0.0), at_least=1), 0)),
        read=each(read),
        write=each(np.where(writes, write, read)),
        apply=each(np.where(writes, apply, 0)),
        limit=each(limit),
        sends=each(move.sends),
        target_bounds=each(move.bounds),
    )
