"""What a quarterly report and a dashboard print, held against their own figures and limits."""

import pytest

from simulator.diagnostics.finding import percent
from simulator.diagnostics.reports import (
    Band,
    headcount_balance,
    printed_growth,
    retention,
    shares_of_one_whole,
    shown_signal,
    signal,
)

APRIL = [
    # metric, value, shown, limits, what the limits ask for
    ("latency_p95_ms", 1800, "fine", Band(attention=2000, critical=5000), "fine"),
    ("error_percent", 0.3, "fine", Band(attention=1, critical=5), "fine"),
    ("cpu_utilization_percent", 75, "attention", Band(attention=70, critical=90), "attention"),
    ("database_utilization_percent", 85, "critical", None, "no threshold"),
    ("database_connections_percent", 85, "critical", Band(attention=70, critical=90), "attention"),
    ("cycle_time_days", 10, "fine", Band(attention=14, critical=21), "fine"),
    ("deployments_week", 3, "fine", Band(attention=1, critical=12 / 52), "fine"),
    ("review_hours", 8, "attention", Band(attention=24, critical=72), "fine"),
    ("users_growth_percent_month", 25, "attention", Band(attention=20, critical=float("inf")), "attention"),
    ("transactions_growth_percent_month", 20, "attention", None, "no threshold"),
]


@pytest.mark.parametrize(("metric", "value", "shown", "band", "asked"), APRIL)
def test_icons_of_the_april_dashboard(metric, value, shown, band, asked):
    finding = shown_signal(metric=metric, value=value, shown=shown, band=band)
    assert finding.follows == {"signal": asked}
    assert finding.agrees == (shown == asked)
    assert metric in finding.sentence


def test_a_limit_is_passed_not_met():
    band = Band(attention=70, critical=90)
    assert [signal(value, band) for value in (70, 70.1, 90, 90.1)] == [
        "fine",
        "attention",
        "attention",
        "critical",
    ]


def test_fewer_deployments_are_worse():
    band = Band(attention=1, critical=12 / 52)
    assert [signal(value, band) for value in (1.0, 0.9, 0.2)] == ["fine", "attention", "critical"]


def test_the_quarter_has_two_heads_too_many():
    finding = headcount_balance(start=25, joined=10, left=2, end=35)
    assert not finding.agrees
    assert finding.follows == {"end": 33}
    assert headcount_balance(start=25, joined=10, left=0, end=35).agrees


def test_eight_of_ten_kept_is_under_the_target_of_ninety_percent():
    finding = retention(hired=10, kept=8, target_share=0.9)
    assert not finding.agrees
    assert finding.follows == {"share": 0.8}
    with pytest.raises(ValueError, match="hired must be at least 1, got 0"):
        retention(hired=0, kept=0, target_share=0.9)


@pytest.mark.parametrize(
    ("metric", "before", "after", "printed", "agrees"),
    [
        ("users", 500, 750, 50, True),
        ("revenue", 400, 650, 62, False),
        ("team", 25, 35, 40, True),
        ("transactions", 50, 120, 140, True),
    ],
)
def test_growth_as_the_quarter_prints_it(metric, before, after, printed, agrees):
    finding = printed_growth(metric=metric, before=before, after=after, printed_percent=printed)
    assert finding.agrees == agrees


def test_halves_are_rounded_upwards():
    assert [percent(share) for share in (0.625, 0.615, 0.0, 1.0)] == [63, 62, 0, 100]


def test_85_percent_busy_leave_no_room_for_training_and_debt():
    finding = shares_of_one_whole({"busy": 0.85, "training": 0.10, "debt": 0.20})
    assert not finding.agrees
    assert finding.follows["total_share"] == pytest.approx(1.15)
    assert finding.sentence.endswith("add up to 115 %.")
    assert shares_of_one_whole({"features": 0.7, "training": 0.1, "debt": 0.2}).agrees
