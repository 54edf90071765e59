"""The Universal Scalability Law: throughput against load, with contention and coherence (Gunther, 1993).

X(N) = γN / (1 + α(N − 1) + βN(N − 1)). α is what must be done one at a time (it alone gives Amdahl's law),
β what each must agree on with each other; with β > 0 throughput has a peak and then falls.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.arrays import Floats
from simulator.queueing.laws import require


def slowdown(load: npt.ArrayLike, *, alpha: npt.ArrayLike, beta: npt.ArrayLike) -> Floats:
    """Give the factor by which a unit of work takes longer among ``load`` at once: 1 + α(N − 1) + βN(N − 1).

    Arguments of any shapes that broadcast.

    >>> float(slowdown(10, alpha=0.1, beta=0.01))
    2.8
    """
    contention, coherency = np.asarray(alpha, np.float64), np.asarray(beta, np.float64)
    require.not_negative(alpha=float(np.min(contention)), beta=float(np.min(coherency)))
    n = np.asarray(load, np.float64)
    return 1 + contention * (n - 1) + coherency * n * (n - 1)


def throughput(load: npt.ArrayLike, *, alpha: float, beta: float, gamma: float) -> Floats:
    """Give the throughput at each ``load``, X(N); ``gamma`` is the throughput at a load of 1."""
    require.positive(gamma=gamma)
    return gamma * np.asarray(load, np.float64) / slowdown(load, alpha=alpha, beta=beta)


def peak_load(*, alpha: float, beta: float) -> float:
    """Load at which throughput is highest, √((1 − α)/β); infinite without coherence, 0 where α passes 1.

    >>> round(peak_load(alpha=0.02773, beta=0.0001044), 1)
    96.5
    """
    require.not_negative(alpha=alpha, beta=beta)
    if beta == 0:
        return math.inf if alpha < 1 else 0.0
    return math.sqrt(max(1 - alpha, 0.0) / beta)


@dataclass(frozen=True, kw_only=True)
class Scalability:
    """The coefficients of a fit; ``gamma`` is in the unit of the measured throughput."""

    alpha: float
    beta: float
    gamma: float


def fit(load: npt.ArrayLike, measured: npt.ArrayLike) -> Scalability:
    """Fit α, β ≥ 0 and γ to measured throughput, by least squares of the throughput itself.

    γ is free, not the throughput measured at load 1, as in the R package *usl* (Moeding). A coefficient that
    would come out negative is held at 0: a forecast from it would rise without bound.

    Args:
        load: Load of each measurement, N, shape (i,): users, processors, replicas; above 0.
        measured: Throughput of each, shape (i,), above 0; at least 3, at 3 different loads.

    Raises:
        ValueError: Fewer than 3 different loads, unequal lengths, or a value that is not above 0.
    """
    n, x = np.asarray(load, np.float64), np.asarray(measured, np.float64)
    if n.ndim != 1 or n.shape != x.shape:
        raise ValueError(f"load and measured must be rows of one length, got shapes {n.shape} and {x.shape}")
    if (different := np.unique(n).size) < 3:
        raise ValueError(f"load must hold at least 3 different values, got {different}")
    for values, name in ((n, "load"), (x, "measured")):
        require.positive(**{name: float(np.min(values))}, **{f"largest {name}": float(np.max(values))})
    held = ((0, 1, 2), (0, 1), (0, 2), (0,))  # which of 1/γ, α/γ, β/γ are free: all, or α or β held at 0
    fits = [_least_squares(n, x, free) for free in held]
    return min((found for found in fits if found is not None), key=lambda found: found[0])[1]


def _least_squares(n: Floats, x: Floats, free: Sequence[int]) -> tuple[float, Scalability] | None:
    """Sum of squared errors and the fit with ``free`` coefficients, or None where one is not positive.

    In b = (1, α, β)/γ the law is X = N / (basis @ b): linear for N/X, which gives a start, and one
    Gauss-Newton step refines it: the derivative of X is −X²/N times the basis. A step is halved until it
    lowers the error.
    """
    basis = np.stack((np.ones_like(n), n - 1, n * (n - 1)), axis=1)[:, free]  # (i, free)
    b = np.linalg.lstsq(basis * (x * x / n)[:, None], x, rcond=None)[0]
    squares, model = _errors(basis, b, n, x)
    for _ in range(100):
        step = np.linalg.lstsq(-basis * (model * model / n)[:, None], x - model, rcond=None)[0]
        scale = 1.0
        while scale > 1e-9 and _errors(basis, b + scale * step, n, x)[0] >= squares:
            scale /= 2
        if scale <= 1e-9:
            break
        b = b + scale * step
        squares, model = _errors(basis, b, n, x)
    if not np.all(b > 0) or not math.isfinite(squares):
        return None
    inverse, *rest = (float(value) for value in b)
    shares = dict(zip(free[1:], rest, strict=True))
    return squares, Scalability(
        alpha=shares.get(1, 0.0) / inverse, beta=shares.get(2, 0.0) / inverse, gamma=1 / inverse
    )


def _errors(basis: Floats, b: npt.NDArray[np.floating], n: Floats, x: Floats) -> tuple[float, Floats]:
    """Give the sum of squared errors and the modelled throughput; infinite past a pole of the law."""
    inverse = basis @ b
    if not np.all(inverse > 0):
        return math.inf, x
    model = n / inverse
    return float(np.sum((x - model) ** 2)), model
