"""Growth, applications and incidents vary from week to week and from month to month."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.draws.streams import Streams


@dataclass(frozen=True, kw_only=True)
class WeekDraws:
    """One row a week or month, lanes last."""

    growth: Floats
    """Standard normal, (month, l)."""
    growth_mean: Floats
    """Standard normal of the whole run, (l,)."""
    applications: Floats
    """Uniform draw, at which the week's count is read off its law, (week, l)."""
    incidents: Floats
    """Uniform draw, likewise, (week, l)."""


def draw_weeks(streams: Streams, *, weeks: int, months: int) -> WeekDraws:
    """Draw the whole horizon; a longer one leaves its beginning as it is."""
    luck = streams.draw_once({"growth:mean": 1, "growth": months}, "normal")
    return WeekDraws(
        growth=np.ascontiguousarray(luck["growth"].T),
        growth_mean=luck["growth:mean"][:, 0],
        applications=np.ascontiguousarray(streams.draw("applications", "uniform", weeks).T),
        incidents=np.ascontiguousarray(streams.draw("incidents", "uniform", weeks).T),
    )
