"""Risk as likelihood x impact, after NIST SP 800-30 (rev. 1, 2012), table I-2.

The impact levels start at shares of planned revenue that the scenario gives; the likelihood of a level
is P(loss >= its start), in half-open bins cut at 5, 21, 80 and 96 % (NIST's scores read as
probabilities: our reading). The rating is the highest cell over the five levels.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.arrays import Floats
from simulator.risk.estimates import Estimate, cvar, probability

LEVELS = ("very low", "low", "medium", "high", "very high")
LIKELIHOOD_CUTS = (0.05, 0.21, 0.80, 0.96)
CELLS = (
    (0, 0, 0, 1, 1),
    (0, 1, 1, 1, 2),
    (0, 1, 2, 2, 3),
    (0, 1, 2, 3, 4),
    (0, 1, 2, 3, 4),
)
"""Index in ``LEVELS`` of the risk, by likelihood (rows) and impact (columns), both from very low up."""
LABELS = ("low", "low", "medium", "high", "very high")
"""The four words in which a plan states its risk, for each of ``LEVELS``."""
RATING_CONFIDENCE = 0.90


@dataclass(frozen=True, kw_only=True)
class ImpactLevel:
    """One column of the table: how likely a loss of at least ``start_share`` is."""

    level: str
    start_share: float
    likelihood: str
    probability: Estimate
    """Probability of such a loss, with Wilson's 90 % interval."""
    cell: str


@dataclass(frozen=True, kw_only=True)
class Rating:
    """The highest cell, and what the number of runs leaves open."""

    rating: str
    range: tuple[str, str]
    """Ratings at the low and the high ends of the levels' intervals."""
    likelihood: str
    impact_level: str
    """Impact level of the highest cell; of several, the one with the likeliest loss."""
    probability: Estimate
    probability_12_months: float
    cvar95_share: Estimate
    levels: tuple[ImpactLevel, ...]


def likelihood_index(share: float) -> int:
    """Give the index in ``LEVELS`` of a probability.

    >>> [LEVELS[likelihood_index(share)] for share in (0.049, 0.05, 0.79, 0.8, 0.96)]
    ['very low', 'low', 'medium', 'high', 'very high']
    """
    return bisect_right(LIKELIHOOD_CUTS, share)


def rate(loss_share: Floats, starts: Sequence[float], horizon_months: int) -> Rating:
    """Rate losses given as shares of planned revenue, (l,), by impact levels that start at ``starts``, (5,).

    >>> import numpy as np
    >>> rate(np.full(100, 0.03), (0, 0.001, 0.005, 0.02, 0.05), 12).rating
    'high'
    """
    chances = [probability(loss_share >= start, RATING_CONFIDENCE) for start in starts]
    cells = _cells([chance.estimate for chance in chances])
    first = cells.index(max(cells))
    ends = (_cells([chance.low for chance in chances]), _cells([chance.high for chance in chances]))
    levels = tuple(
        ImpactLevel(
            level=LEVELS[impact],
            start_share=starts[impact],
            likelihood=LEVELS[likelihood_index(chance.estimate)],
            probability=chance,
            cell=LEVELS[cells[impact]],
        )
        for impact, chance in enumerate(chances)
    )
    return Rating(
        rating=LABELS[cells[first]],
        range=(LABELS[max(ends[0])], LABELS[max(ends[1])]),
        likelihood=levels[first].likelihood,
        impact_level=levels[first].level,
        probability=chances[first],
        probability_12_months=in_twelve_months(chances[first].estimate, horizon_months),
        cvar95_share=cvar(loss_share, 0.95),
        levels=levels,
    )


def in_twelve_months(share: float, horizon_months: int) -> float:
    """Probability within 12 months of what has probability ``share`` within the horizon, at an even hazard.

    >>> round(in_twelve_months(0.75, 24), 6)
    0.5
    """
    return 1 - float((1 - share) ** (12 / horizon_months))


def _cells(chances: Sequence[float]) -> list[int]:
    return [CELLS[likelihood_index(chance)][impact] for impact, chance in enumerate(chances)]
