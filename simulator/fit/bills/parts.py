"""A monthly bill has a part that stays and one that grows with the users, by regression over the months."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.stats import t

from simulator.arrays import Floats
from simulator.fit.people.survival import TAIL, Estimate

FEWEST = 3
ROUNDING = 1e-9
"""A part that is no more of the other one is none."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """A line of the bill, in euros a month at the users of today."""

    fixed: Estimate
    growing: Estimate
    strays: float
    """Standard deviation of a month from the line, in euros."""

    @property
    def eur_month(self) -> float:
        """Both together."""
        return self.fixed.value + self.growing.value


def parts_of(eur: Floats, users: Floats, today: float | None = None) -> Parts:
    """Fit euros = fixed + growing x users / users of today, by least squares, neither below 0.

    The intervals are Student's. A part that would be below 0 is none, and the other is fitted alone.

    Args:
        eur: of each month, (m,).
        users: of each month, (m,); without their growth everything is fixed.
        today: users for whom the growing part is told; None for those of the last month.

    >>> users = np.array([100.0, 120.0, 150.0, 200.0])
    >>> found = parts_of(2_000 + 30 * users, users)
    >>> round(found.fixed.value), round(found.growing.value)
    (2000, 6000)
    """
    months, load = len(eur), users / (users[-1] if today is None else today)
    if months < FEWEST or np.ptp(load) < 1e-9:
        return Parts(fixed=_mean(eur), growing=_nothing(), strays=float(eur.std()))
    design = np.column_stack([np.ones(months), load])
    inverse = np.linalg.inv(design.T @ design)
    fixed, growing = (float(part) for part in inverse @ design.T @ eur)
    if growing <= ROUNDING * abs(fixed):
        return Parts(fixed=_mean(eur), growing=_nothing(), strays=float(eur.std(ddof=1)))
    if fixed <= ROUNDING * growing:
        return _through_nothing(eur, load)
    away = eur - design @ np.array([fixed, growing])
    strays = math.sqrt(float(away @ away) / (months - 2))
    wide = float(t.ppf(1 - TAIL, months - 2)) * strays * np.sqrt(np.diag(inverse))
    return Parts(
        fixed=_around(fixed, float(wide[0])), growing=_around(growing, float(wide[1])), strays=strays
    )


def _through_nothing(eur: Floats, load: Floats) -> Parts:
    months, squares = len(eur), float(load @ load)
    growing = float(load @ eur) / squares
    away = eur - growing * load
    strays = math.sqrt(float(away @ away) / (months - 1))
    half = float(t.ppf(1 - TAIL, months - 1)) * strays / math.sqrt(squares)
    return Parts(fixed=_nothing(), growing=_around(growing, half), strays=strays)


def _mean(eur: Floats) -> Estimate:
    months, mean = len(eur), float(eur.mean())
    if months < 2:
        return _around(mean, 0.0)
    return _around(mean, float(t.ppf(1 - TAIL, months - 1) * eur.std(ddof=1)) / math.sqrt(months))


def _nothing() -> Estimate:
    return Estimate(value=0.0, low=0.0, high=0.0)


def _around(value: float, half: float) -> Estimate:
    return Estimate(value=value, low=max(value - half, 0.0), high=value + half)
