"""The 168 hours of a week in their order: each by its law, or step by step where a tier is near its capacity.

A backlog is carried over from hour to hour, to the end of the week; the next week begins without one, as a
tier that is overloaded in the mean is late again within minutes. An hour that begins and is loaded as the
same hour of the day before was comes to the same, and is not told again.

Axes: s shard, l lane.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.draws.hours import HourNoise
from simulator.draws.streams import Streams
from simulator.serving.hour.calm import Calm
from simulator.serving.hour.fluid import fluid_hour, long_queues
from simulator.serving.hour.limits import Limit
from simulator.serving.hour.loaded import Backlogs, loaded_hour, near_capacity
from simulator.serving.hour.outcome import HourOutcome
from simulator.serving.hour.paths import Paths
from simulator.serving.hour.some_lanes import blank, put, some
from simulator.serving.hour.steps import STEPS, STEPS_OF_DRAIN, step_s_of
from simulator.serving.hour.told import told_outcome
from simulator.serving.stations import Stations
from simulator.serving.traffic import Traffic
from simulator.units import HOURS_PER_DAY, HOURS_PER_WEEK, S_PER_HOUR

LOADED = 0.90
"""Offered utilisation of any tier from which on an hour is told step by step."""
LANES_AT_ONCE = 256
"""Whose noise is held at once."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Hours of a week that are loaded alike: what serves in them, and what the laws say."""

    tiers: Mapping[str, Stations]
    limit: Limit
    calm: Calm
    rate_per_s: Floats
    """(l,)"""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What became of the requests of a stretch, and what it left; lanes that were not told stand as zeros."""

    outcome: HourOutcome
    left: Backlogs
    drained_s: Floats
    """Time with a backlog, (l,)."""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Hours of the week, one after the other, that are loaded alike: an hour, or what is left of many."""

    hour: int
    """The first, from 0."""
    hours: int
    row: int
    """Of the traffic's rates."""
    factor: float
    """Rate over that of the row."""


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
        """Whether it is as long, and loaded as much."""
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
            here = _tell(kinds[stretch.row], stretch, paths, streams, week, backlogs, some_of)
            if len(some_of) == len(lanes):
                told = here
                break
            told = blank(some(here, np.zeros(len(lanes), dtype=np.int64))) if told is None else told
            put(told, here, some_of)
        assert told is not None  # somebody was told, now or the day before
        memories[of_day] = _Memory(stretch=stretch, start=backlogs, told=told, known=lanes)
        backlogs = {tier: np.where(lanes, left, 0.0) for tier, left in told.left.items()}
        yield ToldStretch(stretch=stretch, loaded=loaded, lanes=lanes, told=told)


def stretches_of(traffic: Traffic) -> Iterator[Stretch]:
    """The week cut where the load changes, and an hour later: what an hour leaves is mostly gone by then."""
    rows, factors = traffic.row_of_hour.tolist(), traffic.factor_of_hour.tolist()
    for (row, factor), alike in groupby(range(HOURS_PER_WEEK), key=lambda hour: (rows[hour], factors[hour])):
        first, *rest = alike
        yield Stretch(hour=first, hours=1, row=row, factor=factor)
        if rest:
            yield Stretch(hour=rest[0], hours=len(rest), row=row, factor=factor)


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
    """What came of the same stretch of the day before, and the lanes in which it comes to the same."""
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


def _tell(
    kind: Kind, stretch: Stretch, paths: Paths, streams: Streams, week: int, backlogs: Backlogs, lanes: Ints
) -> Told:
    """Tell a stretch for some lanes: without chance where queues are long or only drain, else in steps."""
    kind, paths, start = some((kind, paths, backlogs), lanes)
    rate, seconds = kind.rate_per_s * stretch.factor, float(stretch.hours * S_PER_HOUR)
    parts: list[tuple[Ints, Told]] = []
    left = np.ones(len(lanes), dtype=np.bool_)
    if long_queues(kind.tiers, paths, start).any():
        fluid = fluid_hour(kind.tiers, paths, kind.limit, kind.calm, rate, seconds, start)
        told = Told(outcome=fluid.outcome, left=fluid.left, drained_s=np.full(len(lanes), seconds))
        parts.append((np.arange(len(lanes)), told))
        left = ~fluid.holds
    step_s = step_s_of(stretch.hours)
    near = near_capacity(kind.tiers, kind.limit, rate, step_s)
    chancy = np.logical_or.reduce([stations.any(axis=0) for stations in near.values()])
    for those, steps in ((chancy & left, STEPS), (left & ~chancy, STEPS_OF_DRAIN)):
        if those.any():
            here = np.flatnonzero(those)
            noise = HourNoise(
                streams=streams,
                week=week,
                hour_of_day=stretch.hour % HOURS_PER_DAY,
                lanes=lanes[here],
                steps=steps,
            )
            parts.append((here, _in_steps(kind, paths, rate, stretch.hours, start, here, noise)))
    if len(parts) == 1:
        return parts[0][1]
    whole = blank(some(parts[0][1], np.zeros(len(lanes), dtype=np.int64)))
    for here, told in parts:
        put(whole, told, here)
    return whole


def _in_steps(
    kind: Kind, paths: Paths, rate_per_s: Floats, hours: int, start: Backlogs, lanes: Ints, noise: HourNoise
) -> Told:
    """Tell so many hours step by step, for some of the lanes."""
    kind, paths, start = some((kind, paths, start), lanes)
    hour = loaded_hour(
        kind.tiers,
        paths,
        kind.limit,
        kind.calm,
        rate_per_s[lanes],
        step_s_of(hours, noise.steps),
        start,
        noise,
    )
    outcome = told_outcome(hour, paths, kind.limit, kind.calm)
    return Told(outcome=outcome, left=hour.left, drained_s=hour.drained_s)
