"""Both engines serve the same windows of a topology, and every start and departure must be equal."""

from dataclasses import fields
from typing import Any

import numpy as np

from simulator.arrays import Array
from simulator.engines.agreement import Agreement, Difference
from simulator.engines.windows import SERVE_WINDOWS
from simulator.serving.calls.rows import Calls
from simulator.serving.window.served import BY_REQUEST, Applies, Served
from simulator.serving.window.work import work_of
from simulator.stress.bench import Bench

CALLS = "calls of the database"
LOADS = (0.7, 1.1)
"""Both engines are compared at these shares of the capacity: with short queues and with growing ones."""


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
            found = _difference(bench, name, _request(work.calls, name, events, at), told[at], reference[at])
            return Agreement(values=values, difference=found)
    return Agreement(values=values, difference=None)


def _pairs(lanes: Served, events: Served) -> list[tuple[str, Array, Array]]:
    pairs = [(f"requests, {name}", getattr(lanes, name), getattr(events, name)) for name in BY_REQUEST]
    pairs += _by_name(CALLS, vars(lanes.calls), vars(events.calls))
    return pairs + _by_name("applied writes", _in_order(lanes.applies), _in_order(events.applies))


def _by_name(what: str, lanes: dict[str, Array], events: dict[str, Array]) -> list[tuple[str, Array, Array]]:
    return [(f"{what}, {name}", lanes[name], events[name]) for name in lanes]


def _in_order(applies: Applies) -> dict[str, Array]:
    order = np.lexsort((applies.replica, applies.call, applies.cell))
    return {field.name: getattr(applies, field.name)[order] for field in fields(Applies)}


def _request(calls: Calls, name: str, events: Served, at: tuple[int, ...]) -> tuple[int, int]:
    """Give the cell and request of a value: of a request itself, of a call, or of a call that a write was."""
    if len(at) > 1:
        return at[0], at[1]
    row = np.array(at)
    if not name.startswith(CALLS):
        applies = _in_order(events.applies)
        row = calls.row(applies["cell"][row], applies["call"][row])
    request = row if calls.routes is None else calls.routes.request[row]
    return divmod(int(request[0]), calls.requests)


def _difference(
    bench: Bench, name: str, where: tuple[int, int] | None, lanes: Any, events: Any
) -> Difference:
    """Give the place in words; ``where`` is a cell and a request, None for how many there are."""
    cell, job = where or (0, None)
    run, load = divmod(cell, len(LOADS))
    place = f"{LOADS[load]:.0%} of the capacity, {name}".replace("%", " %")
    return Difference(
        run=None if where is None else bench.setting.streams.runs[run],
        week=0,
        place=place,
        job=job,
        lanes=float(lanes),
        events=float(events),
    )
