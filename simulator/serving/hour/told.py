"""An hour that was simulated in steps gives its outcome. Axes: t step, s shard, l lane."""

from collections.abc import Sequence

import numpy as np

from simulator.arrays import Floats
from simulator.serving.hour.calm import Calm
from simulator.serving.hour.hour import OF_SHARD, Hour
from simulator.serving.hour.lag import not_waited
from simulator.serving.hour.late import late_of_waits, later
from simulator.serving.hour.limits import Limit
from simulator.serving.hour.outcome import HourOutcome, longest_s, outcome_of
from simulator.serving.hour.paths import Paths
from simulator.serving.hour.steps import added_up
from simulator.serving.hour.ways import Way, ways_of


def told_outcome(hour: Hour, paths: Paths, limit: Limit, calm: Calm) -> HourOutcome:
    """Give the errors, waits and lags of the hour; for a tier that was not simulated, those of the law."""
    ways = ways_of(paths, tuple(hour.tiers))
    means = {
        tier: np.where(hour.told[tier], _mean(hour, tier), wait.mean_s) for tier, wait in calm.waits.items()
    }
    most = [longest_s(means), *(waits.max(axis=(0, 1)) for waits in hour.waits_s.values())]
    return outcome_of(
        hour.tiers,
        paths,
        limit,
        hour.rate_per_s,
        lost_share=hour.lost_share,
        late=[_late(hour, way, of_law) for way, of_law in zip(ways, calm.late, strict=True)],
        waits_s=means,
        unwaited=_unwaited(hour, calm),
        backlog_s=np.maximum.reduce(most),
    )


def _mean(hour: Hour, tier: str) -> Floats:
    """Give the mean wait over the steps, (s, l); 0 where the tier was not simulated."""
    if tier not in hour.waits_s:
        return np.zeros(hour.start[tier].shape)
    waits = hour.waits_s[tier]
    return added_up(waits) / len(waits)


def _late(hour: Hour, way: Way, of_law: Floats) -> Floats:
    """Give the share of the answers of a way that are late, by shard, (s, l)."""
    lanes = len(hour.rate_per_s)
    front_s, front_told = np.zeros((hour.noise.steps, lanes)), np.zeros(lanes, dtype=np.bool_)
    for tier in way.tiers:
        if tier not in OF_SHARD and tier in hour.waits_s:
            front_s = front_s + later(hour.waits_s[tier], front_s, hour.step_s)[:, 0]
            front_told = front_told | hour.told[tier][0]
    own = [tier for tier in way.tiers if tier in OF_SHARD and tier in hour.waits_s]
    told = np.broadcast_to(front_told, of_law.shape)
    for tier in own:
        told = told | hour.told[tier]
    late = of_law.copy()
    of_front = late_of_waits(way.work, front_s) if front_told.any() else None
    for shard in np.flatnonzero(told.any(axis=1)).tolist():
        behind = [tier for tier in own if hour.told[tier][shard].any()]
        met = _late_behind(hour, way, behind, shard, front_s) if behind else of_front
        assert met is not None  # a shard is told by its own tiers or by those in front
        late[shard] = np.where(told[shard], met, of_law[shard])
    return late


def _late_behind(hour: Hour, way: Way, tiers: Sequence[str], shard: int, front_s: Floats) -> Floats:
    """Give that share for one shard whose own tiers let wait, (l,)."""
    waited = front_s
    for tier in tiers:
        waited = waited + later(hour.waits_s[tier][:, shard : shard + 1], waited, hour.step_s)[:, 0]
    return late_of_waits(way.work, waited)


def _unwaited(hour: Hour, calm: Calm) -> Floats:
    """Give P(no write comes while one waits for an applier), (s, l); a step's wait varies as if by chance."""
    writes_per_s = hour.rate_per_s * hour.tiers["applier"].visits
    by_law = not_waited(calm.waits["applier"].term, writes_per_s)
    if "applier" not in hour.waits_s:
        return by_law
    waits = hour.waits_s["applier"]
    return np.where(hour.told["applier"], added_up(1.0 / (1.0 + writes_per_s * waits)) / len(waits), by_law)
