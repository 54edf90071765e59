"""A stretch told for some lanes: without chance where queues are long or only drain, else in steps."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.draws.hours import HourNoise
from simulator.draws.streams import Streams
from simulator.serving.capacity.stations import Stations
from simulator.serving.hour.calm import Calm
from simulator.serving.hour.fluid import fluid_hour, long_queues
from simulator.serving.hour.hour import Backlogs, near_capacity
from simulator.serving.hour.limits import Limit
from simulator.serving.hour.loaded import loaded_hour
from simulator.serving.hour.outcome import HourOutcome
from simulator.serving.hour.paths import Paths
from simulator.serving.hour.some_lanes import blank, put, some_of
from simulator.serving.hour.steps import STEPS, STEPS_OF_DRAIN, step_s_of
from simulator.serving.hour.stretches import Stretch
from simulator.serving.hour.told import told_outcome
from simulator.units import HOURS_PER_DAY, S_PER_HOUR


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Hours of a week that are loaded alike: what serves in them, and what the laws say."""

    tiers: Mapping[str, Stations]
    limit: Limit
    calm: Calm
    rate_per_s: Floats
    """Requests a second, (l,)."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """The outcome of a stretch and the backlogs that it left; lanes that it leaves out stand as zeros."""

    outcome: HourOutcome
    left: Backlogs
    drained_s: Floats
    """Time with a backlog, (l,)."""


def tell(
    kind: Kind, stretch: Stretch, paths: Paths, streams: Streams, week: int, backlogs: Backlogs, lanes: Ints
) -> Told:
    """Compute a stretch that begins with these backlogs, for some lanes, (m,)."""
    kind, paths, start = some_of((kind, paths, backlogs), lanes, len(kind.rate_per_s))
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
    whole = blank(parts[0][1], len(lanes))
    for here, told in parts:
        put(whole, told, here)
    return whole


def _in_steps(
    kind: Kind, paths: Paths, rate_per_s: Floats, hours: int, start: Backlogs, lanes: Ints, noise: HourNoise
) -> Told:
    """Tell so many hours step by step, for some of the lanes."""
    kind, paths, start = some_of((kind, paths, start), lanes, len(kind.rate_per_s))
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
