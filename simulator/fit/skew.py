"""Zipf's exponent from counts per key: the k-th of K keys has a share ∝ k^-s (Zipf, 1949).

s is of most likelihood for the ranks of the counts. Counts stray from the law by more than Poisson's noise,
so that its variance is multiplied by Pearson's χ² over its degrees of freedom, in bins of ranks that widen
with the rank (quasi-likelihood; McCullagh and Nelder, 1989).
"""

from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import stdtrit

from simulator.arrays import Floats
from simulator.fit.fragment import Entry
from simulator.fit.record import LEVEL, Fitted, Found
from simulator.fit.tables import numbers_of, table_in
from simulator.report.figures.chart import Axis, Chart, Figure, Line
from simulator.scenario.reading.faults import Fault, ScenarioError

LEAST_KEYS = 16


def fit_skew(file: Path | str, *, count: str = "count") -> Fitted:
    """Fit Zipf's exponent to a CSV with a count for each key, in any order.

    Args:
        file: a CSV file, a row a key.
        count: name of the column of counts.

    Raises:
        ScenarioError: for a file that is no such table, or one with fewer than sixteen keys.
    """
    table = table_in(Path(file))
    counts = np.sort(np.array(numbers_of(table, count)))[::-1]
    counts = counts[counts > 0]
    if counts.size < LEAST_KEYS:
        required = f"must have at least {LEAST_KEYS} keys with a count above 0"
        raise ScenarioError(table.file, [Fault(key="", required=required, got=str(counts.size))])
    exponent, half = exponent_of(counts)
    low, high = max(exponent - half, 0.0), exponent + half
    shares = counts / counts.sum()
    dates = f"{counts.size:,} keys, {counts.sum():,.0f} requests"
    top = float(shares[0])
    hundredth = float(shares[: max(counts.size // 100, 1)].sum())
    why = "of counts by rank; popularity_file takes the counts themselves"
    entry = Entry(
        key="database.popularity_exponent",
        value=exponent,
        low=low,
        high=high,
        source=table.file.name,
        date=dates,
        why=why,
    )
    said = shares_of(exponent, counts.size)
    apart = float(np.abs(np.cumsum(said) - np.cumsum(shares)).max())
    return Fitted(
        title="Skew of keys",
        source=table.file.name,
        dates=dates,
        found=(
            Found(name="Zipf exponent", value=exponent, low=low, high=high),
            Found(name="share of the first key", value=top, low=top, high=top),
            Found(name="share of the first hundredth", value=hundredth, low=hundredth, high=hundredth),
        ),
        entries=(entry,),
        notes=(
            f"The law gives the first key {said[0]:.3g}; cumulated shares are at most {apart:.3g} apart.",
            "Keys that nobody asked for are not among them.",
        ),
        figure=_figure(shares, said),
    )


def shares_of(exponent: float, keys: int) -> Floats:
    """Shares of so many keys by rank, (keys,).

    >>> shares_of(1.0, 2)
    array([0.66666667, 0.33333333])
    """
    weights: Floats = np.arange(1, keys + 1, dtype=np.float64) ** -exponent
    shares: Floats = weights / weights.sum()
    return shares


def exponent_of(counts: Floats) -> tuple[float, float]:
    """The exponent of descending counts, and half of its 80 % interval."""
    logs, total = np.log(np.arange(1, counts.size + 1)), float(counts.sum())
    seen = float(counts @ logs)

    def unlikely(exponent: float) -> float:
        return exponent * seen + total * float(np.log(np.sum(np.exp(-exponent * logs))))

    exponent = float(
        minimize_scalar(unlikely, bounds=(0.0, 5.0), method="bounded", options={"xatol": 1e-7}).x
    )
    shares = shares_of(exponent, counts.size)
    information = total * float(shares @ logs**2 - (shares @ logs) ** 2)
    edges = np.unique(np.concatenate([[0], (2 ** np.arange(0, np.log2(counts.size), 0.5)).astype(int)]))
    expected, came = total * np.add.reduceat(shares, edges), np.add.reduceat(counts, edges)
    freedom = max(edges.size - 2, 1)
    over = max(float(np.sum((came - expected) ** 2 / expected)) / freedom, 1.0)
    return exponent, float(stdtrit(freedom, (1 + LEVEL) / 2)) * float(np.sqrt(over / information))


def _figure(shares: Floats, said: Floats) -> Figure:
    at = np.unique(np.geomspace(1, shares.size, 200).astype(int)) - 1
    least = float(min(shares.min(), said.min()))
    most = float(max(shares[0], said[0]))
    decades = [10.0**power for power in range(8)]
    chart = Chart(
        title="Share of a key against its rank",
        words=f"The first key has {shares[0]:.3g} of the requests, the last {shares[-1]:.3g}.",
        x=Axis(
            low=1.0,
            high=float(shares.size),
            log=True,
            label="rank",
            ticks=tuple((one, f"{one:g}") for one in decades if one <= shares.size),
        ),
        y=Axis(
            low=least,
            high=most,
            log=True,
            ticks=tuple((1 / one, f"{1 / one:g}") for one in decades if least <= 1 / one <= most),
        ),
        layers=(
            Line(x=at + 1.0, y=said[at], weight="median"),
            Line(x=at + 1.0, y=shares[at], weight="counted"),
        ),
    )
    return Figure(
        name="skew", title="Skew of keys", caption="Counted shares, and Zipf's law.", charts=(chart,)
    )
