"""Users grow with luck up to a ceiling, and some are driven away."""

import numpy as np

from simulator.arrays import Floats
from simulator.units import MONTHS_PER_WEEK

LOWEST_MONTH = 0.01
"""Share of the users left in the worst month that can be drawn."""


def grown(
    users: Floats,
    *,
    growth_share_month: float | Floats,
    growth_share_month_sd: Floats,
    luck: Floats,
    ceiling: Floats | None,
    lost_share: Floats,
) -> Floats:
    """Give the users after a week: geometric growth at a random monthly rate, less those lost last week.

    Under a ceiling the rate shrinks as 1 - users / ceiling (Verhulst, 1838). ``luck`` is the
    standard normal of the month. All arrays (lanes,).
    """
    rate = growth_share_month + growth_share_month_sd * luck
    if ceiling is not None:
        rate = rate * np.maximum(1 - users / ceiling, 0.0)
    factor = np.exp(np.log(np.maximum(1 + rate, LOWEST_MONTH)) * MONTHS_PER_WEEK)
    return users * factor * (1 - lost_share)
