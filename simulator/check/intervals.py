"""The interval of an estimate at another confidence than the summary's, from what the summary holds of it."""

import math

from scipy.special import stdtrit

from simulator.risk.estimates import CONFIDENCE, wilson

DIGITS = 1e-8
"""Relative: the summary keeps ten digits."""


def mean_or_probability(
    value: float, se: float, low: float | None, high: float | None, runs: int, confidence: float
) -> tuple[float, float]:
    """Return the ends of Wilson's interval for what is a probability over runs, else of Student's.

    >>> found = wilson(2, 16)
    >>> wilson(2, 16, 0.99).high == mean_or_probability(0.125, found.se, found.low, found.high, 16, 0.99)[1]
    True
    """
    if low is not None and high is not None and confidence == CONFIDENCE:
        return low, high
    if low is not None and high is not None and is_probability(value, low, high, runs):
        wider = wilson(round(value * runs), runs, confidence)
        return wider.low, wider.high
    half = float(stdtrit(runs - 1, (1 + confidence) / 2)) * se
    return value - half, value + half


def is_probability(value: float, low: float, high: float, runs: int) -> bool:
    """Whether an interval is the one that Wilson's rule gives so many events among the runs.

    >>> is_probability(0.0, 0.0, wilson(0, 16).high, 16), is_probability(0.0, 0.0, 0.0, 16)
    (True, False)
    """
    events = round(value * runs)
    if not 0 <= value <= 1 or not math.isclose(value * runs, events, rel_tol=DIGITS, abs_tol=DIGITS):
        return False
    expected = wilson(events, runs)
    ends = ((low, expected.low), (high, expected.high))
    return all(math.isclose(end, other, rel_tol=DIGITS, abs_tol=DIGITS) for end, other in ends)
