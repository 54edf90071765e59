"""Time lost to communication, inside teams and between them."""

import numpy as np

from simulator.arrays import Floats, Ints


def communication_overhead_share(
    headcount: Ints, *, team_size: Floats, within_share: Floats, between_share: Floats
) -> Floats:
    """Give the share of everybody's time that goes into keeping each other informed.

    People stand in the fewest teams of at most ``team_size``, as equal as can be. With m teams of n = N / m
    people it is within n² + between m (m - 1) / 2: the n² law of Abdel-Hamid and Madnick (1991)
    inside a team, Brooks's count of pairs (1975) between teams. It never exceeds 1: a company past that point
    does nothing but talk, and is far beyond the critical threshold.

    Args:
        headcount: people present, (lanes,).
        team_size: most people in a team; below 1 it counts as 1, (lanes,).
        within_share: coefficient of n², a share of time, (lanes,).
        between_share: coefficient of the pairs of teams, a share of time, (lanes,).

    >>> one = np.ones(1)
    >>> shares = [
    ...     communication_overhead_share(
    ...         np.array([people]), team_size=size * one, within_share=0.0006 * one, between_share=0.001 * one
    ...     ).item()
    ...     for people, size in ((26, 100), (26, 7), (41, 100))
    ... ]
    >>> [round(share, 4) for share in shares]
    [0.4056, 0.0313, 1.0]
    """
    teams = np.ceil(headcount / np.maximum(team_size, 1.0))
    people = headcount / np.maximum(teams, 1.0)
    # In percent, as the law is published: so the sum rounds as it did when files gave percentages.
    percent = 100.0 * within_share * people * people + 100.0 * between_share * (teams * (teams - 1.0) / 2.0)
    return np.minimum(percent / 100.0, 1.0)
