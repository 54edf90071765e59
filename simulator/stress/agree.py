"""Do both engines say the same of a topology? Every start and departure of its windows, side by side."""

from dataclasses import fields

import numpy as np

from simulator.arrays import Array
from simulator.engines.agreement import Agreement, Difference
from simulator.engines.windows import SERVE_WINDOWS
from simulator.serving.served import Applies, Served
from simulator.serving.work import work_of
from simulator.stress.bench import Bench

LOADS = (0.7, 1.1)
"""Of the capacity: where queues are short, and where they only grow."""


def compare_windows(bench: Bench, *, requests: int) -> Agreement:
    """Serve the same requests by both engines at each of ``LOADS``, up to the first difference."""
    rates = np.array(LOADS) * bench.capacity_median_per_s()
    load = bench.load(rates)
    work = work_of(bench.draws(slice(0, bench.setting.lanes), requests, len(rates)), load)
    lanes, events = (SERVE_WINDOWS[engine](work, load) for engine in ("lanes", "events"))
    values = 0
    for name, told, reference in _pairs(lanes, events):
        values += reference.size
        if told.shape != reference.shape:
            return Agreement(
                values=values, difference=_difference(bench, name, None, len(told), len(reference))
            )
        if not np.array_equal(told, reference):
            at = tuple(np.argwhere(told != reference)[0].tolist())
            cell, job = (at[0], at[1]) if told.ndim > 1 else _of_write(events.applies, at[0])
            found = _difference(bench, name, (cell, job), told[at].item(), reference[at].item())
            return Agreement(values=values, difference=found)
    return Agreement(values=values, difference=None)


def _pairs(lanes: Served, events: Served) -> list[tuple[str, Array, Array]]:
    own = [field.name for field in fields(Served) if field.name != "applies"]
    pairs = [(f"requests, {name}", getattr(lanes, name), getattr(events, name)) for name in own]
    ordered = [_in_order(served.applies) for served in (lanes, events)]
    return pairs + [(f"applied writes, {name}", ordered[0][name], ordered[1][name]) for name in ordered[0]]


def _in_order(applies: Applies) -> dict[str, Array]:
    order = np.lexsort((applies.replica, applies.job, applies.cell))
    return {field.name: getattr(applies, field.name)[order] for field in fields(Applies)}


def _of_write(applies: Applies, row: int) -> tuple[int, int]:
    ordered = _in_order(applies)
    return int(ordered["cell"][row]), int(ordered["job"][row])


def _difference(
    bench: Bench, name: str, where: tuple[int, int] | None, lanes: float, events: float
) -> Difference:
    """The place in words; ``where`` is a cell and a request, None for how many there are."""
    cell, job = where or (0, None)
    run, load = divmod(cell, len(LOADS))
    place = f"{LOADS[load]:.0%} of the capacity, {name}".replace("%", " %")
    return Difference(
        run=None if where is None else bench.setting.streams.runs[run],
        week=0,
        place=place,
        job=job,
        lanes=lanes,
        events=events,
    )
