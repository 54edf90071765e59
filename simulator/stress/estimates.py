"""Latency and waits of the runs at one rate: as measured, or at least."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.stress.intervals import distances, quantile_ends, standard_error
from simulator.stress.measure import TierMeasured, order_statistics
from simulator.units import TICKS_PER_MS

ABOVE_MS = ("0", "10", "100", "1000")
"""Thresholds of the share of long waits, ms: any wait, hardly, well and badly noticed."""


@dataclass(frozen=True, kw_only=True)
class Wait:
    """The wait until a server takes a request up, ms; nan where there is no such mean."""

    mean: float
    p95: float
    above: dict[str, float]
    """Share that waits longer than so many ms, by the ms."""


@dataclass(frozen=True, kw_only=True)
class TierAtRate:
    """The results of one tier at one rate, over all runs."""

    utilization_share: float
    wait_ms: Wait
    in_system_mean: float
    """Mean number of requests at the tier, waiting or served: the integral over time."""


@dataclass(frozen=True, kw_only=True)
class Latency:
    """The sojourn time lasts from arrival to answer, in ms; it is nan where no mean exists."""

    mean: float
    p50: float
    p95: float
    p99: float
    se_mean: float
    """Standard error of the mean, between independent runs."""
    mean_half: float
    """Half of the 95 % interval of the mean, between the runs, to its farther end."""
    p95_half: float
    """Half of the 95 % interval of P95, to its farther end."""


def latency_of(latency: Ints, *, at_least: bool = False) -> Latency:
    """Estimate the latency of all runs, ticks by run and request, or its lower ends where ``at_least``."""
    counts = np.count_nonzero(latency >= 0, axis=1)
    if not counts.any():
        return no_latency()
    mean, per_run = _mean(np.where(latency >= 0, latency, 0).sum(axis=1), counts)
    if at_least:
        percentiles = _percentiles_at_least(latency, (0.5, 0.95, 0.99))
        return _in_ms(lower_end(mean, per_run), *percentiles, math.nan, math.nan, math.nan)
    p50, p95, p99 = order_statistics(latency, (0.5, 0.95, 0.99)).tolist()
    low, high = quantile_ends(latency, 0.95)
    error, half = standard_error(per_run), max(distances(per_run))
    return _in_ms(mean, p50, p95, p99, error, half, max(high - p95, p95 - low))


def no_latency() -> Latency:
    """Give a latency without a mean."""
    return _in_ms(*[math.nan] * len(fields(Latency)))


def tier_of(tier: TierMeasured, span: Ints, *, endless: bool, at_least: bool = False) -> TierAtRate:
    """Estimate a tier; with saturation it has a mean wait only where waiting is limited."""
    wait = Wait(mean=math.nan, p95=math.nan, above=dict.fromkeys(ABOVE_MS, math.nan))
    counts = np.count_nonzero(tier.wait >= 0, axis=1)
    present, present_by_run = _mean(tier.present, span)
    if not endless and counts.any():
        mean, mean_by_run = _mean(np.where(tier.wait >= 0, tier.wait, 0).sum(axis=1), counts)
        (p95,) = order_statistics(tier.wait, (0.95,))
        above = {
            ms: _mean(np.count_nonzero(tier.wait > int(ms) * TICKS_PER_MS, axis=1), counts) for ms in ABOVE_MS
        }
        shares = {ms: share for ms, (share, _) in above.items()}
        if at_least:
            mean = lower_end(mean, mean_by_run)
            (p95,) = _percentiles_at_least(tier.wait, (0.95,))
            shares = {ms: lower_end(share, by_run) for ms, (share, by_run) in above.items()}
            present = lower_end(present, present_by_run)
        wait = Wait(mean=mean / TICKS_PER_MS, p95=p95 / TICKS_PER_MS, above=shares)
    return TierAtRate(
        utilization_share=int(tier.busy.sum()) / int((span * tier.servers).sum()),
        wait_ms=wait,
        in_system_mean=math.nan if endless else present,
    )


def lower_end(mean: float, per_run: Floats) -> float:
    """Give the lower end of the interval of a quantity above 0; a single run has none, and gives its mean."""
    below, _ = distances(per_run)
    return mean if math.isnan(below) else max(mean - below, 0.0)


def _mean(sums: Ints, counts: Ints) -> tuple[float, Floats]:
    """Give a ratio of sums over the runs, and the values that carry its error, (runs,)."""
    mean = int(sums.sum()) / int(counts.sum())
    return mean, (sums - mean * counts) / (int(counts.sum()) / len(counts))


def _percentiles_at_least(values: Ints, shares: Sequence[float]) -> list[float]:
    measured = order_statistics(values, shares).tolist()
    ends = [quantile_ends(values, share)[0] for share in shares]
    return [value if math.isnan(low) else low for value, low in zip(measured, ends, strict=True)]


def _in_ms(*ticks: float) -> Latency:
    names = (field.name for field in fields(Latency))
    return Latency(**{name: value / TICKS_PER_MS for name, value in zip(names, ticks, strict=True)})
