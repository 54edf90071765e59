"""From users to arrival rates in the windows that are simulated."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.scenario.traffic import Demand
from simulator.units import DAYS_PER_WEEK, HOURS_PER_WEEK, MONTHS_PER_WEEK, S_PER_DAY

PEAK, MEAN = 0, 1
WINDOWS = ("peak", "mean")
PEAK_SHARE_MAX = 0.99
"""Of a week's requests in its peak hours: an uncertain peak may draw more than a week has."""


@dataclass(frozen=True, kw_only=True)
class Traffic:
    """Arrival rates of a week, one row a window."""

    rate_per_s: Floats
    """(windows, lanes)"""
    hours: tuple[int, int]
    """Of the week that each window stands for."""
    requests_week: Floats
    """(lanes,)"""
    transactions_week: Floats
    """Those of the requests that are what users came for, in proportion to them, (lanes,)."""


def traffic_of(demand: Demand[Floats], users: Floats, week: int) -> Traffic:
    """Arrival rates when there are ``users`` (lanes,), who have grown for ``week`` + 1 weeks, as habits have.

    The peak hour is ``peak_factor`` times the week's mean rate for ``peak_hours_week`` hours; the
    other hours share what is left, so that the week's requests do not depend on its shape.
    """
    habit = (1 + demand.requests_per_user_growth_share_month) ** ((week + 1) * MONTHS_PER_WEEK)
    per_day = users * demand.active_users_share_day * demand.requests_per_active_user_day * habit
    mean_rate = per_day / S_PER_DAY
    peak_hours = demand.peak_hours_week
    quiet_hours = HOURS_PER_WEEK - peak_hours
    peak = np.minimum(demand.peak_factor, PEAK_SHARE_MAX * HOURS_PER_WEEK / peak_hours)
    quiet_factor = (HOURS_PER_WEEK - peak_hours * peak) / quiet_hours
    return Traffic(
        rate_per_s=np.stack([mean_rate * peak, mean_rate * quiet_factor]),
        hours=(peak_hours, quiet_hours),
        requests_week=per_day * DAYS_PER_WEEK,
        transactions_week=demand.transactions_day * (users / demand.users) * habit * DAYS_PER_WEEK,
    )
