"""A copy of data beside live traffic: chunks that a source reads and a target writes, on a grid of ticks.

Axes: c cell, s source, t target, m chunk.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.serving.calls.rows import places
from simulator.units import TICKS_PER_WEEK, OutOfRangeError

NOWHERE = -1
"""Number for a target that does not serve yet."""
NO_LIMIT = -1
GOLDEN = (5**0.5 - 1) / 2
"""Its multiples, less what is whole, fall evenly into any shares (Weyl, 1916)."""

MOST_CHUNKS = 1 << 24
"""Limit of the chunks of windows that are served together, whose arrays take some gigabytes."""


@dataclass(frozen=True, kw_only=True)
class Copying:
    """The rules by which the cells of a week copy data; every array ends in c."""

    interval: Ints
    """Ticks from one chunk of a source to its next, (c,); 0 where nothing is copied."""
    read: Ints
    """Ticks of a chunk on the primary of the source, (c,)."""
    write: Ints
    """Ticks of a chunk on the primary of the target, to write it or to verify it, (c,)."""
    apply: Ints
    """Ticks of a chunk on each replica of the target, (c,); 0 where nothing is written."""
    limit: Ints
    """Replication lag above which a chunk is left out, in ticks; ``NO_LIMIT``."""
    sends: Bools
    """True means that a shard is a source, (s, c)."""
    target_bounds: Floats
    """Cumulative shares of what a source sends to the shards that serve already, (s, t, c)."""

    def of(self, cells: slice) -> "Copying":
        """Give the copies of some of the cells."""
        taken: dict[str, Any] = {name: values[..., cells] for name, values in vars(self).items()}
        return replace(self, **taken)


@dataclass(frozen=True, kw_only=True)
class Chunks:
    """These chunks are to be copied within some windows, in the order of cell, tick and source, (m,)."""

    cell: Ints
    shard: Ints
    target: Ints
    """Shard that serves already, or ``NOWHERE``."""
    tick: Ints
    read: Ints
    write: Ints
    apply: Ints
    limit: Ints

    def of(self, cells: slice) -> "Chunks":
        """Give the chunks of some of the cells, renumbered from the first of these."""
        rows = slice(*np.searchsorted(self.cell, [cells.start, cells.stop]).tolist())
        some = {name: values[rows] for name, values in vars(self).items()}
        return Chunks(**some | {"cell": some["cell"] - cells.start})

    def number(self, rows: Ints) -> Ints:
        """Give the number of some chunks within their cell."""
        number: Ints = rows - np.searchsorted(self.cell, self.cell[rows])
        return number


def chunks_of(copying: Copying, last_arrival: Ints) -> Chunks:
    """Give the chunks of some windows, up to their last request.

    Sources begin one after the other within the first interval, as copies do that know nothing of each other.

    Args:
        copying: of the cells.
        last_arrival: of each cell, (c,).
    """
    source, cell = np.nonzero(copying.sends & (copying.interval > 0))
    interval = copying.interval[cell]
    turn_of_source = np.cumsum(copying.sends, axis=0)[source, cell] - 1
    begin = interval * turn_of_source // copying.sends.sum(axis=0)[cell]
    last = np.minimum(last_arrival[cell], TICKS_PER_WEEK - 1)
    count = np.maximum((last - begin) // interval + 1, 0)
    if count.sum() > MOST_CHUNKS:
        raise OutOfRangeError(
            f"the chunks of a copy must be at most {MOST_CHUNKS:,} in the windows of a block, got "
            f"{count.sum():,}: a larger database.resharding.chunk_mb makes fewer"
        )
    of, turn = places(count)
    tick = begin[of] + turn * interval[of]
    order = np.lexsort((source[of], tick, cell[of]))
    of, turn, tick = of[order], turn[order], tick[order]
    cell, source = cell[of], source[of]
    return Chunks(
        cell=cell,
        shard=source,
        target=_targets(copying, source, cell, turn),
        tick=tick,
        read=copying.read[cell],
        write=copying.write[cell],
        apply=copying.apply[cell],
        limit=copying.limit[cell],
    )


def _targets(copying: Copying, source: Ints, cell: Ints, turn: Ints) -> Ints:
    """Give each chunk its target, so that the targets of a source have their shares of its chunks."""
    uniform = (turn + 1) * GOLDEN % 1.0
    target = np.zeros_like(source)
    for bound in np.moveaxis(copying.target_bounds, 1, 0):
        target += uniform >= bound[source, cell]
    return np.where(target < copying.target_bounds.shape[1], target, NOWHERE)
