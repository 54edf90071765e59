"""A week of one run as both engines tell it: everything that can differ, side by side, with its name.

Axes: v window, j job, f field, n row of a table.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Array, Ints
from simulator.engines.calendar import SimulatedWeek
from simulator.people.process import HiringWeek
from simulator.serving.calls import Calls
from simulator.serving.served import Applies, Served
from simulator.serving.traffic import WINDOWS
from simulator.serving.work import CellLoad, RequestWork

LANE = 0
"""A run of the event engine is a block of one lane."""
ABSENT, REPEATED = -1, -2
"""Stand for a row that only the other engine has, or that is there twice; what is told is never negative."""
SERVICE = ("outcome", "service_start", "service_end", "connected", "back")
CALLS = ("node", "arrive", "start", "end")
APPLY_KEY, APPLY = ("cell", "call", "replica"), ("queued", "apply_start", "apply_end", "start", "end")

Place = tuple[str, int | None]
"""Station or column, and the job where there is one."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The same values as told by either engine."""

    lanes: Array
    events: Array
    place: Callable[..., Place]
    """Says what stands at an index, one argument an axis."""

    def first_difference(self) -> tuple[int, ...] | None:
        """Index of the first value that is not the same to the last bit."""
        lanes, events = _bits(self.lanes), _bits(self.events)
        if np.array_equal(lanes, events):
            return None
        return tuple(int(at) for at in np.argwhere(lanes != events)[0])


def pairs_of_week(
    block: SimulatedWeek, lane: int, alone: SimulatedWeek, stages: tuple[str, ...]
) -> Iterator[Pair]:
    """Everything that a week of a run comes to, in the order in which it happens.

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
    yield from _hiring(block.told.hiring, lane, alone.told.hiring, stages)
    yield from _mentors(block, lane, alone)
    yield from _columns(block, lane, alone)


def latencies(block: Ints, alone: Ints) -> Pair:
    """A week's histograms, pooled over the runs: rows of group, window, bin, count."""
    return _table(
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
        return f"{WINDOWS[v]} window, service replica {replica}, {SERVICE[f]}", j

    yield Pair(
        lanes=np.stack([getattr(block, name)[cells] for name in SERVICE], axis=-1, dtype=np.int64),
        events=np.stack([getattr(alone, name) for name in SERVICE], axis=-1, dtype=np.int64),
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

    yield _table(_applies(block.applies, cells), _applies(alone.applies, slice(0, windows)), apply)


def _node(node: int) -> str:
    return "primary" if node <= 0 else f"read replica {node}"


def _applies(applies: Applies, cells: slice) -> tuple[Ints, Ints]:
    """Keys and values of the writes applied in some cells, numbered from the first of these."""
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

    yield _table(interviews(block.interviews, lane), interviews(alone.interviews, LANE), interview)
    for name in ("finalists", "withdrawals"):
        yield Pair(
            lanes=getattr(block, name)[lane : lane + 1],
            events=getattr(alone, name),
            place=lambda _, name=name: (f"hiring, {name}", None),
        )


def _mentors(block: SimulatedWeek, lane: int, alone: SimulatedWeek) -> Iterator[Pair]:
    """Of everybody who ever joined: a block's table of people may have more free slots than a run's."""
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


def _table(lanes: tuple[Ints, Ints], events: tuple[Ints, Ints], place: Callable[[Ints, int], Place]) -> Pair:
    """Rows with the same keys side by side, ``ABSENT`` where one engine has none."""
    keys, values = events[0], (lanes[1], events[1])
    if not np.array_equal(lanes[0], keys):
        keys = np.unique(np.concatenate([lanes[0], events[0]]), axis=0)
        values = _laid_out(keys, *lanes), _laid_out(keys, *events)
    return Pair(lanes=values[0], events=values[1], place=lambda n, f: place(keys[n], f))


def _laid_out(keys: Ints, own: Ints, values: Ints) -> Ints:
    row_of = {tuple(key): row for row, key in enumerate(keys.tolist())}
    rows = np.array([row_of[tuple(key)] for key in own.tolist()], dtype=np.int64)
    laid_out = np.full((len(keys), values.shape[1]), ABSENT, dtype=np.int64)
    laid_out[rows] = values
    laid_out[np.bincount(rows, minlength=len(keys)) > 1] = REPEATED
    return laid_out


def _bits(values: Array) -> Array:
    """Floats as the integers of their bits: a difference in the last one, or in the sign of 0, is one."""
    return np.ascontiguousarray(values).view(np.int64) if values.dtype == np.float64 else values
