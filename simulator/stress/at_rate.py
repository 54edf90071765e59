"""One rate of a load test: its runs pooled, with standard errors between them."""

import math
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.draws.shapes import squared_cv
from simulator.serving.capacity.offered import Offered
from simulator.stress.bench import FULL, Bench
from simulator.stress.estimates import Latency, TierAtRate, latency_of, lower_end, no_latency, tier_of
from simulator.stress.intervals import half_width
from simulator.stress.measure import Measured
from simulator.stress.window_size import WindowSize
from simulator.units import TICKS_PER_S

DIFFERS = 0.02
"""Share by which answers must differ from the expected ones to be warned of."""
CHANCE = 4.0
"""Standard errors within which they may differ beyond that."""


@dataclass(frozen=True, kw_only=True)
class AtLeast:
    """The lower bounds of a window too short for stationary values: lower ends of the intervals.

    Runs start empty, so that what they measure too early is too little, and no more is known.
    """

    latency_ms: Latency
    tiers: dict[str, TierAtRate]
    error_share: float
    error_half: float = math.nan


@dataclass(frozen=True, kw_only=True)
class AtRate:
    """A point of the curve, pooled over the runs, as it was measured."""

    rate_per_s: float
    throughput_per_s: float
    """Answers in a second of the window."""
    error_share: float
    saturated: bool
    endless: bool
    """True where no mean exists, as the queue of a full tier that refuses nobody grows without end."""
    latency_ms: Latency
    tiers: dict[str, TierAtRate]
    offered_share: dict[str, float]
    """Offered load over capacity by tier, mean over runs; of its hottest shard."""
    saturated_runs: int
    error_half: float
    """Half of the 95 % interval of the error share, between the runs, to its farther end."""
    size: WindowSize
    answered_share: float
    """Share of the measured requests that are answered, at any time."""
    rate_error_share: float
    """Standard error of the rate at which as many requests come, as a share of it."""
    at_least: AtLeast | None
    """Lower bounds, where ``size`` falls short of a stationary value."""

    @property
    def bottleneck(self) -> str:
        """Name the tier with the highest offered load."""
        return max(self.offered_share, key=lambda tier: self.offered_share[tier])

    @property
    def known(self) -> "AtRate | AtLeast":
        """Give the figures that may be reported: as measured, or as lower bounds."""
        return self if self.at_least is None else self.at_least

    @property
    def why(self) -> str | None:
        """Say why figures are lower bounds; None where they are not."""
        return None if self.at_least is None else self.size.shortfall

    @property
    def warning(self) -> str | None:
        """Warn that other rates were answered than asked, where neither load nor chance explains it."""
        expected = self.rate_per_s * self.answered_share
        if self.endless or not expected:
            return None
        off = abs(self.throughput_per_s / expected - 1)
        if off <= DIFFERS + CHANCE * self.rate_error_share:
            return None
        return f"{self.throughput_per_s:.4g} a second were answered where {expected:.4g} were to be"


def pooled(bench: Bench, rate: float, offered: Offered, measured: Measured, size: WindowSize) -> AtRate:
    """Pool the runs at one rate.

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
    error_share, error_half = math.fsum(errors) / len(errors), half_width(errors)

    def tiers(*, at_least: bool) -> dict[str, TierAtRate]:
        return {
            name: tier_of(
                tier,
                measured.span,
                endless=bool(full[name].any()) and not bench.test.refuses(name),
                at_least=at_least,
            )
            for name, tier in measured.tiers.items()
        }

    at_least = None
    if size.shortfall is not None and not endless:
        at_least = AtLeast(
            latency_ms=latency_of(measured.latency, at_least=True),
            tiers=tiers(at_least=True),
            error_share=lower_end(error_share, errors),
        )
    return AtRate(
        rate_per_s=rate,
        throughput_per_s=int(measured.answers.sum()) / int(measured.span.sum()) * TICKS_PER_S,
        error_share=error_share,
        saturated=bool(saturated_lanes.any()),
        endless=endless,
        latency_ms=no_latency() if endless else latency_of(measured.latency),
        tiers=tiers(at_least=False),
        offered_share={
            tier: math.fsum(getattr(offered, tier)) / len(errors) for tier in bench.test.can_run_out
        },
        saturated_runs=int(np.count_nonzero(saturated_lanes)),
        error_half=error_half,
        size=size,
        answered_share=np.count_nonzero(measured.latency >= 0) / measured.latency.size,
        rate_error_share=math.sqrt(max(squared_cv(bench.gap_shape), 1.0) / measured.latency.size),
        at_least=at_least,
    )


def _error_shares(bench: Bench, measured: Measured) -> Floats:
    """Give the share of errors of each run: no answer, a late one, or an independent other error."""
    unanswered = np.count_nonzero(measured.latency < 0, axis=1)
    failed = (unanswered + measured.late) / measured.latency.shape[1]
    shares: Floats = 1 - (1 - bench.setting.inputs.response.background_error_share) * (1 - failed)
    return shares
