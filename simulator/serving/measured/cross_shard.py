"""Writes to several shards take time, are undone now and then, and cost work.

Axes: c cell, j request, n call.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.serving.calls.rows import ONE_SHARD, UNDONE
from simulator.serving.measured.ranks import p95_ms
from simulator.serving.window.served import Served
from simulator.serving.window.work import CellLoad, RequestWork


@dataclass(frozen=True, kw_only=True)
class CrossShard:
    """The measurements of each cell's writes to several shards, (c,) each; 0 where there was none."""

    p95_ms: Floats
    """They last from the first call, its connection at hand, to the last answer, compensations included."""
    undone_share: Floats
    """Share of those answered that are sagas which failed on the way and were compensated."""
    work_ratio: Floats
    """Work on primaries over that of as many writes to one shard."""


def cross_shard_writes(work: RequestWork, load: CellLoad, served: Served, warmup: int) -> CrossShard | None:
    """Measure the writes to several shards among the requests ``warmup``, …; None where none may be made."""
    calls = work.calls
    if calls.crossing is None or calls.routes is None:
        return None
    crossing = calls.crossing.reshape(work.arrive.shape)
    answered = (crossing != ONE_SHARD) & (served.back > 0)
    answered[:, :warmup] = False
    count = np.maximum(np.count_nonzero(answered, axis=1), 1)
    cell, job = np.nonzero(answered)
    ticks = served.back[cell, job] - served.connected[cell, job]
    undone = np.count_nonzero(answered & (crossing == UNDONE), axis=1)
    made = np.flatnonzero(answered.reshape(-1)[calls.routes.request])
    spent = np.bincount(calls.cell_of(made), calls.ticks[made], minlength=len(count))
    return CrossShard(
        p95_ms=p95_ms(cell, ticks, len(count)),
        undone_share=undone / count,
        work_ratio=spent / (count * load.write_ticks),
    )


def cells_together(parts: Sequence[CrossShard]) -> CrossShard | None:
    """Join the cells of several measurements, one after the other; None of none."""
    if not parts:
        return None
    return CrossShard(
        **{name: np.concatenate([vars(part)[name] for part in parts]) for name in vars(parts[0])}
    )
