"""Models mixed by weight: each counts by how it foretold dates that it had not seen.

For every origin in the later part of a path each model is fitted to what is before, and says how likely the
next dates were. The weight is exp of the mean log density over all pairs of origin and date, times half of
the dates: neighbours err together (pseudo-Bayesian averaging; Yao and others, 2018).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, stdtrit

from simulator.arrays import Floats
from simulator.fit.growth.models import MODELS, Ahead, Grown, Path, ahead, fitted

ORIGINS = 16
"""Largest number of dates from which the rest is forecast."""
HORIZON = 4
"""Each foretells so many dates."""
LEAST_STEPS = 3
_IMPOSSIBLE = -20.0


@dataclass(frozen=True, kw_only=True)
class Mixed:
    """Fitted models and their weights, (m,), which add up to 1."""

    models: tuple[Grown, ...]
    weights: Floats

    def quantile(self, months: Floats, share: float) -> Floats:
        """Give ln N below which the share lies ``months`` after the last date, (h,)."""
        parts = [ahead(grown, months) for grown in self.models]
        ends = [part.centre + part.scale * stdtrit(part.freedom, share) for part in parts]
        low, high = np.min(ends, axis=0), np.max(ends, axis=0)
        for _ in range(60):
            middle = (low + high) / 2
            below = self._cumulated(parts, middle) < share
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        halfway: Floats = (low + high) / 2
        return halfway

    def _cumulated(self, parts: Sequence[Ahead], values: Floats) -> Floats:
        cumulated: Floats = np.einsum("m,mh->h", self.weights, [part.cumulated(values) for part in parts])
        return cumulated


def mixed(path: Path) -> Mixed:
    """Fit every model to a path of at least ``LEAST_STEPS`` steps, and weigh them."""
    found = [grown for model in MODELS if (grown := fitted(model, path)) is not None]
    if len(found) == 1:
        return Mixed(models=tuple(found), weights=np.ones(1))
    scores = _scores(path, [grown.model.name for grown in found])
    weights = np.exp(scores - scores.max())
    return Mixed(models=tuple(found), weights=weights / weights.sum())


def _scores(path: Path, names: Sequence[str]) -> Floats:
    """Log density of what came, for each model; one that cannot be fitted says what the exponential does."""
    last = path.months.size
    first = max(LEAST_STEPS + 1, last // 3)
    origins = np.unique(np.linspace(first, last - 1, min(ORIGINS, max(last - first, 1))).astype(int))
    origins = origins[origins < last]
    if not origins.size or first >= last:
        return np.zeros(len(names))
    totals, pairs = np.zeros(len(names)), 0
    for origin in origins:
        before = path.until(int(origin))
        upto = int(origin) + HORIZON
        months = path.months[origin:upto] - before.months[-1]
        came = path.log_users[origin:upto]
        plain = fitted(MODELS[0], before)
        assert plain is not None
        for at, name in enumerate(names):
            model = next(one for one in MODELS if one.name == name)
            said = ahead(fitted(model, before) or plain, months)
            totals[at] += np.sum(np.maximum(_log_density(said, came), _IMPOSSIBLE))
        pairs += came.size
    scores: Floats = totals / pairs * (last - first) / 2
    return scores


def _log_density(said: Ahead, values: Floats) -> Floats:
    k, z = said.freedom, (values - said.centre) / said.scale
    constant = gammaln((k + 1) / 2) - gammaln(k / 2) - np.log(k * np.pi) / 2
    density: Floats = constant - np.log(said.scale) - (k + 1) / 2 * np.log1p(z * z / k)
    return density
