"""The bounds that things have in the world: no week is simulated with what nobody could mean.

They also keep every time an ``int64`` of ticks, and every count what a machine can hold.
"""

import math
from typing import Any

from pydantic import AfterValidator

from simulator.scenario.keys.quantity import Lognormal, support

TICK_MS = 1e-3
"""Work of less than a tick would be rounded to one, whatever it is."""
HOUR_MS = 3.6e6
"""The most that anything adds to a response, as a week is simulated."""
LIMIT_MS = 1e12
"""A patience or a deadline of thirty years is none."""
NO_LIMIT = 1 << 40
"""Of what waits or is connected, as good as any number."""
MOST_WORKERS = 1_024
"""Of one replica: both engines hold when each of them is free, in memory that grows with them."""
MOST_REPLICAS = 100_000
"""Of anything that runs and has a queue of its own."""


def _ends(value: Any) -> tuple[float, float]:
    """Smallest and largest value; of a lognormal what nine of ten lie between."""
    return (value.p5, value.p95) if isinstance(value, Lognormal) else support(value)


def within(least: float, most: float) -> AfterValidator:
    """Bounds that a quantity has in the world, both ends included."""

    def check(value: Any) -> Any:
        low, high = _ends(value)
        if low < least:
            raise ValueError(f"must be at least {least:,.12g}, got {low:,.12g}")
        if high > most:
            raise ValueError(f"must be at most {most:,.12g}, got {high:,.12g}")
        return value

    return AfterValidator(check)


def at_most(most: float) -> AfterValidator:
    """The largest that a quantity is in the world."""
    return within(-math.inf, most)


def at_least(least: float) -> AfterValidator:
    """The smallest that a quantity is in the world."""
    return within(least, math.inf)
