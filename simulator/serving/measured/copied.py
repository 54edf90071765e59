"""A copy of data is measured in a window: its time on the nodes, and the part that is held back."""

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.serving.calls.copying import Chunks
from simulator.serving.window.served import CopyTimes, overlap


def copy_ticks(chunks: Chunks, copy: CopyTimes, shape: tuple[int, ...], opens: Ints, closes: Ints) -> Ints:
    """Give the core ticks of a copy within each cell's window, of ``shape`` (c, s)."""
    edges = opens[chunks.cell], closes[chunks.cell]
    applied = copy.applies
    first = np.searchsorted(chunks.cell, applied.cell)
    target = chunks.target[first + applied.call]
    spent = np.zeros(shape[0] * shape[1], dtype=np.int64)
    for cell, shard, ticks in (
        (chunks.cell, chunks.shard, overlap(copy.read_start, copy.read_end, *edges)),
        (chunks.cell, np.maximum(chunks.target, 0), overlap(copy.write_start, copy.write_end, *edges)),
        (
            applied.cell,
            target,
            overlap(applied.start, applied.end, opens[applied.cell], closes[applied.cell]),
        ),
    ):
        spent += np.bincount(cell * shape[1] + shard, ticks, minlength=len(spent)).astype(np.int64)
    return spent.reshape(shape)


def copy_held_share(chunks: Chunks | None, copy: CopyTimes | None, opens: Ints, closes: Ints) -> Floats:
    """Give the share of each window's chunks that were left out, (c,); 0 where there were none."""
    if chunks is None or copy is None:
        return np.zeros(len(opens))
    inside = (chunks.tick >= opens[chunks.cell]) & (chunks.tick < closes[chunks.cell])
    came = np.bincount(chunks.cell[inside], minlength=len(opens))
    held = np.bincount(chunks.cell[inside & copy.held], minlength=len(opens))
    share: Floats = held / np.maximum(came, 1)
    return share
