"""How many requests to let by before measuring, and how many to measure, at each rate."""

import math
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.draws.shapes import squared_cv
from simulator.serving.offered import Offered
from simulator.serving.window_memory import RELAXATIONS_MEASURED, database_work_ticks, relaxation_ticks
from simulator.sizing.window_size import LEAST
from simulator.stress.bench import FULL, Bench
from simulator.units import TICKS_PER_MS, TICKS_PER_S

RELAXATIONS_WARMUP = 5
HIGHEST_LOAD = 0.98
"""Beyond it the relaxation time grows past any window that can be afforded."""
LOAD_BESIDE_FULL = 0.85
"""The same where some run is saturated, so that no mean is given."""


@dataclass(frozen=True, kw_only=True, order=True)
class WindowSize:
    """Of a run at some rate."""

    warmup: int
    measured: int


def window_sizes(bench: Bench, rates: Floats, requests: int | None) -> list[WindowSize]:
    """Requests of a run at each rate: those measured, as asked for, and those let by before, on top.

    The rule where ``requests`` is None: twenty relaxation times of the slowest station, between ``LEAST`` and
    the file's limit; of arrivals that are replayed whole periods. Five relaxation times pass before, up to
    that limit, and the file's share of the window at least. Sizes are round, so that rates share them.
    """
    windows = bench.test.scenario.windows
    sizes = []
    for rate, offered in zip(rates.tolist(), bench.offered(rates), strict=True):
        memory = _memory_requests(bench, rate, offered)
        measured = requests or windows.requests or _rounded(RELAXATIONS_MEASURED * memory)
        if requests is None and windows.requests is None:
            measured = _whole_periods(bench, rate, min(max(measured, LEAST), windows.requests_limit))
        share = windows.warmup_share / (1 - windows.warmup_share)
        settle = min(_rounded(RELAXATIONS_WARMUP * memory), windows.requests_limit)
        sizes.append(WindowSize(warmup=max(math.ceil(share * measured), settle), measured=measured))
    return sizes


def _rounded(requests: float) -> int:
    """Up to the next of four sizes an octave.

    >>> [_rounded(requests) for requests in (8.2, 100.0, 112.5)]
    [10, 112, 128]
    """
    step = 1 << max(math.ceil(requests).bit_length() - 3, 0)
    return math.ceil(requests / step) * step


def _whole_periods(bench: Bench, rate: float, measured: int) -> int:
    """So many requests, or a few more, as come in whole periods of a replay, where the limit allows it."""
    if bench.replay is None:
        return measured
    period = rate * bench.replay.period_ticks / TICKS_PER_S
    whole = math.ceil(math.ceil(measured / period) * period)
    return whole if whole <= bench.test.scenario.windows.requests_limit else measured


def _memory_requests(bench: Bench, rate: float, offered: Offered) -> float:
    """Requests that come in the longest relaxation time of a station of any lane.

    A saturated tier without limits never settles: there its servers have only to be busy.
    """
    setting, test = bench.setting, bench.test
    service, database = setting.inputs.service, setting.inputs.database
    today, gaps = setting.today, squared_cv(bench.gap_shape)
    endless = [getattr(offered, tier) for tier in test.can_run_out if not test.refuses(tier)]
    highest = LOAD_BESIDE_FULL if any((load >= FULL).any() for load in endless) else HIGHEST_LOAD
    patient = service.patience_ms * TICKS_PER_MS / today.service_ticks * service.workers
    places = service.workers + np.minimum(patient, service.queue_room)
    limited = test.service_is_limited
    longest = relaxation_ticks(
        today.service_ticks,
        offered.service if limited else np.minimum(offered.service, highest),
        servers=service.workers,
        places=places if limited else np.inf,
        burstiness=(gaps + squared_cv(service.distribution)) / 2,
    )
    if not limited:
        longest = np.where(offered.service < FULL, longest, today.service_ticks)
    if test.has_database:
        node, work = offered.shard.max(axis=0), database_work_ticks(today)
        call = relaxation_ticks(
            work,
            np.minimum(node, highest),
            servers=today.cores,
            burstiness=(gaps + squared_cv(database.distribution)) / 2,
        )
        longest = np.maximum(longest, np.where(node < FULL, call, work))
    return float(longest.max()) * rate / TICKS_PER_S
