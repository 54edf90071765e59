"""The window of a load test at each rate: some requests pass before measuring, and some are measured."""

import math
from dataclasses import dataclass, field

from simulator.arrays import Floats
from simulator.sizing.window_size import LEAST
from simulator.stress.bench import Bench
from simulator.stress.settling import Needed, needed
from simulator.units import TICKS_PER_S


@dataclass(frozen=True, kw_only=True, order=True)
class WindowSize:
    """The window of a run at some rate."""

    warmup: int
    measured: int
    shortfall: str | None = field(default=None, compare=False)
    """Reason why the window is too short for a stationary value; None where it is not."""


def window_sizes(bench: Bench, rates: Floats, requests: int | None) -> list[WindowSize]:
    """Give the requests of a run at each rate: those measured, and those let by before.

    The rule where ``requests`` is None: what a stationary value asks for, between ``LEAST`` and the file's
    limit; of arrivals that are replayed whole periods, or as much of one as the limit allows. What it asks to
    let by passes before, up to that limit, and the file's share of the window at least. Sizes are round, so
    that rates share them.
    """
    windows = bench.test.scenario.windows
    sizes = []
    for rate, replicas in zip(rates.tolist(), bench.replicas(rates), strict=True):
        asks = needed(bench, rate, replicas)
        measured = requests or windows.requests or _by_rule(bench, rate, asks.measured)
        share = windows.warmup_share / (1 - windows.warmup_share)
        warmup = max(math.ceil(share * measured), _rounded(asks.warmup, windows.requests_limit))
        shortfall = _shortfall(bench, asks, warmup, measured, requests)
        sizes.append(WindowSize(warmup=warmup, measured=measured, shortfall=shortfall))
    return sizes


def _rounded(requests: float, limit: int) -> int:
    """Round up to the next of four sizes an octave, or to the limit.

    >>> [_rounded(requests, 1000) for requests in (8.2, 100.0, 112.5, 2000.0)]
    [10, 112, 128, 1000]
    """
    if requests >= limit:
        return limit
    step = 1 << max(math.ceil(requests).bit_length() - 3, 0)
    return min(math.ceil(requests / step) * step, limit)


def _by_rule(bench: Bench, rate: float, asked: float) -> int:
    """Take as many requests as are asked for; of a replay whole periods, as many as there is room for."""
    limit = bench.test.scenario.windows.requests_limit
    if bench.replay is None:
        return max(_rounded(asked, limit), LEAST)
    period = rate * bench.replay.period_ticks / TICKS_PER_S
    periods = min(math.ceil(max(asked, LEAST) / period - 1e-9), limit // period)
    return min(math.ceil(max(periods, 1) * period - 1e-6), limit)


def _shortfall(bench: Bench, asks: Needed, warmup: int, measured: int, requests: int | None) -> str | None:
    """Say how many requests a stationary value needs, and which limit does not allow them."""
    windows = bench.test.scenario.windows
    binding = []
    if measured < asks.measured:
        given = ("requests", requests) if requests else ("windows.requests", windows.requests)
        binding.append(given if given[1] else ("windows.requests_limit", windows.requests_limit))
    if warmup < asks.warmup:
        binding.append(("windows.requests_limit", windows.requests_limit))
    if not binding:
        return None
    allowed = " and ".join(f"{name} is {value:,}" for name, value in dict(binding).items())
    wanted = f"{math.ceil(asks.warmup):,} requests of warm-up and {math.ceil(asks.measured):,} measured"
    return f"{asks.reason} are {wanted}, and {allowed}"
