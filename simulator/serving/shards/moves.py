"""Data go from shard to shard when they are laid out anew.

A shard is what holds the data: as many of them as possible stay where they are; after them come
shards that did not exist before.

Axes: s source, t target, l lane.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from simulator.arrays import Bools, Floats, Ints, ratio
from simulator.draws.streams import Streams
from simulator.scenario.root import Scenario
from simulator.serving.shards.placement import Placement, keys_by_shard
from simulator.serving.shards.shares import Shares
from simulator.serving.shards.skew import Layout, draw_placement


@dataclass(frozen=True, kw_only=True)
class Move:
    """The data that go from one layout to another, as shares; sources are the shards that serve already."""

    share: Floats
    """Share of all data that moves, (l,)."""
    sends: Bools
    """True for a source that has data to give, (s, l)."""
    bounds: Floats
    """Cumulative shares of what a source sends to shards that serve already, (s, s, l)."""
    inflow: Floats
    """Data that each target receives, in units of what one source sends, (t, l)."""
    out_share: Floats
    """Share of all data that the source with the most to give sends, (l,)."""
    in_share: Floats
    """Largest share of all data that a shard which serves already receives, (l,)."""


Moves = dict[tuple[Layout, Layout], Move]
"""Moves by the layout before and the layout after."""


def moves_between(inputs: Scenario[Floats], shares: dict[Layout, Shares], streams: Streams) -> Moves:
    """Give the moves between any two of the layouts that a run may come to."""
    most = max(count for _, count in shares)
    by_hash = draw_placement(inputs, streams, shards_max=most)
    return {
        (before, after): _move(
            [_moved(before, after, by_hash, shares, lane) for lane in range(streams.lanes)], before[1]
        )
        for before in shares
        for after in shares
        if before != after
    }


def _move(moved: list[Floats], sources: int) -> Move:
    """Summarise the shares that go from each source to each target, (s, t) a lane."""
    given = [of.sum(axis=1) for of in moved]
    of_source = [ratio(of, out[:, np.newaxis]) for of, out in zip(moved, given, strict=True)]
    return Move(
        share=np.array([out.sum() for out in given]),
        sends=np.stack([out > 0 for out in given], axis=-1),
        bounds=np.stack([np.cumsum(of[:, :sources], axis=1) for of in of_source], axis=-1),
        inflow=np.stack([of.sum(axis=0) for of in of_source], axis=-1),
        out_share=np.array([out.max() for out in given]),
        in_share=np.array([of.sum(axis=0)[:sources].max() for of in moved]),
    )


def _moved(
    before: Layout, after: Layout, by_hash: Placement, shares: dict[Layout, Shares], lane: int
) -> Floats:
    """Give the share of all data that goes from s to t, (s, t), t from the number of sources on being new.

    - of users, by hash or range, what changes its piece of the hashes;
    - of regions or domains, which are whole, the least that leads from the old shares to the new;
    - by date nothing: what is old stays, what is new goes to the new shard;
    - by another key all but what meets its shard by chance.
    """
    (key, sources), (new_key, targets) = before, after
    if key != new_key:
        return _staying(np.outer(shares[before].read[:, lane], shares[after].read[:, lane]))
    if key == "date":
        return np.zeros((sources, max(sources, targets)))
    if key in ("user_hash", "user_range"):
        rule = by_hash if key == "user_hash" else Placement(rule="hash_range")
        return _staying(keys_by_shard(rule, lane, before=sources, after=targets))
    return _least(shares[before].read[:, lane], shares[after].read[:, lane])


def _staying(data: Floats) -> Floats:
    """Give the data that move, (s, t), with the new shards put where most of the data, (s, n), stays.

    >>> _staying(np.array([[0.25, 0.25, 0.0], [0.0, 0.0, 0.5]]))
    array([[0.  , 0.  , 0.25],
           [0.  , 0.  , 0.  ]])
    """
    old, new = linear_sum_assignment(data, maximize=True)
    sources, targets = data.shape
    place: Ints = np.full(targets, -1, dtype=np.int64)
    place[new] = old
    place[place < 0] = np.arange(sources, sources + targets - len(new))
    moved = np.zeros((sources, max(sources, targets)))
    moved[:, place] = data
    moved[np.arange(sources), np.arange(sources)] = 0.0
    return moved


def _least(before: Floats, after: Floats) -> Floats:
    """Give the least data that lead from some shares to others, the largest staying with the largest, (s, t).

    >>> _least(np.array([0.5, 0.5]), np.array([0.25, 0.5, 0.25]))
    array([[0.  , 0.  , 0.  ],
           [0.  , 0.  , 0.25]])
    """
    count = max(len(before), len(after))
    had, has = np.zeros(count), np.zeros(count)
    had[: len(before)] = before
    order = np.argsort(-had, kind="stable")
    has[order[: len(after)]] = -np.sort(-after)
    less, more = np.maximum(had - has, 0.0), np.maximum(has - had, 0.0)
    total = more.sum()
    moved: Floats = np.outer(less, more / total if total > 0 else more)
    return moved[: len(before)]
