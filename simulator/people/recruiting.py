"""The yields of a funnel imply hires before a single candidate is simulated.

Plain numbers for planning and for the reader, not part of the week.
"""

import math
from collections.abc import Sequence

import numpy as np
from scipy.special import gammaln, xlogy

from simulator.arrays import Floats
from simulator.units import WEEKS_PER_YEAR


def hire_share(pass_shares: Sequence[float]) -> float:
    """Give the share of candidates who come through every stage.

    >>> round(hire_share([0.3, 15 / 30, 8 / 15, 4 / 8, 2 / 4, 1 / 2]), 12)
    0.01
    """
    return math.prod(pass_shares)


def reach_probability(candidates: int, hires: int, share: float) -> float:
    """Give the probability of at least so many hires: the upper tail of Binomial(candidates, share).

    Raises:
        ValueError: if ``share`` is not inside (0, 1].

    >>> [round(reach_probability(100 * hires, hires, 0.01), 2) for hires in (8, 20, 50)]
    [0.55, 0.53, 0.52]
    """
    if not 0 < share <= 1:
        raise ValueError(f"share must be above 0 and at most 1, got {share:g}")
    if hires > candidates:
        return 0.0
    if share == 1:
        return 1.0
    odds = math.log(share), math.log1p(-share)
    below = math.fsum(
        math.exp(_log_choose(candidates, k) + k * odds[0] + (candidates - k) * odds[1]) for k in range(hires)
    )
    return max(0.0, 1.0 - below)


def candidates_needed(hires: int, share: float, *, probability: float) -> int:
    """Give the fewest candidates with at least this probability of so many hires.

    Raises:
        ValueError: if ``probability`` is not inside [0, 1), or ``share`` not inside (0, 1].

    >>> [candidates_needed(hires, 0.01, probability=0.8) for hires in (8, 20, 50)]
    [1022, 2362, 5580]
    """
    if not 0 <= probability < 1:
        raise ValueError(f"probability must be at least 0 and below 1, got {probability:g}")
    high = max(hires, 1)
    while reach_probability(high, hires, share) < probability:
        high *= 2
    low = hires
    while low < high:  # the tail rises with the number of candidates, so halving finds the first
        middle = (low + high) // 2
        if reach_probability(middle, hires, share) < probability:
            low = middle + 1
        else:
            high = middle
    return low


def filled_probability(
    opened: Sequence[int], *, leavers_week: Sequence[float], hires_week: float, process_weeks: float
) -> float:
    """Probability that no position is left open at the end, where positions wait for finalists as jobs do.

    What is open in a week is what was, and what opens, and whom leavers leave behind, less those who pass the
    last stage, and never below nothing (Lindley, 1952). Leavers and finalists are Poisson, and nobody waits
    for an interviewer.

    Args:
        opened: positions that the plan opens, week by week.
        leavers_week: mean of those who leave and are replaced, week by week.
        hires_week: mean of those who pass the last stage, once the first can have.
        process_weeks: from the application to the end of the last stage.

    >>> year = [0.0] * 52
    >>> round(filled_probability([8, *[0] * 51], leavers_week=year, hires_week=0.2, process_weeks=3.0), 3)
    0.761
    >>> round(reach_probability(980, 8, 0.01), 3)
    0.763
    """
    most = sum(opened) + _most(sum(leavers_week))
    waiting = np.zeros(most + 1)
    waiting[0] = 1.0
    for week, (more, leavers) in enumerate(zip(opened, leavers_week, strict=True)):
        waiting = np.concatenate([np.zeros(more), waiting])[: most + 1]
        waiting = np.convolve(waiting, _poisson(leavers))[: most + 1]
        come = _poisson(hires_week * min(max(week + 1 - process_weeks, 0.0), 1.0))
        less = np.convolve(waiting, come[::-1])
        waiting = less[len(come) - 1 :]
        waiting[0] += less[: len(come) - 1].sum()
    return float(waiting[0])


def hours_per_hire(
    pass_shares: Sequence[float], interview_hours: Sequence[float], panels: Sequence[int]
) -> list[float]:
    """Interviewers' hours that each stage takes for one hire, on average.

    Args:
        pass_shares: of each stage.
        interview_hours: of one interviewer, for one candidate who comes to the stage; 0 where none is needed.
        panels: interviewers in the room.

    >>> shares = [0.3, 15 / 30, 8 / 15, 4 / 8, 2 / 4, 1 / 2]
    >>> hours = hours_per_hire(shares, [0.0, 0.0, 0.75, 2.0, 1.0, 0.0], [1, 1, 1, 1, 3, 1])
    >>> [round(stage, 6) for stage in hours], round(sum(hours), 6)
    ([0.0, 0.0, 11.25, 16.0, 12.0, 0.0], 39.25)
    """
    stages = zip(interview_hours, panels, strict=True)
    return [hours * panel / math.prod(pass_shares[index:]) for index, (hours, panel) in enumerate(stages)]


def interviewer_hours_week(hires: float, hours_per_hire: float, *, horizon_months: int) -> float:
    """Give the hours a week that one person gives to hiring, if every hire takes so many of theirs.

    A CTO who takes every technical interview and sits in every final one gives 8 x 2 h + 4 x 1 h for each.

    >>> plans = ((8, 12), (20, 18), (50, 24))
    >>> [round(interviewer_hours_week(hires, 20.0, horizon_months=months), 1) for hires, months in plans]
    [3.1, 5.1, 9.6]
    """
    return hires * hours_per_hire / (horizon_months * WEEKS_PER_YEAR / 12)


def onboarding_time_share(hires: float, *, weeks_each: float, horizon_months: int) -> float:
    """Give the share of one person's time, if every newcomer takes so many of their weeks.

    >>> plans = ((8, 12), (20, 18), (50, 24))
    >>> shares = [onboarding_time_share(n, weeks_each=1.0, horizon_months=months) for n, months in plans]
    >>> [round(share, 2) for share in shares]
    [0.15, 0.26, 0.48]
    """
    return hires * weeks_each / (horizon_months * WEEKS_PER_YEAR / 12)


def _poisson(mean: float) -> Floats:
    """Give the probabilities of 0, 1, … as far as they matter."""
    counts = np.arange(_most(mean) + 1)
    chances: Floats = np.exp(xlogy(counts, mean) - mean - gammaln(counts + 1.0))
    return chances


def _most(mean: float) -> int:
    """Give a number that a Poisson count exceeds but once in a million million."""
    return math.ceil(mean + 10.0 * math.sqrt(mean)) + 10 if mean else 0


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
