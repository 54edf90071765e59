"""The 168 hours of a week in their order: each by its law, or step by step where a tier is near its capacity.

A backlog is carried over from hour to hour, to the end of the week; the next week begins without one, as a
tier that is overloaded in the mean is late again within minutes. An hour that begins and is loaded as the
same hour of the day before was comes to the same, and is not told again.

Axes: s shard, l lane.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Ints
from simulator.draws.streams import Streams
from simulator.serving.demand.traffic import Traffic
from simulator.serving.hour.hour import Backlogs, near_capacity
from simulator.serving.hour.paths import Paths
from simulator.serving.hour.some_lanes import blank, put, some
from simulator.serving.hour.steps import step_s_of
from simulator.serving.hour.stretches import Stretch, stretches_of
from simulator.serving.hour.telling import Kind, Told, tell
from simulator.units import HOURS_PER_DAY

LOADED = 0.90
"""Offered utilisation of any tier from which on an hour is told step by step."""
LANES_AT_ONCE = 512
"""Whose noise is held at once."""


@dataclass(frozen=True, kw_only=True)
class ToldStretch:
    """A stretch that is told for some lanes."""

    stretch: Stretch
    loaded: Bools
    """Lanes in which a tier is near its capacity; in others a backlog is left from the hour before, (l,)."""
    lanes: Bools
    told: Told


@dataclass(frozen=True, kw_only=True)
class _Memory:
    """The same stretch of the day before: what it began with and came to."""

    stretch: Stretch
    start: Backlogs
    told: Told
    known: Bools

    def is_of(self, stretch: Stretch) -> bool:
        """Tell if it is as long as a stretch, and loaded as much."""
        own, other = self.stretch, stretch
        return (own.hours, own.row, own.factor) == (other.hours, other.row, other.factor)


def told_stretches(
    kinds: Mapping[int, Kind], traffic: Traffic, paths: Paths, streams: Streams, week: int
) -> Iterator[ToldStretch]:
    """Every stretch in which some lane is told step by step, with what came of it.

    Args:
        kinds: of hours, by the row of the traffic's rates.
        traffic: of the week.
        paths: of the requests.
        streams: of the block.
        week: from 0.
    """
    near = _near(kinds, traffic)
    if not any(lanes.any() for lanes in near.values()):
        return
    backlogs = _no_backlogs(next(iter(kinds.values())))
    memories: dict[int, _Memory] = {}
    for stretch in stretches_of(traffic):
        loaded = near[stretch.row, stretch.factor]
        lanes = loaded | _waiting(backlogs)
        if not lanes.any():
            continue
        of_day = stretch.hour % HOURS_PER_DAY
        told, known = _as_remembered(memories.get(of_day), stretch, backlogs, lanes)
        for some_of in _parts(lanes & ~known):
            here = tell(kinds[stretch.row], stretch, paths, streams, week, backlogs, some_of)
            if len(some_of) == len(lanes):
                told = here
                break
            told = blank(here, len(lanes)) if told is None else told
            put(told, here, some_of)
        assert told is not None  # somebody was told, now or the day before
        memories[of_day] = _Memory(stretch=stretch, start=backlogs, told=told, known=lanes)
        backlogs = {tier: np.where(lanes, left, 0.0) for tier, left in told.left.items()}
        yield ToldStretch(stretch=stretch, loaded=loaded, lanes=lanes, told=told)


def _near(kinds: Mapping[int, Kind], traffic: Traffic) -> dict[tuple[int, float], Bools]:
    """Lanes in which any tier is near its capacity, for every rate of the week."""
    near = {}
    for row, factor in set(zip(traffic.row_of_hour.tolist(), traffic.factor_of_hour.tolist(), strict=True)):
        kind = kinds[row]
        stations = near_capacity(kind.tiers, kind.limit, kind.rate_per_s * factor, step_s_of(1), LOADED)
        near[row, factor] = np.logical_or.reduce([past.any(axis=0) for past in stations.values()])
    return near


def _no_backlogs(kind: Kind) -> Backlogs:
    return {tier: np.zeros(stations.visits.shape) for tier, stations in kind.tiers.items()}


def _waiting(backlogs: Backlogs) -> Bools:
    """Lanes in which anything waits."""
    waiting: Bools = np.logical_or.reduce([(left > 0).any(axis=0) for left in backlogs.values()])
    return waiting


def _as_remembered(
    memory: _Memory | None, stretch: Stretch, backlogs: Backlogs, lanes: Bools
) -> tuple[Told | None, Bools]:
    """Give the results of the same stretch of the day before, and the lanes in which they hold again."""
    if memory is None or not memory.is_of(stretch):
        return None, np.zeros(len(lanes), dtype=np.bool_)
    alike = memory.known.copy()
    for tier, waiting in backlogs.items():
        alike &= (waiting == memory.start[tier]).all(axis=0)
    if not (lanes & alike).any():
        return None, alike & False
    whole = not (lanes & ~alike).any()
    return (memory.told if whole else some(memory.told, np.arange(len(lanes)))), alike


def _parts(lanes: Bools) -> Iterator[Ints]:
    asked = np.flatnonzero(lanes)
    for first in range(0, len(asked), LANES_AT_ONCE):
        yield asked[first : first + LANES_AT_ONCE]
