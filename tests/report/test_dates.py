"""Dates of a plan are distributions: when each action comes into place, over the runs."""

import polars as pl

from simulator.report.folder.plain import plain
from simulator.report.summary.dates import plan_dates, plan_dates_notes
from tests.simulated import company

PLAN = [
    {
        "action": "scale_service",
        "month": 2,
        "replicas_max": 16,
        "lead_weeks": 2,
        "person_days": 20,
        "cost_eur": 0,
    },
    {
        "action": "add_read_replicas",
        "month": 3,
        "count": 1,
        "lead_weeks": 2,
        "person_days": 20,
        "cost_eur": 0,
    },
]


def test_the_week_of_each_action_is_told_by_its_quantiles():
    scenario = company({"scenario.horizon_months": 4, "plan": PLAN})
    placed = {0: [4] * 10, 1: [8, 8, 9, 9, 10, 10, 12, None, None, None]}
    actions = pl.DataFrame(
        {
            "scenario": [scenario.scenario.name] * 20,
            "run": list(range(10)) * 2,
            "action": [0] * 10 + [1] * 10,
            "placed_week": placed[0] + placed[1],
        }
    )
    first, second = plan_dates(scenario, actions)
    assert (first["due_week"], second["due_week"]) == (4, 8)
    assert first["placed_week"] == {"p20": 4, "p50": 4, "p80": 4}
    assert second["p_placed"].estimate == 0.7
    dates = plain({"name": "A", "plan_dates": [first, second]})
    assert dates["plan_dates"][1]["placed_week"] == {"p20": 8, "p50": 10, "p80": None}
    assert plan_dates_notes([dates, {"name": "written before"}]) == [
        "A: scale_service 4 → 4, add_read_replicas 8 → 10 (8–never)."
    ]
