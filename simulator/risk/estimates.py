"""A sample of independent runs estimates a figure, with its uncertainty.

Sums are ``math.fsum``, rounded once, so no figure depends on the order of the runs. A value of
+inf stands for a saturated week; it is kept where an order statistic falls on it. Runs that are independent
in groups alone have the error of their groups, see ``groups``.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import bdtr, ndtri, stdtrit

from simulator.arrays import Bools, Floats
from simulator.risk.groups import grouped_error

CONFIDENCE = 0.95
LEAST_TAIL = 2
ROUND_OFF = 1e-9
"""Slack when a rank is rounded up, so that 0.07 x 100 is rank 7 and not 8."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A figure, its standard error and its interval; nan where a sample is too small to tell."""

    estimate: float
    se: float
    low: float
    high: float


def mean(values: Floats, confidence: float = CONFIDENCE) -> Estimate:
    """Estimate a mean with Student's interval (Gosset, 1908); values of shape (l,), at least one.

    >>> found = mean(np.array([1.0, 2.0, 3.0, 4.0]))
    >>> round(found.estimate, 3), round(found.se, 3), round(found.low, 3)
    (2.5, 0.645, 0.446)
    """
    count = _count(values)
    if not np.isfinite(values).all():
        centre = math.inf if np.isinf(values).any() else math.nan
        return Estimate(estimate=centre, se=math.nan, low=math.nan, high=math.nan)
    centre = math.fsum(values) / count
    if count == 1:
        return Estimate(estimate=centre, se=math.nan, low=math.nan, high=math.nan)
    se, freedom = grouped_error(values) or (
        math.sqrt(math.fsum((values - centre) ** 2) / (count - 1) / count),
        count - 1,
    )
    half = float(stdtrit(freedom, (1 + confidence) / 2)) * se
    return Estimate(estimate=centre, se=se, low=centre - half, high=centre + half)


def paired_difference(first: Floats, second: Floats, confidence: float = CONFIDENCE) -> Estimate:
    """Estimate the mean of ``second - first`` over runs that share their draws, both of shape (l,)."""
    if len(first) != len(second):
        raise ValueError(f"paired runs must be as many, got {len(first)} and {len(second)}")
    return mean(second - first, confidence)


def rank(share: float, count: int) -> int:
    """Rank (1, …, count) of the nearest-rank quantile: the least with rank >= share x count (ISO 16269-4)."""
    return min(max(math.ceil(share * count - ROUND_OFF), 1), count)


def quantile(values: Floats, share: float) -> float:
    """Return the nearest-rank quantile of values of shape (l,), an order statistic.

    >>> quantile(np.array([3.0, 1.0, 2.0, math.inf]), 0.5), quantile(np.array([3.0, math.inf]), 0.95)
    (2.0, inf)
    """
    return float(np.sort(values)[rank(share, _count(values)) - 1])


