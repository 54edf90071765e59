"""One rate of a load test: its runs pooled, with standard errors between them."""

import math
from dataclasses import dataclass, fields

import numpy as np
from scipy.special import stdtrit

from simulator.arrays import Floats, Ints
from simulator.serving.offered import Offered
from simulator.stress.bench import FULL, Bench
from simulator.stress.measure import Measured, TierMeasured, order_statistics
from simulator.stress.window_size import WindowSize
from simulator.units import TICKS_PER_MS, TICKS_PER_S

CONFIDENCE = 0.95
ABOVE_MS = ("0", "10", "100", "1000")
"""Waits that are looked at: who waits at all, and longer than is hardly, well and badly noticed."""


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Until a server takes a request up, ms; nan where there is no such mean."""

    mean: float
    p95: float
    above: dict[str, float]
    """Share that waits longer than so many ms, by the ms."""


@dataclass(frozen=True, kw_only=True)
class TierAtRate:
    """One tier, over all runs."""

    utilization_share: float
    wait_ms: Wait
    in_system_mean: float
    """Requests at the tier, waiting or served: the integral over time."""


@dataclass(frozen=True, kw_only=True)
class Latency:
    """From arrival to answer, ms; nan where no mean exists."""

    mean: float
    p50: float
    p95: float
    p99: float
    se_mean: float
    """Standard error of the mean, between independent runs."""
    mean_half: float
    """Half of the 95 % interval of the mean, by Student's law between the runs."""
    p95_half: float
    """The same of P95."""


@dataclass(frozen=True, kw_only=True)
class AtRate:
    """A point of the curve, pooled over the runs."""

    rate_per_s: float
    throughput_per_s: float
    """Answers in a second of the window."""
    error_share: float
    saturated: bool
    endless: bool
    """Whether something grows without end, so that no mean exists: a tier that is full and refuses nobody."""
    latency_ms: Latency
    tiers: dict[str, TierAtRate]
    offered_share: dict[str, float]
    """Offered load over capacity by tier, mean over runs; of its hottest shard."""
    saturated_runs: int
    error_half: float
    """Half of the 95 % interval of the error share, by Student's law between the runs."""
    size: WindowSize

    @property
    def bottleneck(self) -> str:
        """What is offered most of its capacity."""
        return max(self.offered_share, key=lambda tier: self.offered_share[tier])


def pooled(bench: Bench, rate: float, offered: Offered, measured: Measured, size: WindowSize) -> AtRate:
    """What the runs at one rate come to together.

    Args:
        bench: the topology and its runs.
        rate: requests a second.
        offered: load over capacity of each tier, by run.
        measured: a row a run.
        size: of the windows.
    """
    full = {tier: getattr(offered, tier) >= FULL for tier in bench.test.can_run_out}
    saturated_lanes = np.logical_or.reduce(list(full.values()))
    endless = any(bool(lanes.any()) for tier, lanes in full.items() if not bench.test.refuses(tier))
    errors = _error_shares(bench, measured)
    return AtRate(
        rate_per_s=rate,
        throughput_per_s=int(measured.answers.sum()) / int(measured.span.sum()) * TICKS_PER_S,
        error_share=math.fsum(errors) / len(errors),
        saturated=bool(saturated_lanes.any()),
        endless=endless,
        latency_ms=_no_latency() if endless else _latency(measured.latency),
        tiers={
            name: _tier(
                tier,
                measured.span,
                endless=bool(full[name].any()) and not bench.test.refuses(name),
            )
            for name, tier in measured.tiers.items()
        },
        offered_share={
            tier: math.fsum(getattr(offered, tier)) / len(errors) for tier in bench.test.can_run_out
        },
        saturated_runs=int(np.count_nonzero(saturated_lanes)),
        error_half=_half(errors),
        size=size,
    )


def _error_shares(bench: Bench, measured: Measured) -> Floats:
    """Of each run: no answer, a late one, or an error from other causes on top, independent of these."""
    unanswered = np.count_nonzero(measured.latency < 0, axis=1)
    failed = (unanswered + measured.late) / measured.latency.shape[1]
    shares: Floats = 1 - (1 - bench.setting.inputs.response.background_error_share) * (1 - failed)
    return shares


def _latency(latency: Ints) -> Latency:
    p50, p95, p99 = (order_statistics(latency, (0.5, 0.95, 0.99)) / TICKS_PER_MS).tolist()
    counts = np.count_nonzero(latency >= 0, axis=1)
    sums = np.where(latency >= 0, latency, 0).sum(axis=1)
    if not counts.any():
        return _no_latency()
    mean = int(sums.sum()) / int(counts.sum())
    per_run = (sums - mean * counts) / (int(counts.sum()) / len(counts))  # of a ratio of sums
    return Latency(
        mean=mean / TICKS_PER_MS,
        p50=p50,
        p95=p95,
        p99=p99,
        se_mean=_se(per_run) / TICKS_PER_MS,
        mean_half=_half(per_run) / TICKS_PER_MS,
        p95_half=_half(np.array([order_statistics(run, (0.95,))[0] for run in latency])) / TICKS_PER_MS,
    )


def _no_latency() -> Latency:
    return Latency(**dict.fromkeys((field.name for field in fields(Latency)), math.nan))


def _tier(tier: TierMeasured, span: Ints, *, endless: bool) -> TierAtRate:
    """A saturated tier has a mean wait and a mean number of requests only where waiting is limited."""
    wait = Wait(mean=math.nan, p95=math.nan, above=dict.fromkeys(ABOVE_MS, math.nan))
    there = tier.wait[tier.wait >= 0]
    if not endless and len(there):
        mean = int(there.sum()) / len(there) / TICKS_PER_MS
        above = {ms: int(np.count_nonzero(there > int(ms) * TICKS_PER_MS)) / len(there) for ms in ABOVE_MS}
        wait = Wait(mean=mean, p95=float(order_statistics(there, (0.95,))[0]) / TICKS_PER_MS, above=above)
    present = int(tier.present.sum()) / int(span.sum())
    return TierAtRate(
        utilization_share=int(tier.busy.sum()) / int((span * tier.servers).sum()),
        wait_ms=wait,
        in_system_mean=math.nan if endless else present,
    )


def _half(values: Floats) -> float:
    """Half of Student's interval (Gosset, 1908) of a mean over runs; nan of a single one."""
    return _se(values) * float(stdtrit(max(len(values) - 1, 1), (1 + CONFIDENCE) / 2))


def _se(values: Floats) -> float:
    """Standard error of a mean over runs; nan of a single one."""
    if len(values) == 1:
        return math.nan
    spread = math.fsum((values - math.fsum(values) / len(values)) ** 2) / (len(values) - 1)
    return math.sqrt(spread / len(values))
