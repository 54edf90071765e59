"""A week that is overloaded throughout, told in a few long stretches, is the one told hour by hour."""

from typing import Any

import numpy as np
import pytest

from simulator.serving.hour import week
from simulator.serving.hour.stretches import Stretch
from simulator.units import HOURS_PER_WEEK
from tests.simulated import Columns, block_of, company

RUNS = 16
SURE = 4.0
LEAST = {"late_share_week": 0.01, "backlog_s": 0.4, "latency_law_mean_week_ms": 400.0}
"""A service that refuses has a wait of at most 1.6 s: steps keep a part of it free, and the law nothing."""
ONE_WEEK: dict[str, Any] = {
    "scenario.horizon_months": 1,
    "demand.growth_share_month_sd": 0.0,
    "demand.lost_of_exposed_share": 0.0,
    "attrition.leavers_share_year": 0.0,
}
SERVICE = ONE_WEEK | {"demand.peak_factor": 1.5, "demand.users": 4_000_000, "database.read_ms": 5.0}
DATABASE = ONE_WEEK | {"demand.peak_factor": 1.5, "demand.users": 1_200_000, "database.read_ms": 60.0}


def hour_by_hour(traffic):
    """Every hour alone, in steps of 15 s."""
    hours = range(HOURS_PER_WEEK)
    rows, factors = traffic.row_of_hour.tolist(), traffic.factor_of_hour.tolist()
    return iter(
        [Stretch(hour=hour, hours=1, row=rows[hour], factor=factors[hour]) for hour in hours]
    )  # the last of a day and the first of the next may be alike


def weeks_told(given: dict[str, Any]) -> Columns:
    return block_of(company(given), range(RUNS)).columns


@pytest.mark.parametrize(
    ("given", "tier"), [(SERVICE, "service"), (DATABASE, "primary")], ids=["service", "primary"]
)
def test_long_stretches_are_hours_one_by_one(monkeypatch, given, tier):
    """In the mean over the runs; the noise is another, as a stretch's steps are longer."""
    stretches = weeks_told(given)
    assert (stretches[f"offered_{tier}_share"] > 1).all()
    monkeypatch.setattr(week, "stretches_of", hour_by_hour)
    hours = weeks_told(given)
    assert (hours["hours_affected"] > 100).all()
    for column, close in (
        ("error_share", 0.01),
        ("error_share_week", 0.01),
        ("refused_share_week", 0.01),
        ("late_share_week", 0.01),
        ("hours_affected", 0.01),
        ("exposed_users_share", 0.01),
        ("backlog_s", 0.03),
        ("latency_law_mean_week_ms", 0.03),
    ):
        one, other = stretches[column][0], hours[column][0]
        se = (one.var(ddof=1) / RUNS + other.var(ddof=1) / RUNS) ** 0.5
        least = LEAST.get(column, 1e-9)
        allowed = close * abs(other.mean()) + SURE * se + least
        assert abs(one.mean() - other.mean()) <= allowed, (column, one.mean(), other.mean(), se)
    assert np.isfinite(stretches["latency_law_mean_week_ms"]).all()
