"""The tail of a sum of independent times: waits that only some requests have, and work that all have.

Every time is exponential with some probability, else nothing; what is steadier has a constant part beside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from simulator.arrays import Floats

APART = 1.02
"""Ratio of means below which they are moved apart: the terms of close ones would cancel each other."""
SHORTEST = 1e-9


@dataclass(frozen=True, kw_only=True)
class Term:
    """One of the times, arrays of one shape."""

    share: Floats
    """Probability that a request has the time."""
    mean: Floats
    """Mean of the time among those who have it."""


def as_term(mean: Floats, scv: Floats) -> tuple[Term, Floats]:
    """A time of this mean and squared coefficient of variation, and the constant part beside it.

    Below 1 a constant and an exponential, above 1 an exponential that only some have: both moments are kept.

    >>> term, constant = as_term(np.array([2.0, 2.0]), np.array([0.25, 3.0]))
    >>> term.share, term.mean, constant
    (array([1. , 0.5]), array([1., 4.]), array([1., 0.]))
    """
    steady = np.minimum(scv, 1.0)
    moved = np.sqrt(steady) * mean
    rare = scv > 1.0
    return (
        Term(
            share=np.where(rare, 2.0 / (1.0 + scv), 1.0),
            mean=np.where(rare, mean * (1.0 + scv) / 2.0, moved),
        ),
        np.where(rare, 0.0, mean - moved),
    )


@dataclass(frozen=True, kw_only=True)
class Tail:
    """P(sum > t) as a sum of exponentials, ``weight`` e^(-t/``mean``), the longest last, (k, …) both."""

    weight: Floats
    mean: Floats

    def beyond(self, limit: Floats) -> Floats:
        """P(sum > limit); 1 at and below 0."""
        passed = np.zeros(limit.shape)
        for weight, mean in zip(self.weight, self.mean, strict=True):
            passed = passed + weight * np.exp(-np.maximum(limit, 0.0) / mean)
        return np.where(limit > 0, np.clip(passed, 0.0, 1.0), 1.0)


def tail_of(terms: Sequence[Term]) -> Tail:
    """The law of the sum, by partial fractions of its transform.

    A term's transform is 1 - p + p / (1 + ms), and the weight of its pole p times what the others' transforms
    are there. Means that are alike are taken two percent apart.

    >>> one = np.ones(1)
    >>> tail = tail_of([Term(share=one, mean=one), Term(share=0.5 * one, mean=3 * one)])
    >>> tail.beyond(np.array([2.0])).round(6)  # half of them e^-t, the others (3 e^(-t/3) - e^-t) / 2
    array([0.418897])
    """
    shares: Floats = np.empty((len(terms), *np.broadcast_shapes(*(term.mean.shape for term in terms))))
    means: Floats = np.empty(shares.shape)
    for k, term in enumerate(terms):
        shares[k], means[k] = term.share, term.mean
    np.maximum(means, SHORTEST, out=means)
    order = np.argsort(means, axis=0, kind="stable")
    shares, means = np.take_along_axis(shares, order, axis=0), np.take_along_axis(means, order, axis=0)
    for shorter, mean in pairwise(means):
        np.maximum(mean, shorter * APART, out=mean)
    weights = shares.copy()
    for k, mean in enumerate(means):
        others = np.arange(len(means)) != k
        of_others = shares[others]
        factors = 1.0 - of_others + of_others / (1.0 - means[others] / mean)
        weights[k] = np.multiply.reduce([weights[k], *factors], axis=0)
    return Tail(weight=weights, mean=means)
