"""Prices that fall with the volume of a month: each tier's price holds for what lies above its start."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.units import MONTHS_PER_WEEK


@dataclass(frozen=True, kw_only=True)
class PriceTier:
    """A price from a volume on."""

    above_gb_month: float
    gb_eur: Floats
    """Price of a gigabyte, €, (lanes,)."""


def billed_by_tier(gb_week: Floats, tiers: Sequence[PriceTier]) -> list[Floats]:
    """Give the gigabytes of a week that each tier bills, (lanes,) each; tiers in ascending order from 0.

    A month's volume is taken to be the week's times 52/12.

    >>> tiers = [PriceTier(above_gb_month=start, gb_eur=np.ones(1)) for start in (0.0, 1300.0)]
    >>> billed_by_tier(np.array([1000.0]), tiers)
    [array([300.]), array([700.])]
    """
    starts = [tier.above_gb_month * MONTHS_PER_WEEK for tier in tiers]
    ends = [*starts[1:], np.inf]
    if len(tiers) == 1:
        return [gb_week]
    return [
        np.maximum(np.minimum(gb_week, end) - start, 0.0) for start, end in zip(starts, ends, strict=False)
    ]
