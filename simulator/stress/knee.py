"""The knee is the highest rate that keeps a service level objective, with the rates it lies between."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.engines.windows import ServeWindows
from simulator.scenario.topology_file import Slo
from simulator.stress.at_rate import AtRate
from simulator.stress.bench import Bench
from simulator.stress.curve import curve

CUTS = 5
"""Number of rates tried between two tested ones, and again between two of these: 36 parts, then a straight
line."""
Excess = Callable[[AtRate], float]
"""A function to the excess over a limit, as a share of it; infinite where something grows without end."""


@dataclass(frozen=True, kw_only=True)
class Knee:
    """The knee and its interval, in requests a second."""

    rate_per_s: float
    low: float | None
    """Up to here the limits are kept with confidence; None with a single run."""
    high: float | None
    """The limits are broken with confidence from here on."""
    at_most: bool = False
    """True means that windows below it are too short to be stationary: the limits may break earlier."""


@dataclass(frozen=True, kw_only=True)
class NoKnee:
    """The result where no knee lies within the rates tested."""

    reason: str


def knee_of(
    bench: Bench, serve: ServeWindows, points: Sequence[AtRate], *, requests: int | None
) -> Knee | NoKnee:
    """Search between the tested rates, every run with the same draws at each (common random numbers).

    The knee is the highest rate below the first that breaks a limit. Its interval is where the upper and the
    lower confidence limit of P95 and errors (between runs) cross theirs. A rate whose windows are too short
    for stationary values never keeps the limits with confidence.
    """
    slo = bench.test.slo
    points = sorted(points, key=lambda point: point.rate_per_s)
    if slo.latency_p95_ms is None and slo.error_share is None:
        return NoKnee(reason="no limit is given in [slo]")
    excess = _excess(slo, 0.0)
    if all(excess(point) <= 0 for point in points):
        return NoKnee(reason=_none_breaks(points))
    if excess(points[0]) > 0:
        return NoKnee(reason=f"no tested rate keeps the limits, not even {points[0].rate_per_s:g} a second")
    sides = () if bench.setting.lanes == 1 else (_excess(slo, 1.0), _excess(slo, -1.0))
    full = float(bench.capacity_per_s().min())
    for round_of in ((excess, *sides), (excess,)):
        gaps = {_gap(points, over, full) for over in round_of}
        inside = {float(rate) for gap in gaps for rate in np.linspace(*gap, CUTS + 2)[1:-1]}
        found = curve(bench, serve, sorted(inside), requests=requests)
        points = sorted([*points, *found], key=lambda point: point.rate_per_s)
    knee = _crossing(points, excess, full)
    kept = _gap(points, excess, full)[0]
    at_most = any(point.at_least is not None for point in points if point.rate_per_s == kept)
    if not sides:
        return Knee(rate_per_s=knee, low=None, high=None, at_most=at_most)
    low, high = (_crossing(points, over, full) for over in sides)
    return Knee(rate_per_s=knee, low=min(low, knee), high=max(high, knee), at_most=at_most)


def _none_breaks(points: Sequence[AtRate]) -> str:
    short = [f"{point.rate_per_s:g}" for point in points if point.at_least is not None]
    if short:
        said = f"windows at {', '.join(short)} a second are too short to tell"
        return f"no tested rate is seen to break the limits, but {said}"
    return f"every tested rate keeps the limits, {points[-1].rate_per_s:g} a second too"


def _excess(slo: Slo, side: float) -> Excess:
    """Give the excess over the limits of P95 and errors, ``side`` halves of their intervals higher."""

    def over(value: float, half: float, limit: float | None) -> float:
        if limit is None:
            return -math.inf
        beyond = value + (side * half if side else 0.0) - limit
        return beyond / limit if limit else beyond

    def excess(point: AtRate) -> float:
        if point.endless or (side > 0 and point.at_least is not None):
            return math.inf
        return max(
            over(point.latency_ms.p95, point.latency_ms.p95_half, slo.latency_p95_ms),
            over(point.error_share, point.error_half, slo.error_share),
        )

    return excess


def _gap(points: Sequence[AtRate], excess: Excess, full: float) -> tuple[float, float]:
    """Give the rates around the first that breaks a limit: nothing at all below, the whole capacity above."""
    last = 0.0
    for point in points:
        if excess(point) > 0:
            return last, point.rate_per_s
        last = point.rate_per_s
    return last, full


def _crossing(points: Sequence[AtRate], excess: Excess, full: float) -> float:
    """Give the rate at which the excess passes 0, on a straight line; the lower rate if it is infinite."""
    low, high = _gap(points, excess, full)
    known = {point.rate_per_s: excess(point) for point in points}
    below, above = known.get(low, -math.inf), known.get(high, math.inf)
    if not (math.isfinite(below) and math.isfinite(above)):
        return low
    return low + (high - low) * -below / (above - below)
