"""A week of one run is laid side by side from both engines: everything that can differ, with its name.

Axes: v window, j job, f field, n row of a table.
"""

from collections.abc import Iterator

import numpy as np

from simulator.arrays import Ints
from simulator.engines.calendar import SimulatedWeek
from simulator.engines.pair import Pair, Place, table
from simulator.people.process import HiringWeek
from simulator.serving.calls.copying import Chunks
from simulator.serving.calls.rows import Calls
from simulator.serving.demand.traffic import WINDOWS
from simulator.serving.window.served import BY_REQUEST, COPY, Applies, CopyTimes, Served
from simulator.serving.window.work import CellLoad, RequestWork

LANE = 0
"""A run of the event engine is a block of one lane."""
CALLS = ("node", "arrive", "start", "end")
APPLY_KEY, APPLY = ("cell", "call", "replica"), ("queued", "apply_start", "apply_end", "start", "end")


def pairs_of_week(
    block: SimulatedWeek, lane: int, alone: SimulatedWeek, stages: tuple[str, ...]
) -> Iterator[Pair]:
    """Yield everything that a week of a run holds, in the order in which it happens.

    Args:
        block: of the lanes engine.
        lane: of the run in the block.
        alone: the run by itself, of the event engine.
        stages: names of the hiring stages.
    """
    yield _in_place(block, lane, alone)
    if block.told.served is not None and alone.told.served is not None and block.work and alone.work:
        yield from _requests(
            block.told.served, block.work.calls, lane, alone.told.served, alone.work, alone.opened.load
        )
        copies = block.told.served.copy, alone.told.served.copy
        if copies != (None, None):
            yield from _copies(copies[0], block.work.chunks, lane, copies[1], alone.work.chunks)
    yield from _hiring(block.told.hiring, lane, alone.told.hiring, stages)
    yield from _mentors(block, lane, alone)
    yield from _columns(block, lane, alone)


def latencies(block: Ints, alone: Ints) -> Pair:
    """Pair a week's histograms, pooled over the runs: rows of group, window, bin, count."""
    return table(
        (block[:, :3], block[:, 3:]),
        (alone[:, :3], alone[:, 3:]),
        lambda key, _: (f"{WINDOWS[key[1]]} window, latencies in bin {key[2]}", None),
    )


def _in_place(block: SimulatedWeek, lane: int, alone: SimulatedWeek) -> Pair:
    return Pair(
        lanes=block.opened.in_place[:, lane],
        events=alone.opened.in_place[:, LANE],
        place=lambda action: (f"action {action} of the plan in place", None),
    )


def _requests(
    block: Served, block_calls: Calls, lane: int, alone: Served, work: RequestWork, load: CellLoad
) -> Iterator[Pair]:
    windows = len(WINDOWS)
    cells = slice(lane * windows, (lane + 1) * windows)

    def service(v: int, j: int, f: int) -> Place:
        replica = j % int(load.replicas[v])
        return f"{WINDOWS[v]} window, service replica {replica}, {BY_REQUEST[f]}", j

    yield Pair(
        lanes=np.stack([getattr(block, name)[cells] for name in BY_REQUEST], axis=-1, dtype=np.int64),
        events=np.stack([getattr(alone, name) for name in BY_REQUEST], axis=-1, dtype=np.int64),
        place=service,
    )
    calls = work.calls

    def call(n: int, f: int) -> Place:
        v, request = int(calls.cell[n]), n if calls.routes is None else int(calls.routes.request[n])
        node = "" if f == 0 else f", {_node(int(alone.calls.node[n]))}"
        return f"{WINDOWS[v]} window, shard {calls.shard[n]}{node}, {CALLS[f]}", request % calls.requests

    own = slice(*block_calls.row(np.array([cells.start, cells.stop]), np.zeros(2, dtype=np.int64)).tolist())
    yield Pair(
        lanes=np.stack([getattr(block.calls, name)[own] for name in CALLS], axis=-1, dtype=np.int64),
        events=np.stack([getattr(alone.calls, name) for name in CALLS], axis=-1, dtype=np.int64),
        place=call,
    )

    def apply(key: Ints, f: int) -> Place:
        v, n, replica = key.tolist()
        shard = calls.shard[calls.row(np.array([v]), np.array([n]))][0]
        return f"{WINDOWS[v]} window, shard {shard}, {_node(replica)}, write {APPLY[f]}", n

    yield table(_applies(block.applies, cells), _applies(alone.applies, slice(0, windows)), apply)


