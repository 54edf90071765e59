"""Incidents tell how many come a week, how unevenly, and how long they last."""

import math

import numpy as np
from scipy.special import ndtr
from scipy.stats import chi2, t

from simulator.arrays import Floats, Ints
from simulator.fit.fragment import Entry
from simulator.fit.people.columns import days_of, has, in_order, needed, positive_of, said, span
from simulator.fit.people.pictures import curves
from simulator.fit.people.survival import TAIL, Estimate, rate_interval
from simulator.fit.record import Fitted, Found
from simulator.fit.tables import Table
from simulator.units import DAYS_PER_WEEK

COLUMNS = ("began", "ended")
HOURS_PER_DAY, FEWEST = 24, 3


def fit_incidents(table: Table, last: float | None, since: float | None) -> Fitted:
    """Fit rate, dispersion and durations.

    Args:
        table: of ``began`` and ``ended``, empty while it lasts, and maybe ``staff_hours``.
        last: days since 1970 up to which the file tells; None for its last date.
        since: from which on it tells; None for its first date.

    Raises ScenarioError with line and column of what cannot be.
    """
    began, ended = needed(table, "began", days_of(table, "began")), days_of(table, "ended")
    in_order(table, "began", "ended", began, ended)
    first = min(began) if since is None else since
    until = max([*began, *(day for day in ended if day is not None)]) if last is None else last
    for at, day in enumerate(began):
        if not first <= day <= until:
            table.wrong(
                at, "began", f"must lie between {said(first)} and {said(until)}, of which the file tells"
            )
    counts = np.bincount(((np.array(began) - first) // DAYS_PER_WEEK).astype(int))
    whole = max(int((until - first) // DAYS_PER_WEEK), 1)
    counts = np.pad(counts, (0, max(whole - len(counts), 0)))[:whole]
    notes = list[str]()
    strays = _dispersion(counts)
    rate = rate_interval(float(counts.sum()), float(whole), dispersion=strays.value)
    if strays.low < 1:
        notes.append(f"A dispersion of {strays.value:.2f} is not beyond the chance of Poisson counts.")
    fits = {"incidents.incidents_week": (rate, "1/week", f"incidents of {whole} whole weeks")}
    fits["incidents.dispersion"] = (strays, "", "variance over mean of weekly counts, at least 1")
    pairs = [(day, end) for day, end in zip(began, ended, strict=True) if end is not None and end > day]
    hours = [(end - day) * HOURS_PER_DAY for day, end in pairs]
    left_out = len(began) - len(hours)
    if left_out:
        notes.append(f"Not ended, or over at once: {left_out}, which tell no duration.")
    parts = []
    if len(hours) >= FEWEST:
        median, sigma = lognormal(np.array(hours))
        fits["incidents.duration_median_hours"] = (median, "h", "lognormal")
        fits["incidents.duration_sigma"] = (sigma, "", "standard deviation of the logarithm")
        parts.append(("still lasting", _seen(np.array(hours)), _law(median.value, sigma.value, max(hours))))
    else:
        notes.append(f"Durations are not fitted to fewer than {FEWEST} incidents.")
    if has(table, "staff_hours"):
        fits["incidents.staff_hours"] = (
            _mean(np.array(positive_of(table, "staff_hours"))),
            "person-hours",
            "mean",
        )
    source, dates = table.file.name, span([first], until)
    caption = "Share of the incidents that last longer, over hours."
    return Fitted(
        title="Incidents",
        source=source,
        dates=dates,
        found=tuple(
            Found(name=key.rpartition(".")[2], value=of.value, low=of.low, high=of.high, unit=unit)
            for key, (of, unit, _) in fits.items()
        ),
        entries=tuple(
            Entry(key=key, value=of.value, low=of.low, high=of.high, source=source, date=dates, why=why)
            for key, (of, _, why) in fits.items()
        ),
        notes=tuple(notes),
        figure=curves("incidents", "Incidents: how long they last", caption, "hours", parts)
        if parts
        else None,
    )


def lognormal(values: Floats) -> tuple[Estimate, Estimate]:
    """Median and standard deviation of the logarithm, with the intervals of Student and of chi-square.

    >>> median, sigma = lognormal(np.exp(np.array([-1.0, 0.0, 1.0])))
    >>> median.value, sigma.value
    (1.0, 1.0)
    """
    logs, count = np.log(values), len(values)
    mean, sigma = float(logs.mean()), float(logs.std(ddof=1))
    half = float(t.ppf(1 - TAIL, count - 1)) * sigma / math.sqrt(count)
    low, high = (sigma * math.sqrt((count - 1) / float(chi2.ppf(q, count - 1))) for q in (1 - TAIL, TAIL))
    median = Estimate(value=math.exp(mean), low=math.exp(mean - half), high=math.exp(mean + half))
    return median, Estimate(value=sigma, low=low, high=high)


def _dispersion(counts: Ints) -> Estimate:
    """Give variance over mean, at least 1, its interval by chi-square.

    Its degrees of freedom are those that give it the variance of a negative binomial's: of Poisson counts
    they are n - 1, and the heavier tails of others leave fewer.
    """
    weeks, mean = len(counts), float(counts.mean())
    if weeks < FEWEST or not mean:
        return Estimate(value=1.0, low=1.0, high=1.0)
    of = float(counts.var(ddof=1)) / mean
    strays = max(of, 1.0)
    kurtosis = 6 * (strays - 1) / mean + 1 / (strays * mean)
    skew_and_mean = 2 * (2 - 1 / strays) * strays / mean
    relative = 2 / (weeks - 1) + (kurtosis + strays / mean - skew_and_mean) / weeks
    free = 2 / relative
    low, high = (free * of / float(chi2.ppf(q, free)) for q in (1 - TAIL, TAIL))
    return Estimate(value=strays, low=low, high=max(high, 1.0))


def _mean(values: Floats) -> Estimate:
    there = values[~np.isnan(values)]
    mean = float(there.mean())
    half = (
        float(t.ppf(1 - TAIL, len(there) - 1) * there.std(ddof=1)) / math.sqrt(len(there))
        if len(there) > 1
        else 0.0
    )
    return Estimate(value=mean, low=max(mean - half, 0.0), high=mean + half)


def _seen(hours: Floats) -> tuple[Floats, Floats]:
    at = np.sort(hours)
    return at, 1 - np.arange(1, len(at) + 1) / len(at)


def _law(median: float, sigma: float, most: float) -> tuple[Floats, Floats]:
    at = np.linspace(most / 100, most, 100)
    return at, ndtr(-np.log(at / median) / sigma)
