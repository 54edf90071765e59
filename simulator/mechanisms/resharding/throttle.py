"""A copy is held back in part, as replicas that apply its writes beside the others' would fall behind.

A chunk is left out while the last write of its source or of its target waits longer than a limit. What is let
through leaves a lag that lets so much through: the share f of the chunks with f = 1 - P(lag > limit), the lag
being that of appliers that do the copy's f beside the requests' writes. The work of a write counts as
exponential.

Axes: s shard, l lane.
"""

from dataclasses import replace

import numpy as np

from simulator.arrays import Bools, Floats
from simulator.serving.capacity.stations import Stations
from simulator.serving.hour.calm import wait_at

HALVINGS = 24
SHORTEST, LEAST_SHARE = 1e-9, 1e-9
ALIKE = 1e-3
"""Ends of work and of waits closer to each other than that are moved apart, as their terms would cancel."""


def held_share(
    applier: Stations,
    rate_per_s: Floats,
    *,
    limit_s: Floats,
    sends: Bools,
    inflow: Floats,
    copied: Floats,
    chunk_s: Floats,
) -> Floats:
    """Give the share of a copy's chunks that the throttle leaves out at a rate of requests, (l,).

    Args:
        applier: of the shards that serve, without the copy.
        rate_per_s: requests, (l,).
        limit_s: of the lag, (l,).
        sends: shards that are a source, (s, l).
        inflow: share of the chunks of a source that come to each shard, (s, l).
        copied: what these take of the appliers where none is held back, (s, l).
        chunk_s: how long an applier works on one, (l,).
    """
    sources = np.maximum(sends.sum(axis=0), 1)
    into = np.zeros(len(rate_per_s))
    for share in inflow:
        into = into + share
    let, step = np.full(len(rate_per_s), 0.5), 0.25
    for _ in range(HALVINGS):
        behind = _behind(applier, rate_per_s, limit_s, let * copied, chunk_s)
        of_source, of_target = np.zeros(len(let)), np.zeros(len(let))
        for sending, share, late in zip(sends, inflow, behind, strict=True):
            of_source, of_target = of_source + sending * late, of_target + share * late
        passes = (1.0 - of_source / sources) * (1.0 - of_target / np.maximum(into, 1.0))
        let = np.where(passes > let, let + step, let - step)
        step /= 2
    return np.where(let > 1.0 - 2.0**-HALVINGS, 0.0, 1.0 - let)


def _behind(
    applier: Stations, rate_per_s: Floats, limit_s: Floats, copied: Floats, chunk_s: Floats
) -> Floats:
    """Give the share of the time in which the oldest unapplied write is older than the limit L, (s, l).

    Of one applier it is in its hands, and a λ = E[(T - L)⁺ - (W - L)⁺] of them there are older, T their lag
    and W their wait (Little's law): of M/M/1 ρ e^(-(1 - ρ) L / s). A chunk in its hands counts where a write
    stands behind it. Chunks come evenly and are all of the same work: what is left of them serves the writes.
    Of k appliers 1 - (1 - a/k)^k have an old one, as if they knew nothing of each other: with many nobody
    waits, and that is 1 - e^(-a), as it should be.
    """
    servers, writes_per_s = applier.servers, rate_per_s * applier.visits
    chunks_per_s = copied * servers / chunk_s
    left_of_chunks = np.maximum(1.0 - copied, LEAST_SHARE)
    wait = wait_at(replace(applier, visits=applier.visits / left_of_chunks), rate_per_s).term
    end = 1.0 / np.maximum(wait.mean, SHORTEST)  # θ, of a wait's tail
    done = 1.0 / applier.work_s
    end = np.where(np.abs(end / done - 1.0) < ALIKE, done * (1.0 - ALIKE), end)
    left, worked = np.exp(-end * limit_s), np.exp(-done * limit_s)
    waited = wait.share / (done - end) * (left - end / done * worked)
    writes = writes_per_s * ((1.0 - wait.share) * worked / done + waited)
    within = np.minimum(chunk_s, limit_s)
    beyond = wait.share * np.exp(-end * (limit_s - within)) * -np.expm1(-end * within) / end
    chunks = chunks_per_s * (chunk_s - within + beyond) * writes_per_s / (writes_per_s + end)
    each = np.minimum((writes + chunks) / servers, 1.0)
    return np.where(applier.there, 1.0 - (1.0 - each) ** servers, 0.0)
