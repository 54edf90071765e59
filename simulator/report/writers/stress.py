"""A load test as people and programs are given it: the curve, the knee, the tier that binds at each rate."""

import math
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from simulator.report.writers.terminal import bullets, print_table, without_blank_ends
from simulator.scenario.topology_file import Slo
from simulator.stress.at_rate import AtRate
from simulator.stress.estimates import ABOVE_MS
from simulator.stress.knee import Knee, NoKnee

LOAD_TITLE = "Latency against load, ms; ± is half of a 95 % interval, ≥ at least"
LOAD_COLUMNS = ("rate/s", "answered", "mean", "±", "p50", "p95", "±", "p99", "errors", "±", "bottleneck")
TIER_TITLE = "Tiers; under >t the share that waits longer than t ms, ≥ at least"
TIER_COLUMNS = (
    *("rate/s", "tier", "busy", "wait ms", "p95"),
    *(f">{ms}" for ms in ABOVE_MS),
    "in system",
)


def stress_plain(points: Sequence[AtRate], knee: Knee | NoKnee, notes: Sequence[str]) -> dict[str, Any]:
    """Give the results that ``--json`` prints; a figure that does not exist is nan there.

    With ``lower_bound`` shares of errors, latency and waits are at least these, for the reason under ``why``.
    """
    return {
        "rates": [
            {
                "rate_per_s": point.rate_per_s,
                "throughput_per_s": point.throughput_per_s,
                "error_share": point.known.error_share,
                "error_share_half": point.known.error_half,
                "saturated": point.saturated,
                "lower_bound": point.at_least is not None,
                "why": point.why,
                "warning": point.warning,
                "offered_share": point.offered_share,
                "bottleneck": point.bottleneck,
                "latency_ms": point.known.latency_ms,
                "tiers": point.known.tiers,
                "window": {"warmup": point.size.warmup, "measured": point.size.measured},
            }
            for point in points
        ],
        "knee": knee if isinstance(knee, Knee) else None,
        "no_knee": knee.reason if isinstance(knee, NoKnee) else None,
        "notes": list(notes),
    }


def print_stress(
    console: Console,
    points: Sequence[AtRate],
    knee: Knee | NoKnee,
    *,
    slo: Slo,
    runs: int,
    said: Sequence[str] = (),
) -> None:
    """Print the curve, every tier at every rate, the knee, and how long the windows were."""
    with without_blank_ends(console):
        print_table(console, LOAD_TITLE, LOAD_COLUMNS, [_load(p) for p in points], words=("bottleneck",))
        console.print()
        rows = [_tier(point, name) for point in points for name in point.tiers]
        print_table(console, TIER_TITLE, TIER_COLUMNS, rows, words=("tier",))
        console.print()
        windows = [_windows(points, runs), *(f"{one}." for one in said)]
        console.print(
            bullets([knee_in_words(knee, slo), *windows, *_cautions(points), *_saturation(points, runs)])
        )


def knee_in_words(knee: Knee | NoKnee, slo: Slo) -> str:
    """Give the knee and its interval, or why there is none."""
    if isinstance(knee, NoKnee):
        return f"No knee: {knee.reason}."
    limits = []
    if slo.latency_p95_ms is not None:
        limits.append(f"p95 <= {slo.latency_p95_ms:g} ms")
    if slo.error_share is not None:
        limits.append(f"errors <= {slo.error_share * 100:g} %")
    between = ""
    if knee.low is not None and knee.high is not None:
        between = f" (95 % interval {knee.low:.4g} to {knee.high:.4g})"
    most = "at most " if knee.at_most else ""
    why = ", as the windows there are too short for stationary values" if knee.at_most else ""
    return f"Knee: up to {most}{knee.rate_per_s:.4g} a second{between} keep {' and '.join(limits)}{why}."


def _windows(points: Sequence[AtRate], runs: int) -> str:
    measured = sorted({point.size.measured for point in points})
    settled = sorted({point.size.warmup for point in points})
    return f"{runs} runs; {_span(measured)} requests measured in each, after {_span(settled)} of warm-up."


def _cautions(points: Sequence[AtRate]) -> list[str]:
    """Warn where figures are lower bounds, and where other rates came than were asked."""
    bounds = [
        f"At {p.rate_per_s:g} a second errors, latency and waits are at least these: {p.why}."
        for p in points
        if p.why
    ]
    return bounds + [f"At {p.rate_per_s:g} a second {p.warning}." for p in points if p.warning]


def _span(values: Sequence[int]) -> str:
    ends = f"{values[0]:,}"
    return ends if len(values) == 1 else f"{ends} to {values[-1]:,}"


def _saturation(points: Sequence[AtRate], runs: int) -> list[str]:
    full = [point for point in points if point.saturated]
    if not full:
        return []
    rates = ", ".join(f"{point.rate_per_s:g}" for point in full)
    lines = [f"Saturated at {rates} a second: load is not below capacity."]
    endless = ", ".join(f"{point.rate_per_s:g}" for point in full if point.endless)
    if endless:
        lines.append(f"At {endless} a second something grows without end, so that no mean exists.")
    some = [point for point in full if point.saturated_runs < runs]
    lines += [
        f"At {point.rate_per_s:g} a second {point.saturated_runs} of {runs} runs are saturated."
        for point in some
    ]
    return lines


def _load(point: AtRate) -> list[str | Text]:
    known = point.known
    latency, sign = known.latency_ms, _sign(point)
    share = point.offered_share[point.bottleneck]
    bottleneck = f"{point.bottleneck} {share * 100:.0f} %"
    return [
        f"{point.rate_per_s:g}",
        f"{point.throughput_per_s:.4g}",
        sign + _ms(latency.mean),
        _half(latency.mean_half),
        sign + _ms(latency.p50),
        sign + _ms(latency.p95),
        _half(latency.p95_half),
        sign + _ms(latency.p99),
        sign + _share(known.error_share),
        _share(known.error_half),
        Text(bottleneck, style="red" if point.saturated else ""),
    ]


def _tier(point: AtRate, name: str) -> list[str | Text]:
    tier, sign = point.known.tiers[name], _sign(point)
    return [
        f"{point.rate_per_s:g}",
        name,
        _percent(tier.utilization_share),
        sign + _ms(tier.wait_ms.mean),
        sign + _ms(tier.wait_ms.p95),
        *(sign + _percent(tier.wait_ms.above[ms]) for ms in ABOVE_MS),
        "-" if math.isnan(tier.in_system_mean) else f"{sign}{tier.in_system_mean:.4g}",
    ]


def _sign(point: AtRate) -> str:
    return "" if point.at_least is None else "≥ "


def _share(value: float) -> str:
    return "-" if math.isnan(value) else f"{value * 100:.2g} %"


def _percent(value: float) -> str:
    return "-" if math.isnan(value) else f"{value * 100:.1f} %"


def _half(ms: float) -> str:
    return "-" if math.isnan(ms) else f"{ms:,.0f}" if ms >= 10 else f"{ms:.2g}"


def _ms(value: float) -> str:
    if math.isnan(value):
        return "-"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"
