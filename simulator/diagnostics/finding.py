"""The outcome of a diagnostic."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Two things that a plan says, or says and implies, set beside each other."""

    name: str
    stated: dict[str, float | str]
    follows: dict[str, float | str]
    agrees: bool
    sentence: str


def percent(share: float) -> int:
    """A share in whole percent, halves upwards: the one rule by which every report rounds.

    >>> percent(0.625), percent(0.145), percent(-0.625)
    (63, 15, -62)
    """
    hundredths = round(share * 100, 9)  # 0.145 * 100 is 14.499999999999998
    return math.floor(hundredths + 0.5)
