"""A diagnostic ends in a finding."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A finding sets two statements of a plan, or a statement and its implication, beside each other."""

    name: str
    stated: dict[str, float | str]
    follows: dict[str, float | str]
    agrees: bool
    sentence: str


def percent(share: float) -> int:
    """Write a share in whole percent, halves upwards: every report rounds by this one rule.

    >>> percent(0.625), percent(0.145), percent(-0.625)
    (63, 15, -62)
    """
    hundredths = round(share * 100, 9)  # 0.145 * 100 is 14.499999999999998
    return math.floor(hundredths + 0.5)
