"""The Universal Scalability Law from throughput at some loads, with intervals that are honest with four.

Three coefficients leave four measurements one degree of freedom. Each interval is of the profile likelihood:
what a coefficient, or the throughput at a load, can be while the squared errors stay below (1 + t²/ν) times
the least, t of Student's with ν degrees. γ is the best for each α and β, which are tried on a grid.
"""

import math
from pathlib import Path

import numpy as np
from scipy.special import stdtrit

from simulator.arrays import Floats
from simulator.fit.fragment import Entry
from simulator.fit.record import LEVEL, Fitted, Found
from simulator.fit.tables import numbers_of, table_in
from simulator.queueing.laws.scalability import fit, peak_load, slowdown, throughput
from simulator.report.figures.chart import Axis, Band, Chart, Figure, Line, Mark, nice_ticks
from simulator.report.words.formats import number
from simulator.scenario.reading.faults import Fault, ScenarioError

LEAST_LOADS = 4
_FINE = 241
_LEAST_ERROR = 0.005
"""Throughput is not measured better than this share of it."""


def fit_scaling(file: Path | str, *, load: str | None = None, rate: str | None = None) -> Fitted:
    """Fit contention and coherency to a CSV of loads (cores, nodes, users) and throughputs.

    Args:
        file: a CSV file, a row a measurement.
        load: name of the column of loads; None for the first.
        rate: name of the column of throughputs; None for the second.

    Raises:
        ScenarioError: for a file that is no such table, or one with fewer than four different loads.
    """
    table = table_in(Path(file))
    if len(table.columns) < 2 and rate is None:
        raise ScenarioError(
            table.file, [Fault(key="", required="must have columns of load and throughput", got="one column")]
        )
    n = np.array(numbers_of(table, load or table.columns[0], above=True))
    x = np.array(numbers_of(table, rate or table.columns[1], above=True))
    if (different := np.unique(n).size) < LEAST_LOADS:
        required = f"must have at least {LEAST_LOADS} different loads: three fit any law"
        raise ScenarioError(table.file, [Fault(key="", required=required, got=str(different))])
    best = fit(n, x)
    alphas, betas, gammas = _possible(n, x, best.alpha, best.beta)
    loads = np.geomspace(float(n.min()), 4 * float(n.max()), 60)
    ends = _ends(loads, alphas, betas, gammas)
    peak = peak_load(alpha=best.alpha, beta=best.beta)
    peaks = [peak_load(alpha=float(a), beta=float(b)) for a, b in zip(alphas, betas, strict=True)]
    found = [
        Found(name="α, contention", value=best.alpha, low=float(alphas.min()), high=float(alphas.max())),
        Found(name="β, coherency", value=best.beta, low=float(betas.min()), high=float(betas.max())),
        Found(name="γ, throughput at 1", value=best.gamma, low=float(gammas.min()), high=float(gammas.max())),
    ]
    for times in (2, 4):
        at = np.array([times * float(n.max())])
        low, high = _ends(at, alphas, betas, gammas)[:, 0]
        said = float(throughput(at, alpha=best.alpha, beta=best.beta, gamma=best.gamma)[0])
        found.append(Found(name=f"throughput at {at[0]:g}", value=said, low=float(low), high=float(high)))
    dates = f"loads {n.min():g} to {n.max():g}"
    entries = (
        _entry("alpha", found[0], table.file.name, dates),
        _entry("beta", found[1], table.file.name, dates),
    )
    return Fitted(
        title="Scalability",
        source=table.file.name,
        dates=dates,
        found=tuple(found),
        entries=entries,
        notes=(
            _of_peak(peak, min(peaks), max(peaks)),
            f"{n.size - 3} degrees of freedom are left for the errors.",
        ),
        figure=_figure(
            n, x, loads, throughput(loads, alpha=best.alpha, beta=best.beta, gamma=best.gamma), ends
        ),
    )


def _possible(n: Floats, x: Floats, alpha: float, beta: float) -> tuple[Floats, Floats, Floats]:
    """Coefficients within the limit of squared errors, (k,) each, the best among them."""
    most = float(n.max())
    alphas = np.concatenate([[0.0, alpha], np.geomspace(1e-6, 30, _FINE)])
    betas = np.concatenate([[0.0, beta], np.geomspace(1e-6 / most, 30 / most, _FINE)])
    a, b = (grid.ravel() for grid in np.meshgrid(alphas, betas))
    law = n / (1 + a[:, None] * (n - 1) + b[:, None] * n * (n - 1))  # (k, i)
    gammas = law @ x / np.sum(law**2, axis=1)
    squares = np.sum((x - gammas[:, None] * law) ** 2, axis=1)
    freedom = x.size - 3
    least = max(float(squares.min()), freedom * float(np.mean((_LEAST_ERROR * x) ** 2)))
    limit = least * (1 + float(stdtrit(freedom, (1 + LEVEL) / 2)) ** 2 / freedom)
    inside = squares <= limit
    return a[inside], b[inside], gammas[inside]


def _ends(loads: Floats, alphas: Floats, betas: Floats, gammas: Floats) -> Floats:
    """Least and most throughput at each load, (2, h)."""
    said = gammas[:, None] * loads / slowdown(loads, alpha=alphas[:, None], beta=betas[:, None])
    return np.stack([said.min(axis=0), said.max(axis=0)])


def _entry(name: str, found: Found, source: str, dates: str) -> Entry:
    return Entry(
        key=f"service.scalability.{name}",
        value=found.value,
        low=found.low,
        high=found.high,
        source=source,
        date=dates,
        why="of the workers of a replica, if these were the loads",
    )


def _of_peak(peak: float, low: float, high: float) -> str:
    if math.isinf(peak):
        return f"No peak is seen; one from a load of {low:.3g} on is possible."
    most = "none at all" if math.isinf(high) else f"{high:.3g}"
    return f"Throughput is highest at a load of {peak:.3g}; {low:.3g} to {most} are possible."


def _figure(n: Floats, x: Floats, loads: Floats, said: Floats, ends: Floats) -> Figure:
    high = 1.05 * min(float(ends[1].max()), 4 * float(max(x.max(), said.max())))
    chart = Chart(
        title="Throughput against load",
        words=f"At a load of {loads[-1]:g} {ends[0, -1]:.4g} to {ends[1, -1]:.4g} in 80 %.",
        x=Axis(
            low=0.0,
            high=float(loads[-1]),
            ticks=tuple((at, f"{at:g}") for at in nice_ticks(0, float(loads[-1]))),
            label="load",
        ),
        y=Axis(low=0.0, high=high, ticks=tuple((at, number(at)) for at in nice_ticks(0, high))),
        layers=(
            Band(x=loads, low=np.minimum(ends[0], high), high=np.minimum(ends[1], high), weight="outer"),
            Line(x=loads, y=said, weight="median"),
            *(Mark(x=float(a), y=float(b), sign="disc") for a, b in zip(n, x, strict=True)),
        ),
    )
    caption = "What was measured, and the law with the 80 % interval of what it can be."
    return Figure(name="scaling", title="Scalability", caption=caption, charts=(chart,))
