"""A run is the same alone and in a block, however many people come and go beside it."""

import numpy as np

from simulator.scenario.keys.quantity import Lognormal
from tests.simulated import block_of, company

CHURN = {
    "scenario.horizon_months": 24,
    "team.developers": 1,
    "team.tenure_weeks_mean": 1.0,
    "attrition.leavers_share_year": 0.9999,
    "attrition.first_year_factor": 1.0,
    "hiring.headcount_added": 4,
    "hiring.lead_weeks": 104,
    "hiring.applications_week": {"p5": 2.0, "p95": 400.0},
    "hiring.applications_limit_week": 500,
    "hiring.notice_weeks_min": 0.0,
    "hiring.notice_weeks_max": 13.0,
    "hiring.stages": [
        {
            "name": "talk",
            "delay_days": 1.0,
            "interviewers": 0,
            "interviewers_per_experienced": 0.0,
            "interview_hours": 0.0,
            "hours_week": 40.0,
            "panel": 1,
            "developers": False,
            "pass_share": 1.0,
        }
    ],
}
"""One place that empties every few weeks, and notices of very different lengths before it is filled."""


def test_extreme_churn_in_other_lanes_does_not_change_a_lane():
    churning, lanes = company(CHURN), 16
    assert isinstance(churning.hiring.applications_week, Lognormal)
    together = block_of(churning, range(lanes)).columns
    assert together["hires"].sum(axis=0).max() > 6  # more than the first table of people holds
    for lane in range(lanes):
        alone = block_of(churning, range(lane, lane + 1)).columns
        for name, values in together.items():
            np.testing.assert_array_equal(values[:, lane : lane + 1], alone[name], err_msg=name)
