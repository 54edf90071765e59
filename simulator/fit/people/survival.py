"""Times until something happens are fitted, some of which have not ended: those last at least so long."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.special import betaincinv, gammainccinv, gammaln, gdtrc
from scipy.stats import chi2

from simulator.arrays import Bools, Floats, Ints
from simulator.fit.record import LEVEL

TAIL = (1 - LEVEL) / 2
_WORSE = float(chi2.ppf(LEVEL, 1)) / 2
"""The log-likelihood loses so much at the ends of an interval (Wilks, 1938)."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A value with the ends of its 80 % interval."""

    value: float
    low: float
    high: float

    def times(self, factor: float) -> "Estimate":
        """The same in another unit."""
        return Estimate(value=self.value * factor, low=self.low * factor, high=self.high * factor)


def kaplan_meier(times: Floats, ended: Bools) -> tuple[Floats, Floats]:
    """Share that lasts longer than each time at which something ended (Kaplan and Meier, 1958).

    Args:
        times: until the end, or until it was last seen, (n,).
        ended: False where it has not ended, (n,).

    Returns:
        Times in order and the shares, both (k,).

    >>> kaplan_meier(np.array([1.0, 2.0, 2.0, 3.0]), np.array([True, True, False, True]))
    (array([1., 2., 3.]), array([0.75, 0.5 , 0.  ]))
    """
    at, shares, left = np.unique(times[ended]), [], 1.0
    for time in at:
        there = np.count_nonzero(times >= time)
        left *= 1 - np.count_nonzero((times == time) & ended) / there
        shares.append(left)
    return at, np.array(shares)


def share_of_ends(times: Floats, kinds: Ints, kind: int) -> float:
    """Share that ends in one way of several, were all to end (Aalen and Johansen, 1978).

    What has not ended counts as those that lasted as long as it; leaving it out would take
    the quick for all.

    Args:
        times: until the end, or until it was last seen, (n,).
        kinds: how it ended, from 1 on; 0 where it has not, (n,).
        kind: the way that is asked for.

    >>> share_of_ends(np.array([1.0, 1.0, 5.0, 9.0]), np.array([1, 1, 0, 2]), 1)
    0.5
    """
    shares: dict[int, float] = {}
    left = 1.0
    for time in np.unique(times[kinds > 0]):
        there = np.count_nonzero(times >= time)
        here = times == time
        for way in np.unique(kinds[here & (kinds > 0)]):
            shares[int(way)] = (
                shares.get(int(way), 0.0) + left * np.count_nonzero(here & (kinds == way)) / there
            )
        left *= 1 - np.count_nonzero(here & (kinds > 0)) / there
    whole = sum(shares.values())
    return float(shares.get(kind, 0.0) / whole) if whole else 0.0


def share_interval(share: float, count: int) -> Estimate:
    """A share of so many, with the interval of Jeffreys' prior: Beta(k + 1/2, n - k + 1/2)."""
    of = share * count + 0.5, count - share * count + 0.5
    low, high = float(betaincinv(*of, TAIL)), float(betaincinv(*of, 1 - TAIL))
    return Estimate(value=share, low=min(low, share), high=max(high, share))


def rate_interval(events: float, exposure: float, *, dispersion: float = 1.0) -> Estimate:
    """Give events over the time for them, as a gamma variate of (n + 1/2) / dispersion events."""
    shape, scale = (events + 0.5) / dispersion, dispersion / exposure
    low, high = (float(gammainccinv(shape, 1 - tail)) * scale for tail in (TAIL, 1 - TAIL))
    value = events / exposure
    return Estimate(value=value, low=min(low, value), high=max(high, value))


def gamma_mean(times: Floats, ended: Bools, shape: int) -> Estimate | None:
    """Mean of gamma times of a known shape, some of which have not ended, by likelihood; None where none has.

    A shape of 1 is the exponential law, whose mean is the time of all over the number that ended. The ends of
    the interval are where the likelihood is as much worse as 80 % allow (Wilks, 1938).

    >>> gamma_mean(np.array([1.0, 2.0, 3.0]), np.array([True, True, False]), 1).value
    3.0
    """
    count = int(np.count_nonzero(ended))
    if not count:
        return None
    total = float(times.sum())
    if shape == 1:
        best = total / count
    else:
        ends = np.log(total / len(times) / 100), np.log(total / count * 100)
        found = minimize_scalar(
            lambda log: -_likelihood(times, ended, shape, float(np.exp(log))), bounds=ends, method="bounded",
            options={"xatol": 1e-9},
        )  # fmt: skip
        best = float(np.exp(found.x))
    most = _likelihood(times, ended, shape, best)

    def worse(mean: float) -> float:
        return most - _likelihood(times, ended, shape, mean) - _WORSE

    return Estimate(value=best, low=_crossed(worse, best, 1 / 1.3), high=_crossed(worse, best, 1.3))


def _crossed(worse: Callable[[float], float], best: float, factor: float) -> float:
    end = best
    while worse(end) < 0:
        end *= factor
    return float(brentq(worse, *sorted((end / factor, end)), xtol=1e-12))


def _likelihood(times: Floats, ended: Bools, shape: int, mean: float) -> float:
    rate = shape / mean
    seen, open_ = times[ended], times[~ended]
    density = shape * np.log(rate) + (shape - 1) * np.log(seen) - rate * seen - gammaln(shape)
    return float(density.sum() + np.log(np.maximum(gdtrc(rate, shape, open_), 1e-300)).sum())
