"""The constant part of every response follows from an observed P95, less the waits and work of the model.

The P95 of the queues at the load of the observation follows from the laws of the calm hour, which tell the
late of every week; what is left of the observed P95 takes the same for all. Axes: s shard, l lane.
"""

from typing import Any

import numpy as np

from simulator.arrays import Floats
from simulator.draws.streams import Streams
from simulator.queueing.laws.sums import tail_of
from simulator.scenario.keys.traffic import ObservedResponse
from simulator.scenario.observed import peak_rate_per_s, tiers_as_written
from simulator.scenario.root import Scenario
from simulator.serving.capacity.stations import stations_of
from simulator.serving.capacity.topology import topology_today
from simulator.serving.hour.calm import wait_at
from simulator.serving.hour.limits import service_limit
from simulator.serving.hour.paths import paths_of
from simulator.serving.hour.ways import of_all_requests, ways_of
from simulator.serving.shards.shares import Shares
from simulator.serving.shards.skew import shares_of_layouts
from simulator.units import MS_PER_S, S_PER_HOUR

LATER = 0.05
"""Share of the answers that come after their P95."""
HALVINGS = 64


def with_constant(inputs: Scenario[Floats], streams: Streams) -> Scenario[Floats]:
    """Give the inputs ``response.fixed_ms``, solved where a P95 was observed instead."""
    response = inputs.response
    if response.observed_p95_ms is None:
        return inputs
    fixed_ms = np.maximum(response.observed_p95_ms - queues_p95_ms(inputs, streams), 0.0)
    return inputs.model_copy(update={"response": response.model_copy(update={"fixed_ms": fixed_ms})})


def queues_p95_ms(inputs: Scenario[Floats], streams: Streams) -> Floats:
    """Give the P95 of waits and work in the peak hour of the observation, (l,); an hour where it is longer.

    Past 0.9 of a tier's capacity this is the stationary value, which an hour does not come to.
    """
    on = inputs.response.observed_on or ObservedResponse[Any]()
    then = _as_observed(inputs, on)
    topology = topology_today(then)
    layout = then.database.shard_key, then.database.shards
    shares: Shares = shares_of_layouts(then, (layout,), streams)[layout]
    replicas = np.full(streams.lanes, then.service.replicas, dtype=np.int64)
    tiers = stations_of(then, topology, replicas=replicas, shares=shares)
    rate = peak_rate_per_s(then.demand) if on.rate_per_s is None else on.rate_per_s
    limit, room = service_limit(then, tiers["service"]), then.service.queue_room
    waits = {
        tier: wait_at(stations, rate, limit if tier == "service" else None, room).term
        for tier, stations in tiers.items()
    }
    ways = ways_of(paths_of(then, topology, shares), tuple(tiers))
    tails = [tail_of([*way.work.terms, *(waits[tier] for tier in way.tiers)]) for way in ways]
    low, high = np.zeros(streams.lanes), np.full(streams.lanes, float(S_PER_HOUR))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        beyond = [
            tail.beyond(np.broadcast_to(middle + way.work.left_s, tail.mean.shape[1:]))
            for way, tail in zip(ways, tails, strict=True)
        ]
        over = of_all_requests(ways, beyond) > LATER
        low, high = np.where(over, middle, low), np.where(over, high, middle)
    p95: Floats = high * MS_PER_S
    return p95


def _as_observed(inputs: Scenario[Floats], on: ObservedResponse[Any]) -> Scenario[Floats]:
    """Give the company on which the P95 was observed; every answer is late, by as long as it takes."""

    def said(*names: str) -> dict[str, Any]:
        return {name: getattr(on, name) for name in names if getattr(on, name) is not None}

    nothing = np.zeros(len(inputs.cache.hit_share))
    database, sizes = inputs.database, dict(inputs.prices.database_sizes)
    sizes[database.size] = sizes[database.size].model_copy(update=said("cores"))
    at_once = {"fixed_ms": nothing, "deadline_ms": nothing}
    then = inputs.model_copy(
        update={
            "service": inputs.service.model_copy(update=said("replicas", "workers")),
            "database": database.model_copy(update=said("shards", "read_replicas", "write_share")),
            "cache": inputs.cache.model_copy(update=said("hit_share")),
            "prices": inputs.prices.model_copy(update={"database_sizes": sizes}),
            "response": inputs.response.model_copy(update=at_once),
        }
    )
    return tiers_as_written(then, inputs)
