"""Four models of the growth of ln N, from date to date with noise.

d ln N = (a + Σ c f(N)) dt + σ dW, with the features f of a model 0 at today's users, so that ``a`` is today's
growth a month: noise is of the growth and stays in the path, as in the simulation. Coefficients follow by
least squares of the steps observed, and what is ahead in steps of a month at most.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import lsq_linear
from scipy.special import stdtr

from simulator.arrays import Floats

STEP_MONTHS = 1.0
_LEAST_SD = 1e-4
"""Counts that are smoother than this a month have been smoothed."""


@dataclass(frozen=True, kw_only=True)
class Model:
    """A way in which growth depends on the users that there are."""

    name: str
    features: tuple[Callable[[Floats], Floats], ...]
    """Functions of ln N less today's, (i,), that are 0 at 0."""
    low: tuple[float, ...]
    high: tuple[float, ...]
    """Bounds of the coefficients of the features, a month."""


MODELS = (
    Model(name="exponential", features=(), low=(), high=()),
    Model(name="slowing", features=(lambda x: x,), low=(-1.0,), high=(0.0,)),  # Gompertz, 1825
    Model(name="logistic", features=(np.expm1,), low=(-np.inf,), high=(0.0,)),  # Verhulst, 1838
    Model(  # Bass, 1969: adopters of their own accord ∝ 1 / N, of others' example falling with N
        name="Bass", features=(np.expm1, lambda x: np.expm1(-x)), low=(-np.inf, 0.0), high=(0.0, np.inf)
    ),
)


@dataclass(frozen=True, kw_only=True)
class Path:
    """Users at dates: months since the first, (i,), and ln N, (i,)."""

    months: Floats
    log_users: Floats

    def until(self, count: int) -> "Path":
        """Give the first ``count`` dates."""
        return Path(months=self.months[:count], log_users=self.log_users[:count])


@dataclass(frozen=True, kw_only=True)
class Grown:
    """A model fitted to a path."""

    model: Model
    start: float
    """ln N at the last date."""
    growth: Floats
    """a and the coefficients of the features, (p,), a month."""
    sd_month: float
    """σ: of the growth of a month."""
    covariance: Floats
    """Covariance of ``growth``, (p, p)."""
    freedom: int
    """Steps less coefficients."""


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """The forecast of ln N at some dates by a model: Student's t with these centres and scales, (h,)."""

    centre: Floats
    scale: Floats
    freedom: int

    def cumulated(self, values: Floats) -> Floats:
        """Give the share below each of ``values``, (h,)."""
        shares: Floats = stdtr(self.freedom, (values - self.centre) / self.scale)
        return shares


def fitted(model: Model, path: Path) -> Grown | None:
    """Fit one model to the steps of a path; None where there are too few of them, or it says nothing."""
    steps = np.diff(path.months)
    count, free = steps.size, 1 + len(model.features)
    if count < free + 1:
        return None
    start = float(path.log_users[-1])
    basis = _integrated(model, path, start) / np.sqrt(steps)[:, None]  # (i, p), noise alike in each row
    wanted = np.diff(path.log_users) / np.sqrt(steps)
    bounds = (np.array([-np.inf, *model.low]), np.array([np.inf, *model.high]))
    size = np.maximum(np.abs(basis).max(axis=0), 1e-12)
    found = lsq_linear(basis / size, wanted, bounds=(bounds[0] * size, bounds[1] * size))
    growth: Floats = found.x / size
    held = (growth[1:] <= bounds[0][1:] + 1e-12) | (growth[1:] >= bounds[1][1:] - 1e-12)
    if held.any():
        return None  # at a bound it is a simpler model, which is there
    freedom = count - free
    sd = max(float(np.sqrt(np.sum((wanted - basis @ growth) ** 2) / freedom)), _LEAST_SD)
    covariance: Floats = np.asarray(np.linalg.pinv(basis.T @ basis) * sd**2, np.float64)
    return Grown(model=model, start=start, growth=growth, sd_month=sd, covariance=covariance, freedom=freedom)


def ahead(grown: Grown, months: Floats) -> Ahead:
    """Say what a model expects ``months`` after its last date, (h,), ascending.

    Its scale holds the noise to come and what the fit leaves open of its coefficients.
    """
    small = np.sqrt(np.maximum(np.diag(grown.covariance), 1e-18))
    moved = [grown.growth]
    moved += [grown.growth + sign * shift for shift in np.diag(small) for sign in (1.0, -1.0)]
    paths, spread = _followed(grown, np.array(moved), months)
    slopes = (paths[1::2] - paths[2::2]) / (2 * small[:, None])  # (p, h)
    open_still = np.einsum("ph,pq,qh->h", slopes, grown.covariance, slopes)
    scale = np.sqrt(grown.sd_month**2 * spread + open_still)
    return Ahead(centre=grown.start + paths[0], scale=scale, freedom=grown.freedom)


def _integrated(model: Model, path: Path, start: float) -> Floats:
    """∫ dt and ∫ f dt over each step, along the straight line of ln N between its ends, by Simpson's rule."""
    x = path.log_users - start
    ends = (x[:-1], (x[:-1] + x[1:]) / 2, x[1:])
    steps = np.diff(path.months)
    over = [(f(ends[0]) + 4 * f(ends[1]) + f(ends[2])) / 6 * steps for f in model.features]
    return np.stack([steps, *over], axis=1)


def _followed(grown: Grown, growths: Floats, months: Floats) -> tuple[Floats, Floats]:
    """Follow ln N less today's for rows of coefficients, (r, p), and the variance of noise 1 in the first.

    Shapes (r, h) and (h,).
    """
    x, variance, now = np.zeros(len(growths)), 0.0, 0.0
    paths, spread = np.empty((len(growths), months.size)), np.empty(months.size)
    for place, at in enumerate(months):
        count = max(int(np.ceil((at - now) / STEP_MONTHS - 1e-9)), 1)
        for _ in range(count):
            step = (at - now) / count
            before = x[0]
            half = x + step / 2 * _drift(grown.model, growths, x)
            x = x + step * _drift(grown.model, growths, half)
            pull = _response(grown.model, growths[0], (before + x[0]) / 2)
            variance = variance * np.exp(2 * pull * step) + step * np.exp(pull * step)
        now = at
        paths[:, place], spread[place] = x, variance
    return paths, spread


def _drift(model: Model, growths: Floats, x: Floats) -> Floats:
    close = np.clip(x, -20.0, 20.0)
    drift: Floats = growths[:, 0] + sum(
        (growths[:, 1 + at] * f(close) for at, f in enumerate(model.features)), start=np.zeros(len(x))
    )
    return np.clip(drift, -2.0, 2.0)


def _response(model: Model, growth: Floats, x: float) -> float:
    """Give the change that a small deviation of ln N makes in its own growth."""
    near = np.array([x - 1e-4, x + 1e-4])
    low, high = _drift(model, np.stack([growth, growth]), near)
    return float(np.clip((high - low) / 2e-4, -2.0, 0.0))
