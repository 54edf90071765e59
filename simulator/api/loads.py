"""Load tests of a topology for notebooks: ``stress`` and its result."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import plotly.graph_objects as go
import polars as pl

from simulator.engines.windows import SERVE_WINDOWS
from simulator.scenario.topology_file import load_test_of
from simulator.stress.at_rate import AtRate
from simulator.stress.bench import Bench
from simulator.stress.curve import curve
from simulator.stress.knee import Knee, knee_of
from simulator.stress.rounding import rounding_notes


@dataclass(frozen=True, kw_only=True)
class Stress:
    """The results of a load test; a figure that does not exist, as the latency under saturation, is null."""

    rates: pl.DataFrame
    """One row a rate: throughput, errors, latency with its standard error. Errors and latency are at least
    these where ``lower_bound`` is true; ``why`` says the reason."""
    tiers: pl.DataFrame
    """One row a rate and tier: utilisation, waits, requests there; at least these where ``lower_bound``."""
    knee_per_s: float | None
    """Highest rate that keeps the limits; None where there is none among the rates."""
    knee_is_at_most: bool
    """True where windows are too short to rule out that a lower rate breaks the limits."""
    knee_interval_per_s: tuple[float | None, float | None]
    notes: tuple[str, ...]
    """Notes on the results, as on work that rounding to whole microseconds changes."""

    def figure(self) -> go.Figure:
        """Draw mean and percentiles of the latency against the rate, and the knee."""
        names = ("mean_ms", "p50_ms", "p95_ms", "p99_ms")
        drawn = go.Figure(
            [go.Scatter(x=self.rates["rate_per_s"], y=self.rates[name], name=name[:-3]) for name in names]
        )
        if self.knee_per_s is not None:
            drawn.add_vline(x=self.knee_per_s, line_dash="dot", annotation_text="knee")
        return drawn.update_layout(xaxis_title="requests a second", yaxis_title="latency, ms")


def stress(
    file: Path | str,
    rates: Sequence[float],
    *,
    runs: int = 32,
    requests: int | None = None,
    seed: int = 1,
    engine: str = "lanes",
) -> Stress:
    """Load a topology, or what a scenario runs today, at one or more rates and find its knee.

    Args:
        file: of a topology or of a scenario.
        rates: requests a second.
        runs: independent runs, which all rates share their draws with.
        requests: measured in each run; None takes what the slowest station's memory asks for.
        seed: of all randomness.
        engine: ``lanes``, or ``events`` for the SimPy reference.

    Raises:
        ScenarioError: for a file that cannot be used.

    >>> from simulator.api.studies import EXAMPLE
    >>> found = stress(EXAMPLE, [2.0, 4.0], runs=2, requests=64)
    >>> found.rates.select("rate_per_s", "saturated").rows()
    [(2.0, False), (4.0, False)]
    """
    bench = Bench.of(load_test_of(file), seed=seed, runs=range(runs))
    points = curve(bench, SERVE_WINDOWS[engine], tuple(rates), requests=requests)
    knee = knee_of(bench, SERVE_WINDOWS[engine], points, requests=requests)
    there = knee if isinstance(knee, Knee) else None
    return Stress(
        rates=_of_rates(points),
        tiers=_of_tiers(points),
        knee_per_s=there.rate_per_s if there else None,
        notes=tuple(rounding_notes(bench)),
        knee_is_at_most=there is not None and there.at_most,
        knee_interval_per_s=(there.low, there.high) if there else (None, None),
    )


def _of_rates(points: Sequence[AtRate]) -> pl.DataFrame:
    """Give a row a rate."""
    rows = [
        {
            "rate_per_s": point.rate_per_s,
            "throughput_per_s": point.throughput_per_s,
            "error_share": point.known.error_share,
            "error_share_half": point.known.error_half,
            "saturated": point.saturated,
            "lower_bound": point.at_least is not None,
            "why": point.why,
            "warning": point.warning,
            **{f"{name}_ms": value for name, value in asdict(point.known.latency_ms).items()},
        }
        for point in points
    ]
    return pl.DataFrame(rows, schema_overrides={"why": pl.String, "warning": pl.String}).fill_nan(None)


def _of_tiers(points: Sequence[AtRate]) -> pl.DataFrame:
    """Give a row a rate and tier."""
    rows = [
        {
            "rate_per_s": point.rate_per_s,
            "tier": name,
            "lower_bound": point.at_least is not None,
            "utilization_share": tier.utilization_share,
            "wait_mean_ms": tier.wait_ms.mean,
            "wait_p95_ms": tier.wait_ms.p95,
            **{f"wait_above_{ms}_ms_share": share for ms, share in tier.wait_ms.above.items()},
            "in_system_mean": tier.in_system_mean,
        }
        for point in points
        for name, tier in point.known.tiers.items()
    ]
    return pl.DataFrame(rows).fill_nan(None)
