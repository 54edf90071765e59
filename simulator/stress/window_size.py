"""How many requests to let by before measuring, and how many to measure, at each rate."""

import math
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.draws.shapes import squared_cv
from simulator.serving.offered import Offered
from simulator.stress.bench import FULL, Bench
from simulator.units import TICKS_PER_MS, TICKS_PER_S

RELAXATIONS_WARMUP, RELAXATIONS_MEASURED = 5, 20
LEAST = 4_096
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

    max(1/mu, 1 / (c mu (1 + rho - 2 sqrt(rho) cos(pi / (K + 1))))) of a station with K places (Morse, 1955;
    with no end of them 1 / (c mu (1 - sqrt(rho))^2), Gamarnik and Goldberg, 2013), times the mean of both
    squared coefficients of variation, as in heavy traffic (Kingman, 1962). A saturated tier without limits
    never settles: there its servers have only to be busy.
    """
    setting, test = bench.setting, bench.test
    service, database = setting.inputs.service, setting.inputs.database
    today, gaps = setting.today, squared_cv(bench.gap_shape)
    endless = [getattr(offered, tier) for tier in test.can_run_out if not test.refuses(tier)]
    highest = LOAD_BESIDE_FULL if any((load >= FULL).any() for load in endless) else HIGHEST_LOAD
    patient = service.patience_ms * TICKS_PER_MS / today.service_ticks * service.workers
    places = service.workers + np.minimum(patient, service.queue_room)
    longest = _memory_ticks(
        today.service_ticks,
        offered.service,
        servers=np.full_like(today.cores, service.workers),
        places=places if test.service_is_limited else np.full_like(places, np.inf),
        burstiness=(gaps + squared_cv(service.distribution)) / 2,
        highest=highest,
    )
    if test.has_database:
        call = _memory_ticks(
            np.maximum(today.read_ticks, today.write_ticks),
            np.maximum(offered.primary, offered.replica),
            servers=today.cores,
            places=np.full_like(places, np.inf),
            burstiness=(gaps + squared_cv(database.distribution)) / 2,
            highest=highest,
        )
        longest = np.maximum(longest, call)
    return float(longest.max()) * rate / TICKS_PER_S


def _memory_ticks(
    work_ticks: Floats, load: Floats, *, servers: Ints, places: Floats, burstiness: float, highest: float
) -> Floats:
    settles = (load < FULL) | np.isfinite(places)
    load = np.minimum(load, np.where(np.isfinite(places), load, highest))
    gap = 1 + load - 2 * np.sqrt(load) * np.cos(np.pi / (places + 1))
    forgets = work_ticks / (servers * gap) * max(burstiness, 1.0)
    memory: Floats = np.maximum(work_ticks, np.where(settles, forgets, 0.0))
    return memory
