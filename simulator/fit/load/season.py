"""The months of a year beside their trend: ln of a month's mean is a + b t + s, with s adding up to 0."""

from datetime import datetime, timedelta

import numpy as np
from scipy.special import stdtrit

from simulator.arrays import Floats
from simulator.fit.fragment import Entry
from simulator.fit.load.week import Hours
from simulator.fit.record import Found

LEAST_MONTHS = 24
_MOST_UNKNOWN = 0.1


def season_of(hours: Hours, start: datetime, source: str) -> tuple[tuple[Entry, ...], tuple[Found, ...]]:
    """Factors of the twelve months after the last one, which a scenario's horizon begins with.

    Nothing where fewer than ``LEAST_MONTHS`` months are known: one year cannot tell season from growth.
    """
    months, means = _monthly(hours, start)
    if months.size < LEAST_MONTHS:
        return (), ()
    calendar = months % 12
    one_each = (calendar[:, None] == np.arange(12)).astype(np.float64)
    seasons = one_each[:, :11] - one_each[:, 11:]  # adds up to 0
    basis = np.column_stack([np.ones(months.size), months - months[0], seasons])
    found = np.linalg.lstsq(basis, np.log(means), rcond=None)[0]
    freedom = months.size - basis.shape[1]
    variance = float(np.sum((np.log(means) - basis @ found) ** 2)) / freedom
    half = (
        float(stdtrit(freedom, 0.9)) * np.sqrt(variance * np.diag(np.linalg.pinv(basis.T @ basis)))[2:].max()
    )
    effects = np.append(found[2:], -found[2:].sum())
    factors = np.exp(np.roll(effects, -int(months[-1] + 1)))
    factors = factors / factors.mean()
    dates = f"{_name(int(months[0]))} to {_name(int(months[-1]))}"
    why = (
        f"of the months from {_name(int(months[-1]) + 1)} on, each within a factor {np.exp(half):.3g} in 80 %"
    )
    entry = Entry(
        key="demand.season",
        value=[float(f"{one:.4g}") for one in factors],
        source=source,
        date=dates,
        why=why,
    )
    top = float(factors.max())
    highest = Found(
        name="busiest month over the mean", value=top, low=top / np.exp(half), high=top * np.exp(half)
    )
    return (entry,), (highest,)


def _monthly(hours: Hours, start: datetime) -> tuple[Floats, Floats]:
    """Months since year 0 of which most hours are known, (m,), and their means, (m,)."""
    first = start.replace(minute=0, second=0, microsecond=0)
    days = [first + timedelta(hours=24 * day) for day in range(hours.values.size // 24)]
    daily = hours.values[: len(days) * 24].reshape(-1, 24)
    month = np.array([day.year * 12 + day.month - 1 for day in days])
    kept, means = [], []
    for one in np.unique(month):
        values = daily[month == one]
        if len(values) >= 28 and np.isnan(values).mean() < _MOST_UNKNOWN and np.nansum(values) > 0:
            kept.append(int(one))
            means.append(float(np.nanmean(values)))
    return np.array(kept, dtype=np.float64), np.array(means)


def _name(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02}"