def _copies(
    block: CopyTimes | None, chunks: Chunks | None, lane: int, alone: CopyTimes | None, own: Chunks | None
) -> Iterator[Pair]:
    """Pair the chunks of a copy and the writes applied of them, each a row by cell, tick and source."""
    windows = len(WINDOWS)
    cells = slice(lane * windows, (lane + 1) * windows)

    def chunk(key: Ints, f: int) -> Place:
        v, tick, shard = key.tolist()
        return f"{WINDOWS[v]} window, shard {shard}, chunk of tick {tick}, {COPY[f]}", None

    def apply(key: Ints, f: int) -> Place:
        v, n, replica = key.tolist()
        return f"{WINDOWS[v]} window, {_node(replica)}, chunk {n} {APPLY[f]}", None

    yield table(_chunks(block, chunks, cells), _chunks(alone, own, slice(0, windows)), chunk)
    none = np.empty((0, len(APPLY_KEY)), dtype=np.int64), np.empty((0, len(APPLY)), dtype=np.int64)
    yield table(
        none if block is None else _applies(block.applies, cells),
        none if alone is None else _applies(alone.applies, slice(0, windows)),
        apply,
    )


def _chunks(copy: CopyTimes | None, chunks: Chunks | None, cells: slice) -> tuple[Ints, Ints]:
    if copy is None or chunks is None:
        return np.empty((0, 3), dtype=np.int64), np.empty((0, len(COPY)), dtype=np.int64)
    here = (chunks.cell >= cells.start) & (chunks.cell < cells.stop)
    keys = np.stack([chunks.cell[here] - cells.start, chunks.tick[here], chunks.shard[here]], axis=1)
    return keys, np.stack([getattr(copy, name)[here] for name in COPY], axis=1, dtype=np.int64)


def _node(node: int) -> str:
    return "primary" if node <= 0 else f"read replica {node}"


def _applies(applies: Applies, cells: slice) -> tuple[Ints, Ints]:
    """Give keys and values of the writes applied in some cells, numbered from the first of these."""
    here = (applies.cell >= cells.start) & (applies.cell < cells.stop)
    keys, values = (
        np.stack([getattr(applies, name)[here] for name in names], axis=1) for names in (APPLY_KEY, APPLY)
    )
    keys[:, 0] -= cells.start
    order = np.lexsort(keys.T[::-1])
    return keys[order], values[order]


def _hiring(block: HiringWeek, lane: int, alone: HiringWeek, stages: tuple[str, ...]) -> Iterator[Pair]:
    def interviews(table: Ints, of_lane: int) -> tuple[Ints, Ints]:
        rows = table[table[:, 0] == of_lane]
        return rows[:, 1:3], rows[:, 3:]

    def interview(key: Ints, f: int) -> Place:
        return f"hiring stage {stages[key[0]]!r}, interview {('start', 'end')[f]}", int(key[1])

    yield table(interviews(block.interviews, lane), interviews(alone.interviews, LANE), interview)
    for name in ("finalists", "withdrawals"):
        yield Pair(
            lanes=getattr(block, name)[lane : lane + 1],
            events=getattr(alone, name),
            place=lambda _, name=name: (f"hiring, {name}", None),
        )


def _mentors(block: SimulatedWeek, lane: int, alone: SimulatedWeek) -> Iterator[Pair]:
    """Pair the mentors of all who ever joined, as a block's table may have more free slots than a run's."""
    counts = block.opened.state.staff.count[lane : lane + 1], alone.opened.state.staff.count
    yield Pair(lanes=counts[0], events=counts[1], place=lambda _: ("people who ever joined", None))
    people = min(int(count[0]) for count in counts)
    yield Pair(
        lanes=block.told.ramp_week[:people, lane],
        events=alone.told.ramp_week[:people, LANE],
        place=lambda person: ("mentors, week in which the ramp begins", person),
    )


def _columns(block: SimulatedWeek, lane: int, alone: SimulatedWeek) -> Iterator[Pair]:
    assert block.columns.keys() == alone.columns.keys()
    for name, values in block.columns.items():
        yield Pair(
            lanes=values[lane : lane + 1],
            events=alone.columns[name],
            place=lambda _, name=name: (f"column {name}", None),
        )
