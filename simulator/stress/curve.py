"""The curve of latency against load: results at each rate, with their intervals."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.engines.windows import ServeWindows
from simulator.serving.window.work import work_of
from simulator.stress.at_rate import AtRate, pooled
from simulator.stress.bench import Bench
from simulator.stress.measure import Measured, joined, measure, rows_of
from simulator.stress.window_size import WindowSize, window_sizes
from simulator.units import TICKS_PER_MS, whole_ticks

REQUESTS_AT_ONCE = 1 << 21
"""Over all cells that are served together: their arrays take some 400 MB."""


def curve(
    bench: Bench,
    serve: ServeWindows,
    rates: Sequence[float],
    *,
    requests: int | None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> list[AtRate]:
    """Load a topology at several rates, every run with the same draws at each of them.

    Args:
        bench: the topology and its runs.
        serve: of an engine.
        rates: requests a second, each above 0.
        requests: measured in a run; None takes as many as ``window_sizes`` says.
        progress: called with how many rates are done, and how many there are.
    """
    asked = np.array(rates, dtype=np.float64)
    sizes = window_sizes(bench, asked, requests)
    in_order = sorted(range(len(rates)), key=lambda index: sizes[index])
    found: dict[int, AtRate] = {}
    for size, same in groupby(in_order, key=lambda index: sizes[index]):
        for some in _at_once(list(same), bench.setting.lanes * (size.warmup + size.measured)):
            chosen = asked[some]
            measured = _measured(bench, serve, chosen, size)
            for place, index in enumerate(some):
                alone = rows_of(measured, slice(place, None, len(some)))
                offered = bench.offered(chosen[[place]])[0]
                found[index] = pooled(bench, float(asked[index]), offered, alone, sizes[index])
            progress(len(found), len(rates))
    return [found[index] for index in range(len(rates))]


def _at_once(indices: list[int], requests: int) -> Iterator[list[int]]:
    several = max(REQUESTS_AT_ONCE // requests, 1)
    for first in range(0, len(indices), several):
        yield indices[first : first + several]


def _measured(bench: Bench, serve: ServeWindows, rates: Floats, size: WindowSize) -> Measured:
    """Measure the cells of all lanes at all rates, as many lanes at a time as memory allows."""
    lanes, requests = bench.setting.lanes, size.warmup + size.measured
    load, response = bench.load(rates), bench.setting.inputs.response
    several = max(REQUESTS_AT_ONCE // (requests * len(rates)), 1)
    parts = []
    for first in range(0, lanes, several):
        some = slice(first, min(first + several, lanes))
        here = load.of(slice(some.start * len(rates), some.stop * len(rates)))
        work = work_of(bench.draws(some, requests, len(rates)), here)
        parts.append(
            measure(
                work,
                here,
                serve(work, here),
                warmup=size.warmup,
                fixed_ticks=_ticks(response.constant_ms[some], len(rates)),
                deadline_ticks=_ticks(response.deadline_ms[some], len(rates)),
                tiers=bench.test.tiers,
            )
        )
    return joined(parts)


def _ticks(duration_ms: Floats, rates: int) -> Ints:
    return np.repeat(whole_ticks(duration_ms * TICKS_PER_MS), rates)
