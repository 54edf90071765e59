"""Candidates withdraw on the way; observed yields are corrected for them.

A company counts the candidates who came to a stage and those who passed it, so its yields hold withdrawals. A
simulated candidate withdraws by a patience of its own, and its chance to pass is that *given* the patience:
the yield over the share still there, at the delays and the patience under which it was observed.
"""

from collections.abc import Sequence
from math import comb, exp, factorial

from simulator.scenario.keys.people import Hiring, Stage
from simulator.scenario.keys.quantity import Quantity, central, support
from simulator.units import DAYS_PER_WEEK, WORKING_HOURS_PER_WEEK

PATIENCE_SHAPE = 4
DELAY_SHAPE = 2
"""Whole shapes make a gamma variate a sum of exponential ones (Erlang)."""
ROUNDING = 1e-3
"""A yield may be above the share still there by as much, and all who are there pass: yields are rounded."""


def staying_shares(
    delay_days: Sequence[float], interview_days: Sequence[float], *, patience_days: float
) -> list[float]:
    """Give, for each stage, the share of those on the way to it who do not withdraw before they are ready.

    A gamma patience of shape 4 is the fourth event of a Poisson process, so a candidate is still there while
    fewer than four have come: a Poisson number in a constant time, a negative binomial one in a gamma time
    (Greenwood and Yule, 1920). It is exact, and nothing is drawn.

    Args:
        delay_days: means of the gamma delays before the stages.
        interview_days: constant times that the stages then take, with nobody to wait for.
        patience_days: mean.

    >>> shares = staying_shares([1, 3, 5, 4, 4, 4], [0] * 6, patience_days=42)
    >>> [round(share, 3) for share in shares]
    [1.0, 0.998, 0.982, 0.969, 0.951, 0.934]
    """
    rate = PATIENCE_SHAPE / patience_days
    so_far = [1.0, *[0.0] * (PATIENCE_SHAPE - 1)]  # chance of 0, 1, … events
    shares, before = [], 1.0
    for delay, interview in zip(delay_days, interview_days, strict=True):
        so_far = _sum_of(so_far, _in_gamma_time(rate * delay))
        shares.append(sum(so_far) / before)
        before = sum(so_far)
        so_far = _sum_of(so_far, _in_constant_time(rate * interview))
    return shares


def staying_when_observed(hiring: Hiring[Quantity]) -> list[float]:
    """Give the staying shares at the delays and the patience under which the yields were observed."""
    observed = [
        central(stage.delay_days) if stage.observed_delay_days is None else stage.observed_delay_days
        for stage in hiring.stages
    ]
    weeks = hiring.observed_patience_weeks
    return _staying(hiring, observed, central(hiring.patience_weeks) if weeks is None else weeks)


def expected_yields(hiring: Hiring[Quantity]) -> list[float]:
    """Give, for each stage, the share of those who left the one before who come and pass, without queueing.

    It equals the observed yield where the process takes as long as it did then; uncertain values count as
    ``quantity.central``.
    """
    now = _staying(
        hiring, [central(stage.delay_days) for stage in hiring.stages], central(hiring.patience_weeks)
    )
    return [
        min(central(stage.pass_share) / then, 1.0) * there
        for stage, then, there in zip(hiring.stages, staying_when_observed(hiring), now, strict=True)
    ]


def process_weeks(hiring: Hiring[Quantity]) -> float:
    """Give the mean weeks from the application to the end of the last stage, without queueing."""
    days = sum(central(stage.delay_days) + _interview_days(stage) for stage in hiring.stages)
    return days / DAYS_PER_WEEK


def _staying(hiring: Hiring[Quantity], delay_days: list[float], patience_weeks: float) -> list[float]:
    interview_days = [_interview_days(stage) for stage in hiring.stages]
    return staying_shares(delay_days, interview_days, patience_days=patience_weeks * DAYS_PER_WEEK)


def _interview_days(stage: Stage[Quantity]) -> float:
    """Give the calendar days of a candidate in the interview, if there is one (see ``people.funnel``)."""
    if not (stage.interviewers or support(stage.interviewers_per_experienced)[1]):
        return 0.0
    hours_week = max(central(stage.hours_week), float(WORKING_HOURS_PER_WEEK))
    return central(stage.interview_hours) / hours_week * DAYS_PER_WEEK


def _sum_of(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """Give the chances of the sum of two independent counts, as far as theirs are given."""
    return [
        sum(one[part] * other[count - part] for part in range(count + 1)) for count in range(PATIENCE_SHAPE)
    ]


def _in_gamma_time(events: float) -> list[float]:
    """Give the chances of 0, 1, … events in a gamma time in which so many come on average."""
    more = events / (events + DELAY_SHAPE)
    return [
        comb(count + DELAY_SHAPE - 1, count) * more**count * (1.0 - more) ** DELAY_SHAPE
        for count in range(PATIENCE_SHAPE)
    ]


def _in_constant_time(events: float) -> list[float]:
    """Give the chances of 0, 1, … events in a constant time in which so many come on average."""
    return [exp(-events) * events**count / factorial(count) for count in range(PATIENCE_SHAPE)]
