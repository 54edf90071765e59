"""Requests take one of a few ways through the tiers, each with its share and its work.

A request is answered by the cache, or reads or writes on a shard. What touches several shards counts as one
of these, of longer work. Axes: s shard, l lane.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.draws.shapes import squared_cv
from simulator.queueing.laws.sums import Tail, Term, as_term, tail_of
from simulator.scenario.root import Scenario
from simulator.serving.capacity.holding import read_holding_s, write_holding_s
from simulator.serving.capacity.node_work import read_shares
from simulator.serving.capacity.topology import Topology
from simulator.serving.shards.shares import Shares
from simulator.units import MS_PER_S, TICKS_PER_S


@dataclass(frozen=True, kw_only=True)
class Work:
    """The work on a way, and what is left of the deadline for waits."""

    mean_s: Floats
    """Mean work, (l,)."""
    terms: Sequence[Term]
    left_s: Floats
    """Deadline less the constant part of every response, (l,)."""

    @cached_property
    def tail(self) -> Tail:
        """Give the law of the terms together, (k, l): every shard of a simulated hour asks for it."""
        return tail_of(self.terms)


@dataclass(frozen=True, kw_only=True)
class Paths:
    """Every way through the tiers."""

    hit_share: Floats
    """Share of the requests that are answered by the cache, (l,)."""
    read_share: Floats
    """Share of the requests that read on each shard, (s, l)."""
    on_primary: Floats
    """Share of a shard's reads that its primary serves, (l,)."""
    write_share: Floats
    """Share of the requests that write on each shard, (s, l)."""
    hit: Work
    read: Work
    write: Work
    waits_for_appliers: bool
    """True where a write is acknowledged once every replica has applied it."""
    replicas: Ints
    """Read replicas of each shard, (l,)."""


def paths_of(inputs: Scenario[Floats], topology: Topology, shares: Shares) -> Paths:
    """Give the ways through a topology."""
    written, response = inputs.database.write_share, inputs.response
    reads = (1.0 - written) * (1.0 - topology.hit_share)
    service_s = topology.service_ticks / TICKS_PER_S
    service, constant = as_term(service_s, np.full(len(reads), squared_cv(inputs.service.distribution)))
    left = (response.deadline_ms - response.constant_ms) / MS_PER_S - constant

    def with_database(held_s: Floats) -> Work:
        term, steady = as_term(held_s, np.full(len(reads), squared_cv(inputs.database.distribution)))
        return Work(mean_s=service_s + held_s, terms=(service, term), left_s=left - steady)

    return Paths(
        hit_share=(1.0 - written) * topology.hit_share,
        read_share=reads * shares.read,
        on_primary=read_shares(inputs, topology.read_replicas)[0] + np.zeros(len(reads)),
        write_share=written * shares.write,
        hit=Work(mean_s=service_s, terms=(service,), left_s=left),
        read=with_database(read_holding_s(inputs, topology)),
        write=with_database(write_holding_s(inputs, topology)),
        waits_for_appliers=inputs.database.replication.mode == "synchronous",
        replicas=topology.read_replicas,
    )
