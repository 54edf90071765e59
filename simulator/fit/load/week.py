"""Hours of a week: their profile, what it says of hours to come, and how far that was off before.

An hour is expected to be the level of the last weeks times the profile of its hour: the mean of that hour of
earlier weeks, drawn towards day × hour of day as far as hours vary more than what that leaves out. How many
weeks make the level, and how far off that is, are read from forecasts made from earlier days. Misses
are in standard deviations of variance φ m + κ² m² for an expected m: Poisson's with a factor, and what strays
in proportion. Hours of one week err together, which of few weeks is known as by Student's t.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls
from scipy.special import ndtri, stdtrit

from simulator.arrays import Floats, Ints

WEEK, DAY = 168, 24
LEAST_HOURS = 96
LEVEL_WEEKS = (1, 2, 4, 8)
"""The level may be that of so many last weeks."""
MOST_ORIGINS = 28
_MOST_WEEKS = 1e6
_LEAST_MISSES = 100
"""Number of misses of a week ahead from which on it has quantiles of its own."""


@dataclass(frozen=True, kw_only=True)
class Hours:
    """Counts of hours, (n,), nan where not known; the first is hour ``first`` of a week from Monday on."""

    values: Floats
    first: int

    def until(self, count: int) -> "Hours":
        """The first ``count`` hours."""
        return Hours(values=self.values[:count], first=self.first)

    def places(self, begin: int, end: int) -> Ints:
        """Hours of the week of the hours from ``begin`` to ``end``."""
        return (self.first + np.arange(begin, end)) % WEEK


@dataclass(frozen=True, kw_only=True)
class Misses:
    """The errors of earlier forecasts, in standard deviations, by whole weeks ahead."""

    poisson: float
    """Factor φ of the variance in proportion to the mean."""
    proportional: float
    """Factor κ² of the variance in proportion to the squared mean."""
    by_week: tuple[Floats, ...]
    wider: float
    """Factor by which a fit to few weeks widens its intervals."""

    def ends(self, expected: Floats, share: float) -> Floats:
        """The count below which the share of hours lies, for what is expected of the next hours, (h,)."""
        weeks = np.minimum(np.arange(expected.size) // WEEK, len(self.by_week) - 1)
        at = self.wider * np.array([np.quantile(misses, share) for misses in self.by_week])
        ends: Floats = np.maximum(expected + at[weeks] * self.scale(expected), 0.0)
        return ends

    def scale(self, expected: Floats) -> Floats:
        """Standard deviations of what comes, (h,)."""
        scales: Floats = np.sqrt(self.poisson * expected + self.proportional * expected**2)
        return np.maximum(scales, 1e-9)


def profile_of(hours: Hours) -> Floats:
    """Weights of the 168 hours of a week, (168,), with mean 1."""
    known = np.isfinite(hours.values)
    places = hours.places(0, hours.values.size)[known]
    counts: Ints = np.bincount(places, minlength=WEEK).astype(np.int64)
    sums: Floats = np.bincount(places, weights=hours.values[known], minlength=WEEK).astype(np.float64)
    mean = max(float(sums.sum() / counts.sum()), 1e-12)
    of_day = _shares(sums, counts, np.arange(WEEK) // DAY, mean)
    ends = np.arange(WEEK) // DAY >= 5
    of_hour = _shares(sums, counts, np.arange(WEEK) % DAY + DAY * ends, mean)
    daily = _shares(sums, counts, np.arange(WEEK) % DAY, mean)
    kind = _shares(sums, counts, ends.astype(np.int64), mean)
    unknown = np.bincount(ends, weights=counts)[ends.astype(np.int64)] < 2 * DAY
    drawn_to = mean * np.where(unknown, daily * of_day, of_hour * of_day / np.maximum(kind, 1e-12))
    floor = np.maximum(drawn_to, 1e-12)
    like = _weeks_of_structure(hours.values[known] / floor[places], places, counts)
    profile = (sums + like * drawn_to) / (counts + like)
    weights: Floats = profile / max(float(profile.mean()), 1e-12)
    return weights


@dataclass(frozen=True, kw_only=True)
class Foretold:
    """The forecast of the next hours, (h,), with the errors of earlier forecasts."""

    expected: Floats
    misses: Misses

    def ends(self, share: float) -> Floats:
        """The counts below which the share of hours lies, (h,)."""
        return self.misses.ends(self.expected, share)


def foretold(hours: Hours, ahead: int) -> Foretold:
    """Say what the next ``ahead`` hours will be."""
    tried = {weeks: _earlier(hours, ahead, weeks) for weeks in LEVEL_WEEKS}
    weeks = min(tried, key=lambda one: float(np.sum(np.abs(tried[one][1] - tried[one][0]))))
    known = max(int(np.isfinite(hours.values).sum()) // WEEK, 1)
    few = float(stdtrit(known, 0.9) / ndtri(0.9)) ** 2 - 1
    return Foretold(expected=_expected(hours, ahead, weeks), misses=_misses(*tried[weeks], few=few))


def _expected(hours: Hours, ahead: int, weeks: int) -> Floats:
    profile, size = profile_of(hours), hours.values.size
    begin = max(size - weeks * WEEK, 0)
    known = np.isfinite(hours.values[begin:])
    while not known.any() and begin:
        begin = max(begin - WEEK, 0)
        known = np.isfinite(hours.values[begin:])
    weights = profile[hours.places(begin, size)[known]]
    level = float(hours.values[begin:][known].sum() / max(weights.sum(), 1e-12))
    forecast: Floats = level * profile[hours.places(size, size + ahead)]
    return forecast


def _misses(said: Floats, came: Floats, lead: Floats, *, few: float) -> Misses:
    over = np.maximum(said, 1e-9)
    basis = np.stack([said, said**2], axis=1) / over[:, None]
    poisson, proportional = nnls(basis, (came - said) ** 2 / over)[0]
    found = {"poisson": max(float(poisson), 1e-9), "proportional": float(proportional)}
    off = (came - said) / Misses(**found, by_week=(), wider=1.0).scale(said)
    stretch = np.cumsum(np.diff(lead, prepend=-1.0) <= 0) * 1_000 + lead // WEEK
    groups = np.unique(stretch, return_inverse=True)[1]
    together = (np.bincount(groups, weights=off) / np.bincount(groups))[groups]
    wider = float(np.sqrt(1 + few * np.sum(together**2) / max(float(np.sum(off**2)), 1e-12)))
    by_week: list[Floats] = []
    for week in range(int(lead.max()) // WEEK + 1):
        own = off[lead // WEEK == week]
        by_week.append(own if own.size >= _LEAST_MISSES or not by_week else by_week[-1])
    return Misses(**found, by_week=tuple(by_week), wider=wider)


def _earlier(hours: Hours, ahead: int, weeks: int) -> tuple[Floats, Floats, Floats]:
    """Give forecast, count and hours ahead of all earlier origins, (k,) each."""
    size = hours.values.size
    first = max(min(2 * WEEK, size // 2), 2 * DAY)
    every = max((size - first) // MOST_ORIGINS // DAY, 1) * DAY
    parts = []
    for origin in range(first, size - DAY + 1, every):
        came = hours.values[origin : origin + ahead]
        known = np.isfinite(came)
        said = _expected(hours.until(origin), came.size, weeks)
        parts.append(np.stack([said[known], came[known], np.flatnonzero(known).astype(np.float64)]))
    said, came, lead = np.concatenate(parts, axis=1)
    return said, came, lead


def _weeks_of_structure(ratios: Floats, places: Ints, counts: Ints) -> float:
    """Give the weeks that day × hour of day is worth: variance of an hour over that of the rest.

    Else the busiest of 168 noisy means would stand for the peak.
    """
    means = np.bincount(places, weights=ratios, minlength=WEEK) / np.maximum(counts, 1)
    again = counts[places] > 1
    freedom = int(np.sum(counts[counts > 1] - 1))
    if not freedom:
        return 1.0
    noise = float(np.sum((ratios - means[places])[again] ** 2)) / freedom
    seen = counts > 0
    left_out = float(np.mean((means[seen] - 1) ** 2 - noise / counts[seen]))
    return float(np.clip(noise / max(left_out, 1e-12), 0.0, _MOST_WEEKS)) if noise > 0 else 0.0


def _shares(
    sums: Floats,
    counts: Ints,
    group: Ints,
    mean: float,
) -> Floats:
    """The mean of each cell's group over the whole mean; 1 where a group has no hour."""
    of, known = np.bincount(group, weights=sums), np.bincount(group, weights=counts)
    shares = np.where(known > 0, of / np.maximum(known, 1) / mean, 1.0)
    cells: Floats = shares[group]
    return cells