def quantile_interval(values: Floats, share: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Return order statistics around a quantile, by the binomial law of ranks (David and Nagaraja, 2003).

    An end is infinite where the sample is too small to bound it: 8 runs do not bound a p95 from above. In
    groups the law of ranks is the interval of how many runs lie below (Woodruff, 1952).
    """
    count = _count(values)
    ordered = np.sort(values)
    if (below_it := in_groups(values <= quantile(values, share), confidence)) is not None:
        around = share + (below_it.low - below_it.estimate), share + (below_it.high - below_it.estimate)
        ranks = math.floor(around[0] * count), math.ceil(around[1] * count) + 1
        return (
            float(ordered[ranks[0] - 1]) if ranks[0] >= 1 else -math.inf,
            float(ordered[ranks[1] - 1]) if ranks[1] <= count else math.inf,
        )
    below = bdtr(np.arange(count, dtype=np.float64), count, share)  # P(k or fewer of n below)
    tail = (1 - confidence) / 2
    lower = int(np.count_nonzero(below <= tail))
    upper = int(np.count_nonzero(below < 1 - tail)) + 1
    return (
        float(ordered[lower - 1]) if lower >= 1 else -math.inf,
        float(ordered[upper - 1]) if upper <= count else math.inf,
    )


def weighted_quantile(values: Floats, weights: Floats, share: float) -> float:
    """Return the least value whose cumulative weight reaches ``share`` of all, both of shape (n,).

    >>> weighted_quantile(np.array([10.0, 20.0, 30.0]), np.array([1.0, 1.0, 2.0]), 0.5)
    20.0
    """
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    first = int(np.searchsorted(reached, share * reached[-1] - ROUND_OFF))
    return float(values[order][min(first, len(values) - 1)])


def probability(events: Bools, confidence: float = CONFIDENCE) -> Estimate:
    """Estimate a probability with Wilson's interval (1927); events of shape (l,).

    The standard error is the interval's half width over the normal quantile: at 0 or n of n
    events it is not 0, as that of the plain share would be.

    >>> found = probability(np.array([False] * 10))
    >>> found.estimate, round(found.low, 4), round(found.high, 4)
    (0.0, 0.0, 0.2775)
    """
    return in_groups(events, confidence) or wilson(int(np.count_nonzero(events)), _count(events), confidence)


def in_groups(shares: Floats | Bools, confidence: float = CONFIDENCE) -> Estimate | None:
    """Estimate a probability from events, or shares of them, of all runs of a study in groups, (l,).

    None for another sample, and where there is less than one event a group, or one that is none: what hardly
    ever happens does not differ enough between groups to say how sure it is.
    """
    values = shares.astype(np.float64)
    error = grouped_error(values)
    happened = math.fsum(values)
    if error is None or error[0] == 0 or min(happened, len(values) - happened) < error[1] + 1:
        return None
    found = mean(values, confidence)
    return replace(found, low=max(found.low, 0.0), high=min(found.high, 1.0))


def wilson(successes: float, count: int, confidence: float = CONFIDENCE) -> Estimate:
    """Estimate a probability from ``successes`` of ``count``; see ``probability``.

    Runs may succeed in part: shares within [0, 1] vary no more than events do (Bhatia and Davis, 2000).
    """
    z = float(ndtri((1 + confidence) / 2))
    share = successes / count
    shrink = 1 + z * z / count
    centre = (share + z * z / (2 * count)) / shrink
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / shrink
    low = 0.0 if successes == 0 else centre - half
    high = 1.0 if successes == count else centre + half
    return Estimate(estimate=share, se=half / z, low=low, high=high)


def cvar(values: Floats, share: float = 0.95, confidence: float = CONFIDENCE) -> Estimate:
    """Estimate the mean of the worst ``1 - share``, its boundary atom split (Rockafellar and Uryasev, 2002).

    The atom at the quantile counts only with the weight that fills the tail up to ``1 - share``. A tail of
    fewer than ``LEAST_TAIL`` runs cannot tell how sure it is.

    >>> cvar(np.array([0.0, 0.0, 0.0, 10.0]), 0.5).estimate
    5.0
    >>> cvar(np.array([1.0, 2.0, 3.0]), 0.5).estimate  # (3 + 2 / 2) / 1.5
    2.6666666666666665
    """
    count = _count(values)
    tail = (1 - share) * count
    whole = math.floor(tail + ROUND_OFF)
    part = max(tail - whole, 0.0)
    worst = np.sort(values)[::-1]
    if whole >= count or part <= ROUND_OFF:
        centre = math.fsum(worst[:whole]) / whole
    else:
        centre = math.fsum([*worst[:whole], part * worst[whole]]) / tail
    boundary = quantile(values, share)
    excess = mean(np.maximum(values - boundary, 0) / (1 - share), confidence)
    if tail < LEAST_TAIL:
        excess = Estimate(estimate=excess.estimate, se=math.nan, low=math.nan, high=math.nan)
    return Estimate(
        estimate=centre,
        se=excess.se,
        low=centre - (excess.estimate - excess.low),
        high=centre + (excess.high - excess.estimate),
    )


def _count(values: Floats | Bools) -> int:
    if values.ndim != 1 or not len(values):
        raise ValueError(f"a sample must be one axis of at least one run, got shape {values.shape}")
    return len(values)
