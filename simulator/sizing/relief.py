"""Relief of a tier is found by trial: each kind of action is added at the medians, and the load compared."""

import math
from typing import Any

import numpy as np

from simulator.arrays import Floats
from simulator.scenario.keys.plan import (
    Action,
    AddReadReplicas,
    ImproveCache,
    OptimizeService,
    ResizeDatabase,
    ScaleService,
    Shard,
)
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.serving.capacity.stations import TIERS
from simulator.serving.capacity.topology import Topology
from simulator.serving.shards.skew import SHARD_KEYS
from simulator.sizing.medians import median_week, offered_of, setting_at_medians, users_by_week

NOTABLE_SHARE = 0.1
"""Least share of its load that an action has to take off a tier to count as relief."""
MORE = 1.25
"""Ratio of the replicas tried to those that there are, and of the work of a request to that tried."""


def relief_by_tier(
    scenario: Scenario[Quantity], placed_week: Floats, week: int
) -> dict[str, tuple[str, ...]]:
    """List the kinds of action that relieve each tier in a week, most effective first.

    Tried, one at a time on what serves then, are one more read replica, twice the shards by the same key,
    each larger size of the price book, half the misses of the cache, a quarter more replicas of the service
    and as much less work on it; and whatever the plan holds that is not yet in place.

    Args:
        scenario: uncertain values count at their middle.
        placed_week: from which each action of its plan is in place, +inf for never, (actions,).
        week: index.
    """
    setting = setting_at_medians(scenario)
    built = median_week(setting, users_by_week(setting), placed_week, week).topology
    tried = (*scenario.plan, *_trials(scenario, built, _size(scenario, placed_week, week)))
    setting = setting_at_medians(scenario.model_copy(update={"plan": tried}))
    users = users_by_week(setting)
    placed = np.full(len(tried), np.inf)
    placed[: len(placed_week)] = placed_week

    def offered(weeks: Floats) -> dict[str, float]:
        return offered_of(setting, median_week(setting, users, weeks, week))

    before, lowest = offered(placed), {tier: dict[str, float]() for tier in TIERS}
    for index in np.flatnonzero(placed > week):
        with_it = placed.copy()
        with_it[index] = week
        kind = tried[index].action
        for tier, share in offered(with_it).items():
            lowest[tier][kind] = min(share, lowest[tier].get(kind, math.inf))
    return {
        tier: tuple(kind for kind in sorted(of, key=of.__getitem__) if _relieves(before[tier], of[kind]))
        for tier, of in lowest.items()
    }


def _relieves(before: float, after: float) -> bool:
    return after < before * (1 - NOTABLE_SHARE)


def _size(scenario: Scenario[Quantity], placed_week: Floats, week: int) -> str:
    """Give the size of the nodes in a week: of two resizings, the one that was due later."""
    done = [
        (action.month, index, action.size)
        for index, action in enumerate(scenario.plan)
        if isinstance(action, ResizeDatabase) and placed_week[index] <= week
    ]
    return max(done)[-1] if done else scenario.database.size


def _trials(scenario: Scenario[Quantity], built: Topology, size: str) -> list[Action[Quantity]]:
    """List one more action of each kind that gives capacity, after all that the plan holds."""
    sizes = scenario.prices.database_sizes
    larger = [name for name in sizes if sizes[name].cores > sizes[size].cores]
    at_once: dict[str, Any] = {
        "month": scenario.scenario.horizon_months,
        "lead_weeks": 0.0,
        "person_days": 0.0,
        "cost_eur": 0.0,
    }
    return [
        AddReadReplicas[Quantity](action="add_read_replicas", count=1, **at_once),
        Shard[Quantity](
            action="shard",
            shards=min(2 * int(built.shards[0]), 256),
            key=SHARD_KEYS[int(built.shard_key[0])],
            **at_once,
        ),
        *(ResizeDatabase[Quantity](action="resize_database", size=name, **at_once) for name in larger),
        ImproveCache[Quantity](
            action="improve_cache",
            hit_share=(1 + float(built.hit_share[0])) / 2,
            nodes=int(built.cache_nodes[0]),
            **at_once,
        ),
        ScaleService[Quantity](
            action="scale_service", replicas_max=math.ceil(MORE * int(built.replicas_max[0])), **at_once
        ),
        OptimizeService[Quantity](action="optimize_service", demand_factor=1 / MORE, **at_once),
    ]
