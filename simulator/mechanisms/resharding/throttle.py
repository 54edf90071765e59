"""How much of a copy is held back, as replicas that apply its writes beside the others' would fall behind.

A chunk is left out while the last write of its source or of its target waits longer than a limit. What is let
through leaves a lag that lets so much through: the share f of the chunks with f = 1 - P(lag > limit), the lag
being that of appliers that do the copy's f beside the requests' writes.

Axes: s shard, l lane.
"""

from dataclasses import replace

import numpy as np

from simulator.arrays import Bools, Floats
from simulator.queueing.laws.sums import tail_of
from simulator.serving.capacity.stations import Stations
from simulator.serving.hour.calm import wait_at

HALVINGS = 24


def held_share(
    applier: Stations, rate_per_s: Floats, *, limit_s: Floats, sends: Bools, inflow: Floats, copied: Floats
) -> Floats:
    """Share of a copy's chunks that are left out at a rate of requests, (l,).

    Args:
        applier: of the shards that serve, without the copy.
        rate_per_s: requests, (l,).
        limit_s: of the lag, (l,).
        sends: shards that are a source, (s, l).
        inflow: share of the chunks of a source that come to each shard, (s, l).
        copied: what these take of the appliers where none is held back, (s, l).
    """
    sources = np.maximum(sends.sum(axis=0), 1)
    into = np.zeros(len(rate_per_s))
    for share in inflow:
        into = into + share
    let, step = np.full(len(rate_per_s), 0.5), 0.25
    for _ in range(HALVINGS):
        behind = _behind(applier, rate_per_s, limit_s, let * copied)
        of_source, of_target = np.zeros(len(let)), np.zeros(len(let))
        for sending, share, late in zip(sends, inflow, behind, strict=True):
            of_source, of_target = of_source + sending * late, of_target + share * late
        passes = (1.0 - of_source / sources) * (1.0 - of_target / np.maximum(into, 1.0))
        let = np.where(passes > let, let + step, let - step)
        step /= 2
    return np.where(let > 1.0 - 2.0**-HALVINGS, 0.0, 1.0 - let)


def _behind(applier: Stations, rate_per_s: Floats, limit_s: Floats, copied: Floats) -> Floats:
    """Share of the time in which the oldest write that is not applied is older than the limit, (s, l).

    From its start on a write is the oldest: this is λ E[(T - L)⁺ - (W - L)⁺], T its lag and W its wait
    alone: of M/M/1 P(W > L) = ρ e^(-(1 - ρ) L / s), which stands for the others.
    """
    wait = wait_at(replace(applier, taken_share=copied), rate_per_s)
    tail = tail_of([wait.term])
    return np.where(applier.there, tail.beyond(np.broadcast_to(limit_s, copied.shape)), 0.0)
