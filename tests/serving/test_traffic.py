"""Arrival rates of a week, as the sizing table has them, against growth by the month."""

import pytest

from simulator.sizing.months import sizing_table
from tests.simulated import company


@pytest.mark.parametrize("habit_share_month", [0.0, 0.05, 0.2])
def test_users_and_their_habits_have_grown_for_as_long(habit_share_month):
    """At the end of every quarter, where months and weeks end together, both have grown by whole months."""
    growing = company(
        {
            "scenario.horizon_months": 12,
            "demand.growth_share_month": 0.06,
            "demand.requests_per_user_growth_share_month": habit_share_month,
        }
    )
    for row in sizing_table(growing)[2::3]:
        assert row.users == pytest.approx(750_000 * 1.06**row.month, rel=1e-12)
        rate = row.users * 0.25 * 60 / 86_400 * (1 + habit_share_month) ** row.month * 3
        assert row.rate_peak_per_s == pytest.approx(rate, rel=1e-12)
