"""Quantities have bounds in the world: no week is simulated with what nobody could mean.

The bounds also keep every time an ``int64`` of ticks, and every count what a machine can hold.
"""

import math
from typing import Any

from simulator.scenario.keys.quantity import Bound, Lognormal, support

TICK_MS = 1e-3
"""Work of less than a tick would be rounded up to one."""
HOUR_MS = 3.6e6
"""Nothing adds more than an hour to a response."""
LIMIT_MS = 1e12
"""A patience or a deadline of thirty years never binds."""
NO_LIMIT = 1 << 40
"""A capacity of so many requests or connections never binds."""
MOST_WORKERS = 1_024
"""A replica has at most so many workers: both engines keep the time at which each of them is free."""
MOST_REPLICAS = 100_000
"""A tier has at most so many nodes, each with a queue of its own."""


def _ends(value: Any) -> tuple[float, float]:
    """Give the smallest and the largest value, or the two percentiles of a lognormal."""
    return (value.p5, value.p95) if isinstance(value, Lognormal) else support(value)


def within(least: float, most: float) -> Bound:
    """Require a quantity to lie between two bounds, both included."""

    def check(value: Any) -> Any:
        low, high = _ends(value)
        if low < least:
            raise ValueError(f"must be at least {least:,.12g}, got {low:,.12g}")
        if high > most:
            raise ValueError(f"must be at most {most:,.12g}, got {high:,.12g}")
        return value

    bounds = (("minimum", least), ("maximum", most))
    return Bound(check, tuple(bound for bound in bounds if math.isfinite(bound[1])))


def at_most(most: float) -> Bound:
    """Require a quantity to be no larger than a bound."""
    return within(-math.inf, most)


def at_least(least: float) -> Bound:
    """Require a quantity to be no smaller than a bound."""
    return within(least, math.inf)
