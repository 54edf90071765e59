"""The demand of a scenario that grows as a mixture of models says.

A scenario grows by g (1 - N / ceiling) a month, with noise σ of each month and τ of the run's mean, so that
ln N strays by τ²n² + σ²n after n months. Median and spread are those of the mixture at 12 and 24 months.
"""

import math
from collections.abc import Sequence
from datetime import date

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtri

from simulator.arrays import Floats
from simulator.fit.fragment import Entry
from simulator.fit.growth.mixed import Mixed
from simulator.fit.record import LEVEL

YEARS = np.array([12.0, 24.0])
_TAIL = (1 - LEVEL) / 2
_LEAST_GROWTH, _MOST_GROWTH = -0.9, 10.0


def entries_of(mixed: Mixed, *, source: str, day: date, observed: float) -> tuple[Entry, ...]:
    """Give the keys of ``demand``; ``observed`` is the growth a month of the last quarter."""
    start = mixed.models[0].start
    low, median, high = (mixed.quantile(YEARS, share) for share in (_TAIL, 0.5, 1 - _TAIL))
    growth, ceiling = growth_and_ceiling(start, median)
    month = math.sqrt(sum(mixed.weights * [grown.sd_month**2 for grown in mixed.models]))
    run = spread_of_mean((high - low) / (2 * ndtri(1 - _TAIL)), month)
    ends = [float(np.expm1((end[0] - start) / 12)) for end in (low, high)]

    def entry(key: str, value: float, why: str, ends: Sequence[float] = ()) -> Entry:
        low, high = ends or (None, None)
        return Entry(
            key=f"demand.{key}", value=value, low=low, high=high, why=why, source=source, date=day.isoformat()
        )

    entries = [
        entry("users", round(math.exp(start)), "the last count"),
        entry(
            "growth_share_month", growth, "the median after one and two years; interval of the first", ends
        ),
        entry("growth_share_month_sd", min(month, 1.0), "noise of a month"),
        entry("growth_share_month_sd_run", run, "what the data and the choice of models leave open"),
        entry("observed_growth_share_month", observed, "of the last three months"),
    ]
    if ceiling is not None:
        entries.append(entry("users_ceiling", ceiling, "as the growth of the second year is slower"))
    return tuple(entries)


def growth_and_ceiling(start: float, median: Floats) -> tuple[float, float | None]:
    """Growth a month and ceiling that lead from ``start`` to the ln N of 12 and 24 months, (2,).

    No ceiling where the second year grows as fast as the first, or is not to be reached by one.

    >>> growth, ceiling = growth_and_ceiling(0.0, np.array([0.12, 0.24]))
    >>> round(growth, 4), ceiling
    (0.0101, None)
    """
    first, whole = float(median[0]) - start, float(median[1]) - start
    plain = float(np.clip(np.expm1(whole / 24), _LEAST_GROWTH, _MOST_GROWTH))
    least = math.expm1(first / 12) * (1 + 1e-6) if first < 12 * math.log(2) else 1.0
    if not 0 < whole - first < 0.98 * first or least >= 1:
        return plain, None

    def room_of(growth: float) -> float:
        low = 0.999 * first  # a room that small is never passed
        return float(brentq(lambda room: _verhulst(growth, room, 12) - first, low, first + 20, xtol=1e-9))

    def second_year(growth: float) -> float:
        return _verhulst(growth, room_of(growth), 24) - whole

    if second_year(least) * second_year(1.0) >= 0:
        return plain, None
    growth = float(brentq(second_year, least, 1.0, xtol=1e-9))
    return growth, math.exp(start + room_of(growth))


def spread_of_mean(scales: Floats, sd_month: float) -> float:
    """Give τ where ln N strays by these standard deviations after 12 and 24 months, (2,), and σ is known.

    >>> scales = np.sqrt([144 * 0.02**2 + 12 * 0.05**2, 576 * 0.02**2 + 24 * 0.05**2])
    >>> round(spread_of_mean(scales, 0.05), 6)
    0.02
    """
    beyond = np.maximum(scales**2 - sd_month**2 * YEARS, 0.0) / YEARS**2
    return min(math.sqrt(float(beyond.mean())), 1.0)


def _verhulst(growth: float, log_room: float, months: int) -> float:
    """Give ln N less today's, as the simulation grows it without noise, by the month."""
    x = 0.0
    for _ in range(months):
        x += math.log1p(max(growth * (1 - math.exp(min(x - log_room, 50.0))), -0.9))
    return x
