"""Counted arrivals are replayed: the rate moves about its mean as the counts did."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.units import TICKS_PER_S


@dataclass(frozen=True, kw_only=True)
class Replay:
    """The cumulative rate of counted intervals, one after the other and then from the first again."""

    ends: Floats
    """Ticks of mean-rate arrivals up to the end of each interval, with 0 before the first, (i + 1,)."""
    interval_ticks: float

    @classmethod
    def of(cls, counts: Sequence[float], interval_s: float) -> "Replay":
        """Read counts of any scale, at least one above 0: only their ratios matter.

        >>> Replay.of([1, 3], interval_s=1.0).ends
        array([      0.,  500000., 2000000.])
        """
        interval_ticks = interval_s * TICKS_PER_S
        upto = np.concatenate([[0.0], np.cumsum(np.array(counts, dtype=np.float64))])
        return cls(ends=upto / upto[-1] * (len(counts) * interval_ticks), interval_ticks=interval_ticks)

    @property
    def period_ticks(self) -> float:
        """Give the ticks of all intervals together."""
        return float(self.ends[-1])

    @property
    def peak_factor(self) -> float:
        """Give the rate of the busiest interval over the mean rate."""
        return float(np.diff(self.ends).max()) / self.interval_ticks

    def since(self, evenly: Floats, begin: Floats) -> Floats:
        """Map times as ``ticks`` does, in a replay that begins ``begin`` ticks into its period."""
        return self.ticks(begin + evenly) - self.ticks(begin)

    def ticks(self, evenly: Floats) -> Floats:
        """Map times ``evenly`` of a constant rate to arrivals, by the inverse of the cumulative rate.

        Within an interval the rate is constant (Çinlar, 1975). Any shape; nothing comes in an interval
        that counted 0.
        """
        period, into = np.divmod(evenly, self.period_ticks)
        interval = np.searchsorted(self.ends[1:-1], into, side="right")
        begin = self.ends[interval]
        share = (into - begin) / (self.ends[interval + 1] - begin)
        return period * self.period_ticks + (interval + share) * self.interval_ticks
