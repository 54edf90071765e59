"""Arrival rates of a week against the sizing table, which counts by the month."""

import numpy as np
import pytest

from simulator.company import Setting
from simulator.draws.streams import Streams
from simulator.scenario.sizing import sizing_table
from simulator.serving.traffic import PEAK, traffic_of
from simulator.units import first_week_of_month
from tests.simulated import company


@pytest.mark.parametrize("habit_share_month", [0.0, 0.05, 0.2])
def test_users_and_their_habits_have_grown_for_as_long(habit_share_month):
    """At the end of every quarter, where months and weeks end together, both count the same growth."""
    growing = company(
        {
            "scenario.horizon_months": 12,
            "demand.growth_share_month": 0.06,
            "demand.requests_per_user_growth_share_month": habit_share_month,
        }
    )
    setting = Setting.of(growing, Streams(1, range(1)))
    for row in sizing_table(growing)[2::3]:
        week = first_week_of_month(row.month + 1) - 1
        rate = traffic_of(setting.inputs.demand, np.array([row.users]), week).rate_per_s[PEAK]
        assert rate == pytest.approx(row.rate_peak_per_s, rel=1e-12)
